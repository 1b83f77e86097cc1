import type * as domain from '../../domain/contract.ts';
import { ContractId, ContractServiceId, OrganizationId } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import { Organization } from '../../domain/organization.ts';
import type { LeftOut, PsaContractService } from '../../ports/psa.ts';
import type { Company, Contract, ContractService } from './api-types.ts';
import { type Picklist, sameLabel } from './picklists.ts';
import { effectivePrice, unitCostOf } from './prices.ts';

/** Records taken over, and those that were not. */
export interface Mapped<T> {
  readonly taken: readonly T[];
  readonly leftOut: readonly LeftOut[];
}

const byLabel = <T extends string>(words: Readonly<Record<string, T>>): ReadonlyMap<string, T> =>
  new Map(Object.entries(words).map(([label, word]) => [sameLabel(label), word]));

const COMPANY_TYPES = byLabel({
  Customer: 'customer',
  Lead: 'lead',
  Prospect: 'prospect',
  Dead: 'dead',
  Cancellation: 'cancellation',
  Vendor: 'vendor',
  Partner: 'partner',
});
/** Those that decide whether usage may be billed to a company. */
export const COMPANY_TYPES_NEEDED = ['Customer', 'Dead', 'Cancellation'];

const CONTRACT_TYPES = byLabel({
  'Time & Materials': 'time-and-materials',
  'Fixed Price': 'fixed-price',
  'Block Hours': 'block-hours',
  Retainer: 'retainer',
  'Recurring Service': 'recurring-service',
  'Per Ticket': 'per-ticket',
});
export const CONTRACT_TYPES_NEEDED = ['Recurring Service'];

const PERIOD_TYPES = byLabel({
  Monthly: 'monthly',
  Quarterly: 'quarterly',
  'Semi-Annually': 'semi-annually',
  'Semi-Annual': 'semi-annually',
  Yearly: 'yearly',
  Annual: 'yearly',
});
export const PERIOD_TYPES_NEEDED = ['Monthly'];

export const STATUSES_NEEDED = ['Active'];

const find = <T>(words: ReadonlyMap<string, T>, label: string | undefined): T | undefined =>
  label === undefined ? undefined : words.get(sameLabel(label));

const unknown = (what: string, value: unknown, label: string | undefined): string =>
  `its ${what} is ${label === undefined ? (value ?? 'not set') : `“${label}”`}, which icb does not know`;

/** Company 0 is the MSP itself, which the domain knows as its own organization. */
export function mapCompanies(companies: readonly Company[], types: Picklist): Mapped<Organization> {
  return split(companies, 'organization', (company) => {
    const label = types.labelOf(company.companyType);
    const type = find(COMPANY_TYPES, label);
    if (type === undefined) return unknown('company type', company.companyType, label);
    return Organization.parse({
      id: company.id,
      name: company.companyName?.trim() || `Company ${company.id}`,
      type,
      active: company.isActive === true,
      ...(company.parentCompanyID === null ? {} : { parentId: company.parentCompanyID }),
    });
  });
}

export interface ContractLists {
  readonly type: Picklist;
  readonly periodType: Picklist;
  readonly status: Picklist;
}

/**
 * A status other than Active bills nothing here, whatever an MSP calls it, so it counts as inactive. Contracts that are
 * not recurring have no period: they never bill usage, and stand as monthly.
 */
export function mapContracts(contracts: readonly Contract[], lists: ContractLists): Mapped<domain.Contract> {
  return split(contracts, 'contract', (contract) => {
    const { id, companyID, contractName, startDate, endDate } = contract;
    const typeLabel = lists.type.labelOf(contract.contractType);
    const type = find(CONTRACT_TYPES, typeLabel);
    if (type === undefined) return unknown('contract type', contract.contractType, typeLabel);
    const periodLabel = lists.periodType.labelOf(contract.contractPeriodType);
    const periodType = type === 'recurring-service' ? find(PERIOD_TYPES, periodLabel) : 'monthly';
    if (periodType === undefined) return unknown('period type', contract.contractPeriodType, periodLabel);
    if (endDate && endDate < startDate) return `it ends on ${endDate}, before it starts on ${startDate}`;
    const statusLabel = lists.status.labelOf(contract.status) ?? '';
    return {
      id: ContractId.parse(id),
      organizationId: OrganizationId.parse(companyID),
      name: contractName?.trim() || `Contract ${id}`,
      type,
      periodType,
      status: sameLabel(statusLabel) === 'active' ? 'active' : 'inactive',
      startDate,
      endDate: endDate ?? null,
    };
  });
}

export interface ServiceFacts {
  readonly contracts: ReadonlyMap<string, domain.Contract>;
  readonly serviceNames: ReadonlyMap<string, string>;
  /** Units in force by contract service. */
  readonly units: ReadonlyMap<string, number>;
  /** The currency a company is billed in; undefined where Autotask does not say which it is. */
  currencyOf(organizationId: string): string | undefined;
  /** The MSP's own. */
  readonly baseCurrency: string;
}

/** The services of recurring contracts. A service with no unit row for the day has no units in force. */
export function mapContractServices(
  rows: readonly ContractService[],
  { contracts, serviceNames, units, currencyOf, baseCurrency }: ServiceFacts,
): Mapped<PsaContractService> {
  const recurring = rows.filter(({ contractID }) => contracts.get(contractID)?.type === 'recurring-service');
  return split(recurring, 'contract-service', (row) => {
    const contract = contracts.get(row.contractID);
    if (contract === undefined) return 'its contract was not taken over';
    const currency = currencyOf(contract.organizationId);
    if (currency === undefined) return 'the currency of its organization is not known';
    const unitPrice: Money | undefined = effectivePrice(row, currency === baseCurrency);
    if (unitPrice === undefined) return `Autotask gives it no unit price in ${currency}`;
    const unitCost = unitCostOf(row);
    const count = units.get(row.id) ?? 0;
    if (count < 0) return `Autotask says that ${count} units are in force`;
    return {
      id: ContractServiceId.parse(row.id),
      contractId: contract.id,
      service: nameOf(row, serviceNames),
      unitPrice,
      ...(unitCost === undefined ? {} : { unitCost }),
      currency,
      units: count,
    };
  });
}

const nameOf = (row: ContractService, names: ReadonlyMap<string, string>): string =>
  names.get(row.serviceID ?? '')?.trim() ||
  row.invoiceDescription?.trim() ||
  `Service ${row.serviceID ?? row.id}`;

/** @param map the record, or why it is left out */
function split<Row extends { readonly id: string }, T extends object>(
  rows: readonly Row[],
  kind: LeftOut['kind'],
  map: (row: Row) => T | string,
): Mapped<T> {
  const taken: T[] = [];
  const leftOut: LeftOut[] = [];
  for (const row of rows) {
    const mapped = map(row);
    if (typeof mapped === 'string') leftOut.push({ kind, id: row.id, because: mapped });
    else taken.push(mapped);
  }
  return { taken, leftOut };
}
