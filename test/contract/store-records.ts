import { RECORDS, type RecordKind, type RecordOf } from '../../src/domain/records.ts';
import type { Changes } from '../../src/ports/store.ts';

const by = { kind: 'slack', userId: 'U1', name: 'Ada' };
const at = '2026-03-10T08:00:00.000Z';

/** One believable record of each kind; the month of the partitioned ones is March 2026. */
const EXAMPLES: { readonly [K in RecordKind]: object } = {
  organizations: { id: '101', name: 'Daily Mail', type: 'customer', active: true },
  contracts: {
    id: 'c1',
    organizationId: '101',
    name: 'Managed services',
    type: 'recurring-service',
    periodType: 'monthly',
    status: 'active',
    startDate: '2026-01-31',
    endDate: null,
  },
  contractServices: {
    id: 'cs1',
    contractId: 'c1',
    service: 'Desktop Monitoring',
    unitPrice: '12.50',
    currency: 'USD',
    units: 3,
    readOn: '2026-03-10',
    pastPrices: [{ unitPrice: '11.25', replacedOn: '2026-02-01' }],
  },
  addedModules: {
    id: 'huntress',
    name: 'Huntress',
    settings: [],
    billingTypes: [
      {
        name: 'Agents',
        label: 'Agents',
        unit: 'count',
        description: 'Agents.',
        contains: [],
        vendorName: false,
      },
    ],
    addedAt: at,
    addedBy: by,
  },
  columnMatchings: {
    id: 'huntress',
    matching: {
      name: 'Customer',
      counts: { layout: 'columns', columns: [{ column: 'Seats', billingType: 'Agents' }] },
    },
    at,
    by,
  },
  usageDrafts: {
    id: 'draft_1',
    at,
    by,
    file: 'huntress.csv',
    encoding: 'UTF-8',
    text: 'Customer,Seats',
    module: 'huntress',
    date: '2026-03-10',
  },
  usageUploads: {
    id: 'upload_1',
    module: 'huntress',
    at,
    by,
    file: 'huntress.csv',
    accepted: 1,
    changed: 1,
    counts: [{ date: '2026-03-10', externalId: '7', billingType: 'Agents', before: null, quantity: 3 }],
    newModuleOrganizations: ['huntress:7'],
  },
  moduleStates: { id: 'datto-rmm', enabled: true, changedAt: at, changedBy: by },
  moduleOrganizations: {
    id: 'datto-rmm:7',
    module: 'datto-rmm',
    externalId: '7',
    name: 'Daily Mail Ltd',
    hints: { organizationId: '101' },
    firstSeen: '2026-03-01',
    lastSeen: '2026-03-10',
  },
  organizationMappings: {
    id: 'datto-rmm:7',
    status: 'mapped',
    module: 'datto-rmm',
    by,
    at,
    organizationId: '101',
  },
  rejectedPairs: {
    id: 'rp_1',
    moduleOrganizationId: 'datto-rmm:7',
    organizationId: '102',
    by,
    at,
  },
  widgets: {
    id: 'w1',
    versions: [{ definition: { id: 'w1', title: 'W' }, at, by }],
  },
  tabs: { id: 't1', name: 'T', widgets: ['w1'], publishedTo: ['admin'], by, at },
  embedLinks: { id: 'el_1', kind: 'link', tokenHash: 'a'.repeat(64), grant: { widget: 'w1' }, at, by },
  serviceMappings: {
    id: 'sm1',
    status: 'mapped',
    contractId: 'c1',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    by,
    at,
    contractServiceId: 'cs1',
    unitRule: 'prorate-daily',
    from: 'period-start',
    since: '2026-03-10',
  },
  unitPushes: {
    id: 'up_1',
    runId: 'run_1',
    contractId: 'c1',
    contractServiceId: 's1',
    effectiveDate: '2026-11-16',
    change: 4,
    createdAt: '2026-11-16T01:15:00.000Z',
    state: { status: 'sending', unitsBefore: 10, at: '2026-11-16T01:16:00.000Z' },
  },
  psaStates: { id: 'psa', bookmark: '2026-03-10T01:15:00Z', allOn: '2026-03-08', postedReadAt: at },
  psaUnits: {
    id: '9001',
    contractServiceId: 'cs1',
    start: '2026-03-31',
    end: '2026-04-14',
    units: 14,
    unitPrice: '12.50',
  },
  unitLedgers: {
    id: 'ul1',
    contractId: 'c1',
    contractServiceId: 'cs1',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    changes: [{ effectiveDate: '2026-03-10', units: 14, countDate: '2026-03-10', cause: 'count' }],
  },
  signInLinks: { id: 'a'.repeat(64), userId: 'U1', name: 'Ada', role: 'admin', expiresAt: at },
  lineDecisions: {
    id: 'sm1',
    releases: [{ through: '2026-03-09', by, at, reason: 'New office' }],
    exclusions: [{ from: '2026-03-10', until: '2026-03-20', units: 2, reason: 'On loan', by, at }],
  },
  settings: { id: 'holds', zero: true, jumpPercent: 25, jumpUnits: 5, firstCounts: false },
  usageReports: {
    id: 'datto-rmm:2026-03-10',
    module: 'datto-rmm',
    date: '2026-03-10',
    takenAt: at,
    complete: true,
    counts: { '7': { AllDevicesMetric: 14 } },
  },
  usageEvidence: {
    id: 'datto-rmm:2026-03-10',
    module: 'datto-rmm',
    date: '2026-03-10',
    devices: { '7': [{ id: 'd1', name: 'PC-1', billingType: 'DesktopsMetric' }] },
  },
  billingItems: {
    id: 'bi1',
    status: 'pending',
    kind: 'period',
    organizationId: '101',
    contractId: 'c1',
    contractServiceId: 'cs1',
    service: 'Desktop Monitoring',
    module: 'datto-rmm',
    billingType: 'AllDevicesMetric',
    period: { start: '2026-03-31', end: '2026-04-29', days: 30 },
    itemDate: '2026-03-31',
    days: 30,
    units: 14,
    unitPrice: '12.50',
    amount: '175.00',
    currency: 'USD',
    unposted: [],
  },
  syncRuns: {
    id: 'run1',
    trigger: 'night',
    by: { kind: 'system', name: 'icb' },
    state: 'done',
    dryRun: false,
    scope: {},
    date: '2026-03-10',
    startedAt: at,
    modules: [],
    lines: { create: 1, change: 0, none: 0, held: 0, blocked: 0 },
    psaWrites: 1,
    items: { created: 1, changed: 0, removed: 0 },
  },
  activity: {
    id: 'act1',
    runId: 'run1',
    at,
    date: '2026-03-10',
    result: 'up',
    module: 'datto-rmm',
    oldUnits: 0,
    newUnits: 14,
    reason: { code: 'counted', text: '14 devices counted' },
  },
  audit: { id: 'au1', at, by, action: 'confirm-mappings', text: 'Mapped.', before: null, after: { n: [1] } },
};

/** The example record of a kind with some fields replaced. */
export function example<K extends RecordKind>(kind: K, fields: object = {}): RecordOf<K> {
  return RECORDS[kind].schema.parse({ ...EXAMPLES[kind], ...fields }) as RecordOf<K>;
}

/** A billing item whose period starts on the given day. */
export const itemOf = (id: string, start: string, units = 1): RecordOf<'billingItems'> =>
  example('billingItems', { id, units, period: { start, end: start, days: 30 }, itemDate: start });

export const organization = (id: string, name = `Organization ${id}`): RecordOf<'organizations'> =>
  example('organizations', { id, name });

export const putting = <K extends RecordKind>(kind: K, ...records: RecordOf<K>[]): Changes => ({
  put: { [kind]: records },
});
