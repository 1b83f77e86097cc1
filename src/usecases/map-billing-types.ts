import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import { type Contract, type ContractService, notBillableOn } from '../domain/contract.ts';
import { IcbError } from '../domain/errors.ts';
import { BillingTypeName, ContractId, ContractServiceId, ModuleId } from '../domain/ids.ts';
import { unmappableBecause } from '../domain/organization.ts';
import {
  DropRule,
  type ServiceMapping,
  Share,
  serviceMappingId,
  UnitRule,
} from '../domain/service-mapping.ts';
import { unitLedgerId } from '../domain/unit-ledger.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { moduleIn } from './known-module.ts';
import { overlapWarnings } from './overlap-warnings.ts';
import { parseInput } from './parse-input.ts';
import { readCatalogue } from './read-catalogue.ts';
import { refuseConflicts } from './service-mapping-conflicts.ts';
import { shareWarnings } from './share-warnings.ts';

const key = { contractId: ContractId, module: ModuleId, billingType: BillingTypeName };

export const ServiceMappingDecision = z.union([
  z.strictObject({
    ...key,
    contractServiceId: ContractServiceId,
    unitRule: UnitRule.optional(),
    dropRule: DropRule.optional(),
    minimum: z.number().int().nonnegative().optional(),
    share: Share.optional(),
    from: z.enum(['period-start', 'today']).optional(),
    /** Refuse where the billing type is meanwhile on another service than this; null: where anything is decided. */
    expect: ContractServiceId.nullable().optional(),
  }),
  z.strictObject({ ...key, ignore: z.literal(true) }),
]);
export type ServiceMappingDecision = z.input<typeof ServiceMappingDecision>;
type Decision = z.output<typeof ServiceMappingDecision>;

/**
 * Saves which billing type feeds which contract service, or is ignored; all or none. `from` left out means `today`.
 * A mapping that keeps its service keeps the day it began, and `from` once its first count has been applied. Errors: `unknown-module`, `unknown-contract`, `not-found`,
 * `contract-not-billable`, `not-mappable`, `double-mapping`, `share-mismatch`, `bad-input`, and
 * `conflict` where it is not as a decision expects.
 * @returns a sentence for each change, and warnings of billing types that overlap
 */
export async function mapBillingTypes(
  core: Core,
  { by, mappings }: { readonly by: Actor; readonly mappings: readonly ServiceMappingDecision[] },
): Promise<{
  readonly changed: number;
  readonly warnings: readonly string[];
  readonly lines: readonly string[];
  /** The audit entry, to take it back; none where nothing changed. */
  readonly change?: string;
}> {
  const decisions = parseInput(
    z.array(ServiceMappingDecision),
    mappings,
    'The service mappings cannot be read; nothing was saved.',
  );
  return commit(core, by, async (snapshot) => {
    const context = await readMappingContext(snapshot);
    const before = new Map((await snapshot.list('serviceMappings')).map((mapping) => [mapping.id, mapping]));
    const after = new Map(before);
    const put: ServiceMapping[] = [];
    const lines: string[] = [];
    const decided = new Set<string>();
    for (const given of decisions) {
      const { contract, module, label } = await checked(context, given, snapshot, core.clock.today());
      // People may name a module; records hold its id.
      const decision = { ...given, module };
      const id = serviceMappingId(contract.id, decision.module, decision.billingType);
      if (decided.has(id))
        throw new IcbError(
          'bad-input',
          `"${label}" on "${contract.name}" is decided twice in one request; nothing was saved.`,
        );
      decided.add(id);
      const mapping = decide(core, by, decision, id, before.get(id), context.begun);
      if (sameServiceDecision(before.get(id), mapping)) continue;
      refuseUnexpected(decision, before.get(id), `"${label}" on "${contract.name}"`);
      after.set(id, mapping);
      put.push(mapping);
      lines.push(`${label} → ${context.serviceName(mapping)}`);
    }
    refuseConflicts([...after.values()], put, context);
    const touched = new Set(decisions.map((decision) => decision.contractId));
    const warnings = [
      ...[...touched].flatMap((id) =>
        overlapWarnings(
          context.catalogue,
          [...after.values()].filter((each) => each.contractId === id),
        ),
      ),
      ...shareWarnings([...after.values()], put, context),
    ];
    const change = core.newId('au');
    return {
      changes: put.length > 0 ? { put: { serviceMappings: put } } : {},
      ...(put.length > 0
        ? {
            audit: {
              id: change,
              action: 'map-billing-types',
              subject: put[0]?.contractId,
              text:
                lines.length === 1
                  ? (lines[0] ?? '')
                  : `${lines.length} service mappings changed: ${lines.join('; ')}`,
              before: put.map((mapping) => before.get(mapping.id) ?? null),
              after: put,
            },
          }
        : {}),
      result: { changed: put.length, warnings, lines, ...(put.length > 0 ? { change } : {}) },
    };
  });
}

