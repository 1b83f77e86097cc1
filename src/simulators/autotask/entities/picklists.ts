import { seededNumber } from '../seeded.ts';

export interface PicklistEntry {
  readonly value: number;
  readonly label: string;
  readonly isSystem: boolean;
}
export type Picklists = Readonly<Record<string, readonly PicklistEntry[]>>;

/** Lists whose numbers are the same for every tenant. */
const FIXED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  companyType: {
    1: 'Customer',
    2: 'Lead',
    3: 'Prospect',
    4: 'Dead',
    6: 'Cancellation',
    7: 'Vendor',
    8: 'Partner',
  },
  contractType: {
    1: 'Time & Materials',
    3: 'Fixed Price',
    4: 'Block Hours',
    6: 'Retainer',
    7: 'Recurring Service',
    8: 'Per Ticket',
  },
  status: { 0: 'Inactive', 1: 'Active' },
  timeReportingRequiresStartAndStopTimes: { 0: 'False', 1: 'True' },
  useType: {
    1: 'General Allocation Code',
    2: 'Expense Code',
    3: 'Internal Allocation Code',
    4: 'Material Cost Code',
    5: 'Recurring Contract Service Code',
    6: 'Milestone Code',
    7: 'Product Code',
  },
};

/** Lists of the vendor whose numbers nobody has pinned: each seed has its own, so that only labels can be relied on. */
const BY_LABEL: Readonly<Record<string, readonly string[]>> = {
  contractPeriodType: ['Monthly', 'Quarterly', 'Semi-Annually', 'Yearly'],
  billingPreference: ['Immediately without review', 'Manually', 'On timesheet approval'],
  billingItemType: [
    'Labor',
    'Project Cost',
    'Ticket Cost',
    'Expense',
    'Subscription',
    'Setup Fee',
    'Recurring Services',
    'Recurring Services Adjustment',
    'Recurring Service Bundle',
    'Recurring Service Bundle Adjustment',
    'Milestone',
  ],
  subType: [
    'Labor',
    'Project Cost',
    'Ticket Cost',
    'Expense',
    'Subscription',
    'Setup Fee',
    'Recurring Services',
    'Recurring Services Adjustment',
    'Recurring Service Bundle',
    'Recurring Service Bundle Adjustment',
  ],
  billingCodeType: ['Normal', 'System', 'Non-Billable'],
  invoiceMethod: ['None', 'Print', 'Email', 'PrintAndEmail'],
  billToAddressToUse: ['NONE', 'ACCOUNT', 'ACCOUNTBILLING', 'PARENT', 'PARENTBILLING'],
  displaySymbol: ['Currency Symbol', 'Currency Code'],
  licenseType: ['Administrator', 'Professional', 'API User'],
  userType: ['Full Access', 'API User (system)'],
};

/** Lists a tenant edits; their numbers are as large as the ids of records. */
const TENANT: Readonly<Record<string, readonly string[]>> = {
  contractCategory: ['Standard', 'Co-managed', 'Project'],
  classification: ['Gold', 'Silver', 'Bronze'],
  territoryID: ['North', 'South'],
  marketSegmentID: ['Professional Services', 'Manufacturing', 'Hospitality'],
  locationID: ['Head Office'],
  competitorID: ['The firm across the street'],
  serviceLevelAgreementID: ['Standard SLA'],
  generalLedgerAccount: ['4000 Recurring revenue'],
  purchaseOrderTemplateID: ['Standard purchase order'],
  apiVendorID: ['Datto RMM'],
};

/** Services name the same list otherwise. */
const SAME_AS: Readonly<Record<string, string>> = { periodType: 'contractPeriodType' };

/** Every picklist by its field's name, with the numbers of this seed. */
export function picklistsOf(seed: number): Picklists {
  const fixed = Object.entries(FIXED).map(([name, list]) => [
    name,
    Object.entries(list).map(([value, label]) => ({ value: Number(value), label, isSystem: true })),
  ]);
  const numbered = (lists: Readonly<Record<string, readonly string[]>>, from: number, isSystem: boolean) =>
    Object.entries(lists).map(([name, labels]) => {
      const first = from + ((seededNumber(80, 'first of', name) + seed * 7) % 80);
      const step = 1 + seededNumber(3, 'step of', name, seed);
      return [name, labels.map((label, i) => ({ value: first + i * step, label, isSystem }))];
    });
  const lists = Object.fromEntries([
    ...fixed,
    ...numbered(BY_LABEL, 10, true),
    ...numbered(TENANT, 29_682_800, false),
  ]);
  for (const [name, other] of Object.entries(SAME_AS)) lists[name] = lists[other];
  return lists;
}

const folded = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .replace(' and ', ' ')
    .trim();

/** The number of a label, in any case, `-` for a space and `and` for `&`. Throws where the list has none such. */
export function picklistValue(lists: Picklists, list: string, label: string): number {
  const entry = lists[list]?.find((candidate) => folded(candidate.label) === folded(label));
  if (entry === undefined) throw new Error(`The picklist ${list} has no "${label}".`);
  return entry.value;
}

export const labelOf = (lists: Picklists, list: string, value: unknown): string =>
  lists[list]?.find((entry) => entry.value === value)?.label ?? '';
