import type { Contract, ContractService } from '../domain/contract.ts';
import type { Snapshot } from '../ports/store.ts';
import type { BookRow } from './book-rows.ts';

type BilledContract = Pick<Contract, 'id' | 'organizationId' | 'startDate'>;
type BilledService = Pick<ContractService, 'id' | 'contractId' | 'currency'>;

/**
 * Imported rows that change what billing items already made are reckoned from: a contract's start or organization, a
 * service's contract or currency. Days would be billed twice or not at all. A sentence for each.
 */
export async function billedOtherwise(
  snapshot: Snapshot,
  contracts: readonly BookRow<BilledContract>[],
  services: readonly BookRow<BilledService>[],
): Promise<string[]> {
  const ledgers = await snapshot.list('unitLedgers');
  const billedContracts = new Set<string>(ledgers.map((ledger) => ledger.contractId));
  const billedServices = new Set<string>(ledgers.map((ledger) => ledger.contractServiceId));
  return [
    ...changedRows<BilledContract>(
      contracts,
      (await snapshot.list('contracts')).filter(({ id }) => billedContracts.has(id)),
      ['organizationId', 'startDate'],
    ),
    ...changedRows<BilledService>(
      services,
      (await snapshot.list('contractServices')).filter(({ id }) => billedServices.has(id)),
      ['contractId', 'currency'],
    ),
  ];
}

function changedRows<T extends { readonly id: string }>(
  rows: readonly BookRow<T>[],
  billed: readonly T[],
  fields: readonly (string & keyof T)[],
): string[] {
  const known = new Map(billed.map((record) => [record.id, record]));
  return rows.flatMap(({ place, record }) => {
    const before = known.get(record.id);
    return fields
      .filter((field) => before && before[field] !== record[field])
      .map(
        (field) =>
          `${place}, ${field}: "${record.id}" has been billed with ${before?.[field]}, so it cannot become ${record[field]}; end it and import a new one`,
      );
  });
}