/** What somebody else decided since it was looked at is not overruled unseen. */
function refuseUnexpected(decision: Decision, before: ServiceMapping | undefined, name: string): void {
  if (!('expect' in decision) || decision.expect === undefined) return;
  const isAsExpected =
    before === undefined
      ? decision.expect === null
      : before.status === 'mapped' && before.contractServiceId === decision.expect;
  if (!isAsExpected)
    throw new IcbError('conflict', `Somebody decided on ${name} meanwhile; nothing was saved. Look again.`);
}

export async function readMappingContext(snapshot: Snapshot) {
  const services = await snapshot.list('contractServices');
  const ledgers = await snapshot.list('unitLedgers');
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    new Map<string, T>(records.map((r) => [r.id, r]));
  const known = byId<ContractService>(services);
  return {
    catalogue: await readCatalogue(snapshot),
    contracts: byId<Contract>(await snapshot.list('contracts')),
    services: known,
    serviceName: (mapping: ServiceMapping): string =>
      mapping.status === 'ignored'
        ? 'ignored'
        : (known.get(mapping.contractServiceId)?.service ?? mapping.contractServiceId),
    servicesOn: Map.groupBy(services, (service): string => service.contractId),
    /** `<module> <organization>` of organizations that a module organization is mapped to. */
    mappedTo: new Set(
      (await snapshot.list('organizationMappings')).flatMap((mapping) =>
        mapping.status === 'mapped' ? [`${mapping.module} ${mapping.organizationId}`] : [],
      ),
    ),
    /** `<ledger> <since>` of mappings whose first count has been applied. */
    begun: new Set(ledgers.map((ledger) => `${ledger.id} ${ledger.applied?.since}`)),
  };
}
type Context = Awaited<ReturnType<typeof readMappingContext>>;

async function checked(context: Context, decision: Decision, snapshot: Snapshot, today: IsoDate) {
  const module = moduleIn(context.catalogue, decision.module);
  const type = context.catalogue.billingType(module.id, decision.billingType);
  if (!type)
    throw new IcbError(
      'not-found',
      `${module.name} has no billing type "${decision.billingType}". It has: ${module.billingTypes.map((each) => each.name).join(', ')}.`,
    );
  const contract = context.contracts.get(decision.contractId);
  if (!contract)
    throw new IcbError('unknown-contract', `There is no contract "${decision.contractId}" in the PSA.`);
  const subject = { contract, module: module.id, label: type.label };
  if ('ignore' in decision) return subject;
  await refuseUnbillable(context, contract, snapshot, today);
  const service = context.services.get(decision.contractServiceId);
  if (service?.contractId !== contract.id)
    throw new IcbError(
      'not-found',
      `The contract "${contract.name}" holds no service "${decision.contractServiceId}". Add it in the PSA first.`,
    );
  const known = await snapshot.get('serviceMappings', serviceMappingId(contract.id, module.id, type.name));
  // What was mapped once may still be changed after its organization was unmapped.
  if (known?.status !== 'mapped' && !context.mappedTo.has(`${module.id} ${contract.organizationId}`))
    throw new IcbError(
      'not-mappable',
      `The organization of "${contract.name}" is not mapped to ${module.name} yet. Map it first with /icb map.`,
    );
  return subject;
}

async function refuseUnbillable(
  context: Context,
  contract: Contract,
  snapshot: Snapshot,
  today: IsoDate,
): Promise<void> {
  const services = context.servicesOn.get(contract.id)?.length ?? 0;
  const because = notBillableOn(contract, services, today);
  if (because)
    throw new IcbError('contract-not-billable', `Usage cannot bill on "${contract.name}": ${because}.`);
  const organization = await snapshot.get('organizations', contract.organizationId);
  const unmappable = organization ? unmappableBecause(organization) : 'it is not in the PSA';
  if (unmappable)
    throw new IcbError(
      'not-mappable',
      `The organization of "${contract.name}" cannot be billed: ${unmappable}.`,
    );
}

function decide(
  core: Core,
  by: Actor,
  decision: Decision,
  id: string,
  before: ServiceMapping | undefined,
  begun: ReadonlySet<string>,
): ServiceMapping {
  const { contractId, module, billingType } = decision;
  const common = { id, contractId, module, billingType, by, at: isoInstant(core.clock.now()) };
  if ('ignore' in decision) return { status: 'ignored', ...common };
  const { contractServiceId, unitRule = 'prorate-daily', dropRule, minimum, share } = decision;
  const kept =
    before?.status === 'mapped' && before.contractServiceId === contractServiceId ? before : undefined;
  const ledger = unitLedgerId(contractId, contractServiceId, module, billingType);
  // Where it began is history once a first count has been applied; until then it may still be chosen anew.
  const from = kept && begun.has(`${ledger} ${kept.since}`) ? kept.from : (decision.from ?? kept?.from);
  return {
    status: 'mapped',
    ...common,
    contractServiceId,
    unitRule,
    ...(dropRule === undefined ? {} : { dropRule }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(share === undefined ? {} : { share }),
    from: from ?? 'today',
    since: kept?.since ?? core.clock.today(),
  };
}

export function sameServiceDecision(before: ServiceMapping | undefined, after: ServiceMapping): boolean {
  const decision = ({ by, at, ...rest }: ServiceMapping) => JSON.stringify(Object.entries(rest).sort());
  return before !== undefined && decision(before) === decision(after);
}
