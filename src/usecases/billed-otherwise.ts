import type { Contract, ContractService } from '../domain/contract.ts';
import type { Snapshot } from '../ports/store.ts';
import {
  type BilledOtherwise,
  billedIds,
  contractBilledOtherwise,
  serviceBilledOtherwise,
} from '../sync/billed-otherwise.ts';
import type { BookRow } from './book-rows.ts';

/**
 * Imported rows that change what billing items already made are reckoned from: a contract's start or organization, a
 * service's contract or currency. Days would be billed twice or not at all. A sentence for each.
 */
export async function billedOtherwise(
  snapshot: Snapshot,
  contracts: readonly BookRow<Pick<Contract, 'id' | 'organizationId' | 'startDate'>>[],
  services: readonly BookRow<Pick<ContractService, 'id' | 'contractId' | 'currency'>>[],
): Promise<string[]> {
  const billed = billedIds(await snapshot.list('unitLedgers'));
  const knownContracts = byId(await snapshot.list('contracts'));
  const knownServices = byId(await snapshot.list('contractServices'));
  return [
    ...contracts.flatMap(({ place, record }) =>
      contractBilledOtherwise(knownContracts.get(record.id), record, billed.contracts).map(inWords(place)),
    ),
    ...services.flatMap(({ place, record }) =>
      serviceBilledOtherwise(knownServices.get(record.id), record, billed.services).map(inWords(place)),
    ),
  ];
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, record]));

const inWords =
  (place: string) =>
  ({ id, field, before, now }: BilledOtherwise): string =>
    `${place}, ${field}: "${id}" has been billed with ${before}, so it cannot become ${now}; end it and import a new one`;
