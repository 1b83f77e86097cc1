import type { Core } from './core.ts';
import { listLeakage } from './list-leakage.ts';

/** How much of something is decided: mapped or ignored. */
export interface Covered {
  readonly decided: number;
  readonly total: number;
}

export interface Coverage {
  /** Module organizations of enabled modules. */
  readonly organizations: Covered;
  /** Billing types on contracts: those decided, and those that are counted and bill nowhere until they are. */
  readonly billingTypes: Covered;
}

/** How far the set-up of enabled modules has come, from the last counts stored. */
export async function coverage(core: Core): Promise<Coverage> {
  const snapshot = await core.store.snapshot();
  const enabled = new Set(
    (await snapshot.list('moduleStates')).flatMap((state) => (state.enabled ? [state.id] : [])),
  );
  const decidedOn = new Set((await snapshot.list('organizationMappings')).map(({ id }) => id));
  const organizations = (await snapshot.list('moduleOrganizations')).filter(({ module }) =>
    enabled.has(module),
  );
  const decided = (await snapshot.list('serviceMappings')).filter(({ module }) => enabled.has(module)).length;
  const { rows } = await listLeakage(core, { reason: 'unmapped-billing-type' });
  // Usage of two sites of a customer is one billing type to map.
  const open = new Set(
    rows.map((row) => `${row.contractId ?? row.organizationId} ${row.module} ${row.billingType}`),
  ).size;
  return {
    organizations: {
      decided: organizations.filter(({ id }) => decidedOn.has(id)).length,
      total: organizations.length,
    },
    billingTypes: { decided, total: decided + open },
  };
}
