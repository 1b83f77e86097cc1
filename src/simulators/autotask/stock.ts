import type { Ledger } from './billing/ledger.ts';
import type { SimBook, SimCompany, SimContract } from './book.ts';
import { type Picklists, picklistValue } from './entities/picklists.ts';
import { seededNumber } from './seeded.ts';
import type { Tables } from './tables.ts';

interface Shelves {
  readonly tables: Tables;
  readonly ledger: Ledger;
  readonly lists: Picklists;
}

/** Rates of the MSP's own currency, USD, for one unit of the other. */
const CURRENCIES: Readonly<Record<string, readonly [string, number]>> = {
  USD: ['US Dollar', 1],
  EUR: ['Euro', 1.08],
  GBP: ['Pound Sterling', 1.27],
  CAD: ['Canadian Dollar', 0.72],
  AUD: ['Australian Dollar', 0.65],
};

const RESOURCES = [
  [29_682_885, 'Ava', 'Lindqvist', 'Professional'],
  [29_682_897, 'Marco', 'Benedetti', 'Administrator'],
  [29_682_910, 'icb', 'Integration', 'API User'],
] as const;

/** Fills the tables from a book. @returns the id of the resource who approves */
export function stock(shelves: Shelves, book: SimBook, today: string): number {
  const { tables, lists } = shelves;
  const created = `${today.slice(0, 4)}-01-15T09:12:44.327Z`;
  stockBasics(tables, lists, created);
  for (const company of book.companies) {
    tables.insert('Companies', companyValues(company, shelves, created));
  }
  for (const { id, name, unitPrice, unitCost } of book.services) {
    tables.insert('Services', {
      id,
      name,
      unitPrice,
      unitCost: unitCost ?? 0,
      periodType: picklistValue(lists, 'periodType', 'Monthly'),
      billingCodeID: billingCode(tables),
      isActive: true,
      createDate: created,
      lastModifiedDate: created,
      creatorResourceID: RESOURCES[1][0],
    });
  }
  for (const contract of book.contracts) tables.insert('Contracts', contractValues(contract, lists, created));
  stockServices(shelves, book);
  return RESOURCES[1][0];
}

const billingCode = (tables: Tables): number =>
  tables.rows('BillingCodes').find((code) => code.useType === 5)?.id as number;

function stockBasics(tables: Tables, lists: Picklists, created: string): void {
  for (const [name, [description, exchangeRate]] of Object.entries(CURRENCIES)) {
    tables.insert('Currencies', {
      name,
      description,
      exchangeRate,
      displaySymbol: picklistValue(lists, 'displaySymbol', 'Currency Symbol'),
      isInternalCurrency: name === 'USD',
      isActive: true,
      currencyPositiveFormat: `${name} 0.00`,
      currencyNegativeFormat: `-${name} 0.00`,
      lastModifiedDateTime: created,
    });
  }
  for (const [id, firstName, lastName, licence] of RESOURCES) {
    const userName = `${firstName}.${lastName}`.toLowerCase();
    tables.insert('Resources', {
      id,
      firstName,
      lastName,
      userName,
      email: `${userName}@msp.example`,
      isActive: true,
      licenseType: picklistValue(lists, 'licenseType', licence),
      userType: picklistValue(
        lists,
        'userType',
        licence === 'API User' ? 'API User (system)' : 'Full Access',
      ),
      locationID: picklistValue(lists, 'locationID', 'Head Office'),
    });
  }
  for (const [id, name, useType] of [
    [29_683_502, 'Remote Support', 1],
    [29_683_510, 'Vacation', 3],
    [29_683_517, 'Managed Services', 5],
  ] as const) {
    const billingCodeType = picklistValue(lists, 'billingCodeType', 'Normal');
    tables.insert('BillingCodes', {
      id,
      name,
      useType,
      billingCodeType,
      isActive: true,
      unitCost: 0,
      unitPrice: 0,
      isExcludedFromNewContracts: false,
    });
  }
}

const numberOf = (lists: Picklists, list: string, given: number | string | undefined, otherwise: string) =>
  typeof given === 'number' ? given : picklistValue(lists, list, given ?? otherwise);

function companyValues(company: SimCompany, { tables, lists }: Shelves, created: string) {
  const { id, name, active = true, parentId, currency = 'USD' } = company;
  const held = tables.rows('Currencies').find((one) => one.name === currency);
  if (held === undefined) {
    throw new Error(
      `The simulator has no currency ${currency}; it has ${Object.keys(CURRENCIES).join(', ')}.`,
    );
  }
  return {
    id,
    companyName: name,
    companyType: numberOf(lists, 'companyType', company.type, 'Customer'),
    isActive: active,
    parentCompanyID: parentId ?? null,
    currencyID: held.id,
    ownerResourceID: RESOURCES[0][0],
    phone: `555-01${String(seededNumber(100, name)).padStart(2, '0')}`,
    // Some texts are "" and some null when there is nothing in them.
    webAddress: seededNumber(2, 'web', name) === 0 ? null : '',
    taxID: '',
    isTaxExempt: false,
    isTaskFireActive: false,
    isClientPortalActive: false,
    isEnabledForComanaged: false,
    isSample: false,
    createDate: created,
    lastActivityDate: created,
    lastTrackedModifiedDateTime: created,
    createdByResourceID: RESOURCES[1][0],
    'udf:Support Tier': seededNumber(2, 'tier', name) === 0 ? 'Gold' : null,
  };
}

function contractValues(contract: SimContract, lists: Picklists, created: string) {
  const contractType = numberOf(lists, 'contractType', contract.type, 'Recurring Service');
  const recurring = contractType === picklistValue(lists, 'contractType', 'Recurring Service');
  return {
    id: contract.id,
    companyID: contract.companyId,
    contractName: contract.name,
    contractType,
    contractPeriodType: recurring
      ? numberOf(lists, 'contractPeriodType', contract.periodType, 'Monthly')
      : null,
    status: numberOf(lists, 'status', contract.status, 'Active'),
    startDate: contract.startDate,
    endDate: contract.endDate,
    billingPreference: picklistValue(lists, 'billingPreference', 'On timesheet approval'),
    timeReportingRequiresStartAndStopTimes: 0,
    isCompliant: true,
    isDefaultContract: false,
    estimatedCost: 0,
    estimatedHours: 0,
    estimatedRevenue: 0,
    setupFee: 0,
    internalCurrencySetupFee: 0,
    lastModifiedDateTime: created,
    'udf:Bonus': null,
  };
}

function stockServices({ tables, ledger }: Shelves, book: SimBook): void {
  const starts = new Map(book.contracts.map((contract) => [contract.id, contract.startDate]));
  const catalogue = new Map(book.services.map((service) => [service.id, service]));
  for (const one of book.contractServices) {
    const from = starts.get(one.contractId);
    const service = catalogue.get(one.serviceId);
    if (from === undefined || service === undefined) {
      throw new Error(
        `Contract service ${one.id} of the book names a contract or service that is not in it.`,
      );
    }
    const { id, contractId, serviceId } = one;
    tables.insert('ContractServices', { id, contractID: contractId, serviceID: serviceId });
    ledger.add({
      contractServiceId: id,
      contractId,
      serviceId,
      from,
      units: one.units ?? 0,
      unitPrice: one.unitPrice ?? service.unitPrice,
      unitCost: one.unitCost ?? service.unitCost ?? 0,
      changes: [],
    });
  }
}
