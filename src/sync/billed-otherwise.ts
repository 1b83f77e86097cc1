import type { Contract, ContractService } from '../domain/contract.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';

type BilledContract = Pick<Contract, 'id' | 'organizationId' | 'startDate'>;
type BilledService = Pick<ContractService, 'id' | 'contractId' | 'currency'>;

/** A field that billing items already made are reckoned from, with what it was and what it is to be. */
export interface BilledOtherwise {
  readonly id: string;
  readonly field: string;
  readonly before: string;
  readonly now: string;
}

const CONTRACT_FIELDS = ['organizationId', 'startDate'] as const;
const SERVICE_FIELDS = ['contractId', 'currency'] as const;

/** A contract that has been billed keeps its start and organization: days would be billed twice or not at all. */
export const contractBilledOtherwise = (
  before: BilledContract | undefined,
  now: BilledContract,
  ledgersOfContracts: ReadonlySet<string>,
): BilledOtherwise[] => changedFields(before, now, CONTRACT_FIELDS, ledgersOfContracts);

/** A contract service that has been billed keeps its contract and currency. */
export const serviceBilledOtherwise = (
  before: BilledService | undefined,
  now: BilledService,
  ledgersOfServices: ReadonlySet<string>,
): BilledOtherwise[] => changedFields(before, now, SERVICE_FIELDS, ledgersOfServices);

export const billedIds = (ledgers: readonly UnitLedger[]) => ({
  contracts: new Set<string>(ledgers.map((ledger) => ledger.contractId)),
  services: new Set<string>(ledgers.map((ledger) => ledger.contractServiceId)),
});

function changedFields<K extends string>(
  before: ({ readonly id: string } & { readonly [F in K]: string }) | undefined,
  now: { readonly id: string } & { readonly [F in K]: string },
  fields: readonly K[],
  billed: ReadonlySet<string>,
): BilledOtherwise[] {
  if (!before || !billed.has(before.id)) return [];
  return fields
    .filter((field) => before[field] !== now[field])
    .map((field) => ({ id: now.id, field, before: before[field], now: now[field] }));
}
