import { storable } from '../../src/adapters/store-memory/storable.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { addDays, type IsoDate, isoDate } from '../../src/domain/calendar.ts';
import type { RecordKind, RecordOf } from '../../src/domain/records.ts';
import { serviceMappingId } from '../../src/domain/service-mapping.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import type { UsageReport } from '../../src/domain/usage-count.ts';
import type { PlanInput } from '../../src/sync/plan-input.ts';
import { planSync } from '../../src/sync/plan-sync.ts';

export interface WorldSize {
  readonly organizations: number;
  readonly billingTypes: number;
}

const TODAY = isoDate('2026-11-28');
const MODULES = 4;
const RULES = ['prorate-daily', 'prorate-daily', 'next-period', 'peak'];
/** Module organizations of one organization in a module: every second customer has one site, the others several. */
const SITES = [1, 1, 1, 1, 2, 2, 3, 4];
/** One in so many contracts is inactive by today, so that its lines are blocked. */
const INACTIVE = 500;

const instant = (day: IsoDate): string => `${day}T01:15:00.000Z`;

/**
 * An ordinary night: everything has been mapped and counted for 30 days, and today's counts have just arrived. About
 * 5 % of them changed overnight, about 1 % are far from what is usual. Contracts begin on any day of a month.
 */
export function ordinaryNight(size: WorldSize, days = 31): PlanInput {
  const first = addDays(TODAY, 1 - days);
  const usageReports = asStored('usageReports', reportsOf(size, first, days));
  const known = { ...mapped(size, first), usageReports };
  const yesterday: PlanInput = {
    ...known,
    today: addDays(TODAY, -1),
    usageReports: usageReports.filter(({ date }) => date < TODAY),
  };
  const { ledgers, items } = planSync(yesterday);
  const contracts = known.contracts.map((contract, i) =>
    i % INACTIVE === 0 ? { ...contract, status: 'inactive' as const } : contract,
  );
  return {
    ...known,
    contracts,
    unitLedgers: asStored('unitLedgers', ledgers),
    billingItems: asStored('billingItems', items.put),
  };
}

/** What a store gives: parsed from JSON and by the record's schema, frozen, by id. */
const asStored = <K extends RecordKind>(
  kind: K,
  records: readonly { readonly id: string }[],
): RecordOf<K>[] =>
  records.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((record) => storable(kind, record as RecordOf<K>));

interface Line {
  readonly organization: number;
  readonly type: number;
  readonly module: string;
  readonly billingType: string;
}

const typesOf = ({ billingTypes }: WorldSize): Omit<Line, 'organization'>[] =>
  Array.from({ length: billingTypes }, (_, type) => ({
    type,
    module: `module-${type % MODULES}`,
    billingType: `Billing type ${type}`,
  }));

const sitesOf = (organization: number): string[] =>
  Array.from({ length: SITES[organization % SITES.length] ?? 1 }, (_, n) => `site-${organization}-${n}`);

const modulesOf = (size: WorldSize): string[] => [...new Set(typesOf(size).map(({ module }) => module))];

function mapped(size: WorldSize, since: IsoDate): Omit<PlanInput, 'usageReports'> {
  const organizations = Array.from({ length: size.organizations }, (_, organization) => organization);
  const lines = organizations.flatMap((organization) =>
    typesOf(size).map((type) => ({ ...type, organization })),
  );
  const sites = organizations.flatMap((organization) =>
    modulesOf(size).flatMap((module) =>
      sitesOf(organization).map((site) => ({ module, organization, site })),
    ),
  );
  const decided = { by: SYSTEM, at: instant(since) };
  return {
    today: TODAY,
    organizations: asStored(
      'organizations',
      organizations.map((i) => ({
        id: `${i + 1}`,
        name: `Organization ${i}`,
        type: 'customer',
        active: true,
      })),
    ),
    contracts: asStored(
      'contracts',
      organizations.map((i) => ({
        id: `contract-${i}`,
        organizationId: `${i + 1}`,
        name: 'Managed services',
        type: 'recurring-service',
        periodType: 'monthly',
        status: 'active',
        startDate: addDays(isoDate('2026-01-01'), i % 240),
        endDate: null,
      })),
    ),
    contractServices: asStored(
      'contractServices',
      lines.map(({ organization, type, billingType }) => ({
        id: `service-${organization}-${type}`,
        contractId: `contract-${organization}`,
        service: billingType,
        unitPrice: `${2 + type}.50`,
        currency: 'USD',
        units: 0,
        readOn: since,
        pastPrices: [],
      })),
    ),
    moduleStates: asStored(
      'moduleStates',
      modulesOf(size).map((id) => ({ id, enabled: true, changedAt: instant(since), changedBy: decided.by })),
    ),
    moduleOrganizations: asStored(
      'moduleOrganizations',
      sites.map(({ module, organization, site }) => ({
        id: `${module}:${site}`,
        module,
        externalId: site,
        name: `Organization ${organization}`,
        firstSeen: since,
        lastSeen: TODAY,
      })),
    ),
    organizationMappings: asStored(
      'organizationMappings',
      sites.map(({ module, organization, site }) => ({
        status: 'mapped',
        id: `${module}:${site}`,
        module,
        organizationId: `${organization + 1}`,
        ...decided,
      })),
    ),
    serviceMappings: asStored(
      'serviceMappings',
      lines.map(({ organization, type, module, billingType }) => ({
        status: 'mapped',
        id: serviceMappingId(`contract-${organization}`, module, billingType),
        contractId: `contract-${organization}`,
        module,
        billingType,
        contractServiceId: `service-${organization}-${type}`,
        unitRule: RULES[type % RULES.length],
        from: 'period-start',
        since,
        ...decided,
      })),
    ),
    unitLedgers: [],
    billingItems: [],
    lineDecisions: [],
    holdLimits: DEFAULT_HOLD_LIMITS,
  };
}

/** Every module's report of every day; each count changes now and then, at the organization's first site. */
function reportsOf(size: WorldSize, first: IsoDate, days: number): { readonly id: string }[] {
  const random = seeded(7);
  const types = typesOf(size);
  const counts = Array.from({ length: size.organizations }, () =>
    types.map(() => Math.floor(3 + random() * 30)),
  );
  return Array.from({ length: days }, (_, n) => addDays(first, n)).flatMap((date) => {
    for (const own of counts)
      for (const { type } of types) own[type] = nextCount(own[type] ?? 0, date === TODAY, random);
    return modulesOf(size).map((module) => ({
      id: `${module}:${date}`,
      module,
      date,
      takenAt: instant(date),
      complete: true,
      counts: countsOf(module, types, counts),
    }));
  });
}

function countsOf(module: string, types: readonly Omit<Line, 'organization'>[], counts: readonly number[][]) {
  const own = types.filter((type) => type.module === module);
  const ofOne = (quantities: readonly number[], place: number) =>
    Object.fromEntries(
      own.map(({ billingType, type }) => [billingType, place === 0 ? (quantities[type] ?? 0) : place + type]),
    );
  return Object.fromEntries(
    counts.flatMap((quantities, i) =>
      sitesOf(i).map((site, place) => [site, ofOne(quantities, place)] as const),
    ),
  ) satisfies UsageReport['counts'];
}

function nextCount(count: number, isToday: boolean, random: () => number): number {
  const chance = random();
  if (isToday && chance > 0.995) return 0;
  if (isToday && chance > 0.99) return count * 3 + 10;
  if (chance > 0.05) return count;
  return Math.max(1, count + (random() < 0.6 ? 1 : -1));
}

/** The same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
