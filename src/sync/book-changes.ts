import type { IsoDate } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { Organization } from '../domain/organization.ts';
import { same } from '../domain/same.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { PsaBook } from '../ports/psa.ts';
import {
  type BilledOtherwise,
  billedIds,
  contractBilledOtherwise,
  serviceBilledOtherwise,
} from './billed-otherwise.ts';
import { withHistory } from './price-history.ts';

/** The book as icb last knew it. */
export interface KnownBook {
  readonly organizations: readonly Organization[];
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly unitLedgers: readonly UnitLedger[];
}

export interface BookChanges {
  readonly organizations: Difference<Organization>;
  readonly contracts: Difference<Contract>;
  readonly contractServices: Difference<ContractService>;
  /** Sentences about records that could not be taken as they were read. */
  readonly problems: readonly string[];
}

export interface Difference<T> {
  readonly put: readonly T[];
  readonly remove: readonly T[];
}

/**
 * What a book that was just read changes in the one icb keeps; nothing where it says the same. Records that are gone are
 * removed, but for a contract icb has billed on: it stays as an inactive one, so that its lines say why they stand still.
 * What billing items are reckoned from stays as it was, and is told.
 */
export function bookChanges(known: KnownBook, book: PsaBook, today: IsoDate): BookChanges {
  const billed = billedIds(known.unitLedgers);
  const problems: string[] = [];
  // What the PSA holds and cannot be told of now is not gone.
  const leftOut = new Set((book.leftOut ?? []).map(({ kind, id }) => `${kind} ${id}`));

  const organizationIds = idsOf([...known.organizations, ...book.organizations]);
  const organizations = new Map(
    (book.allOrganizations ? book.organizations : [...known.organizations, ...book.organizations]).map(
      (each) => [each.id as string, withKnownParent(each, organizationIds)],
    ),
  );

  const knownContracts = byId(known.contracts);
  const contracts = new Map<string, Contract>();
  for (const contract of book.contracts) {
    if (!organizationIds.has(contract.organizationId)) continue;
    const before = knownContracts.get(contract.id);
    const otherwise = contractBilledOtherwise(before, contract, billed.contracts);
    problems.push(...otherwise.map((each) => stays('Contract', contract.name, each)));
    contracts.set(contract.id, otherwise.length > 0 && before ? before : contract);
  }
  for (const before of known.contracts) {
    if (contracts.has(before.id)) continue;
    if (leftOut.has(`contract ${before.id}`)) contracts.set(before.id, before);
    else if (billed.contracts.has(before.id)) contracts.set(before.id, { ...before, status: 'inactive' });
  }

  const knownServices = byId(known.contractServices);
  const services = new Map<string, ContractService>();
  for (const service of book.contractServices) {
    if (!contracts.has(service.contractId)) continue;
    const before = knownServices.get(service.id);
    const otherwise = serviceBilledOtherwise(before, service, billed.services);
    problems.push(...otherwise.map((each) => stays('Contract service', service.service, each)));
    services.set(service.id, otherwise.length > 0 && before ? before : withHistory(before, service, today));
  }

  for (const before of known.contractServices)
    if (!services.has(before.id) && leftOut.has(`contract-service ${before.id}`))
      services.set(before.id, before);
  for (const before of known.organizations)
    if (leftOut.has(`organization ${before.id}`)) organizations.set(before.id, before);

  // An organization that items were made for keeps its name for them.
  for (const { organizationId } of contracts.values()) {
    const before = known.organizations.find(({ id }) => id === organizationId);
    if (before && !organizations.has(organizationId)) organizations.set(organizationId, before);
  }

  return {
    organizations: differenceOf(known.organizations, organizations),
    contracts: differenceOf(known.contracts, contracts),
    contractServices: differenceOf(known.contractServices, services),
    problems,
  };
}

const stays = (what: string, name: string, { field, before, now }: BilledOtherwise): string =>
  `${what} “${name}” has been billed with ${field} ${before} and now has ${now} in the PSA; icb keeps the former. End it there and make a new one.`;

function withKnownParent(organization: Organization, known: ReadonlySet<string>): Organization {
  const { parentId, ...rest } = organization;
  return parentId === undefined || known.has(parentId) ? organization : rest;
}

const byId = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, record]));

const idsOf = (records: readonly { readonly id: string }[]): ReadonlySet<string> =>
  new Set(records.map(({ id }) => id));

function differenceOf<T extends { readonly id: string }>(
  before: readonly T[],
  after: ReadonlyMap<string, T>,
): Difference<T> {
  const known = byId(before);
  return {
    put: [...after.values()].filter((record) => !same(known.get(record.id), record)),
    remove: before.filter(({ id }) => !after.has(id)),
  };
}
