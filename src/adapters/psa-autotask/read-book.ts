import type { IsoDate } from '../../domain/calendar.ts';
import type { PsaBook, PsaCall } from '../../ports/psa.ts';
import { Company, Contract, ContractService, ContractServiceUnit, Service } from './api-types.ts';
import type { Currencies } from './currencies.ts';
import { EVERYTHING, type Filter } from './filter.ts';
import type { Kept } from './kept.ts';
import {
  COMPANY_TYPES_NEEDED,
  CONTRACT_TYPES_NEEDED,
  type ContractLists,
  mapCompanies,
  mapContractServices,
  mapContracts,
  PERIOD_TYPES_NEEDED,
  STATUSES_NEEDED,
} from './map-book.ts';
import type { Memory } from './memory.ts';
import type { Picklists } from './picklists.ts';
import { readAll } from './read-all.ts';
import type { Session } from './session.ts';
import { together } from './together.ts';
import { unitsInForce } from './units-in-force.ts';

export interface Reading {
  readonly session: Session;
  readonly picklists: Picklists;
  readonly currencies: Kept<Currencies>;
  readonly memory: Memory;
  readonly baseCurrency: string;
}

/** A change may be written down a little later than its own time says. */
const OVERLAP = { hours: 1 };

/**
 * Everything the PSA holds that icb bills by, in as few requests as there are pages: the lists are read side by side,
 * and of the unit rows only those that cover the day, one for each contract service. Companies are the only records that
 * say when they changed; the first reading of a process takes all of them, for it needs every company's currency.
 */
export async function readBook(
  reading: Reading,
  asked: { readonly today: IsoDate; readonly since?: string },
  call: PsaCall,
): Promise<PsaBook> {
  const { session, memory, baseCurrency } = reading;
  const since = memory.currencyIds.size > 0 && asked.since ? asked.since : undefined;
  const read = await together(call, async (inner) => {
    const [companies, types, contracts, lists, services, contractServices, unitRows] = await Promise.all([
      companiesWithCurrencies(reading, since, inner),
      reading.picklists.of('Companies', 'companyType', COMPANY_TYPES_NEEDED, inner),
      readAll(session, { entity: 'Contracts', filter: EVERYTHING, row: Contract }, inner),
      contractLists(reading.picklists, inner),
      readAll(session, { entity: 'Services', filter: EVERYTHING, row: Service }, inner),
      readAll(session, { entity: 'ContractServices', filter: EVERYTHING, row: ContractService }, inner),
      readAll(
        session,
        { entity: 'ContractServiceUnits', filter: covering(asked.today), row: ContractServiceUnit },
        inner,
      ),
    ]);
    return { ...companies, types, contracts, lists, services, contractServices, unitRows };
  });

  const organizations = mapCompanies(read.rows, read.types);
  const contracts = mapContracts(read.contracts, read.lists);
  for (const { id, currencyID } of read.rows) memory.currencyIds.set(id, currencyID);
  const contractServices = mapContractServices(read.contractServices, {
    contracts: new Map(contracts.taken.map((contract) => [contract.id, contract])),
    serviceNames: new Map(read.services.map(({ id, name }) => [id, name ?? ''])),
    units: unitsInForce(read.unitRows, read.contractServices),
    baseCurrency,
    currencyOf(organizationId) {
      const id = memory.currencyIds.get(organizationId);
      return id === undefined || id === null ? baseCurrency : read.codes.get(id);
    },
  });
  for (const { id, unitPrice } of contractServices.taken) memory.unitPrices.set(id, unitPrice);
  return {
    organizations: organizations.taken,
    allOrganizations: since === undefined,
    contracts: contracts.taken,
    contractServices: contractServices.taken,
    leftOut: [organizations, contracts, contractServices].flatMap(({ leftOut }) => leftOut),
    bookmark: newest(read.rows) ?? since ?? '',
  };
}

/** Currencies are read only where a company names one. */
async function companiesWithCurrencies(
  { session, currencies, memory }: Reading,
  since: string | undefined,
  call: PsaCall,
): Promise<{ readonly rows: readonly Company[]; readonly codes: Currencies }> {
  const filter = since === undefined ? EVERYTHING : changedSince(since);
  const rows = await readAll(session, { entity: 'Companies', filter, row: Company }, call);
  const ids = [...rows.map(({ currencyID }) => currencyID), ...memory.currencyIds.values()];
  const codes = ids.some((id) => id !== null) ? await currencies.get(call) : new Map<string, string>();
  return { rows, codes };
}

async function contractLists(picklists: Picklists, call: PsaCall): Promise<ContractLists> {
  const [type, periodType, status] = await Promise.all([
    picklists.of('Contracts', 'contractType', CONTRACT_TYPES_NEEDED, call),
    picklists.of('Contracts', 'contractPeriodType', PERIOD_TYPES_NEEDED, call),
    picklists.of('Contracts', 'status', STATUSES_NEEDED, call),
  ]);
  return { type, periodType, status };
}

const covering = (day: IsoDate): readonly Filter[] => [
  { op: 'lte', field: 'startDate', value: day },
  { op: 'gte', field: 'endDate', value: day },
];

/** A company that was made and never changed since may have no date of a change. */
function changedSince(bookmark: string): readonly Filter[] {
  const value = Temporal.Instant.from(bookmark).subtract(OVERLAP).toString();
  const after = (field: string): Filter => ({ op: 'gte', field, value });
  return [{ op: 'or', items: [after('lastTrackedModifiedDateTime'), after('createDate')] }];
}

/** By the vendor's own clock, so that ours does not matter. */
function newest(companies: readonly Company[]): string | undefined {
  const moments = companies
    .flatMap(({ createDate, lastTrackedModifiedDateTime }) => [createDate, lastTrackedModifiedDateTime])
    .flatMap((text) => (text && !Number.isNaN(Date.parse(text)) ? [Date.parse(text)] : []));
  if (moments.length === 0) return undefined;
  const last = moments.reduce((a, b) => Math.max(a, b));
  return Temporal.Instant.fromEpochMilliseconds(last).toString();
}
