import { SYSTEM } from '../../src/domain/actor.ts';
import { addDays, type IsoDate, type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { Contract, ContractService } from '../../src/domain/contract.ts';
import { ModuleState } from '../../src/domain/module.ts';
import { ModuleOrganization } from '../../src/domain/module-organization.ts';
import { Organization } from '../../src/domain/organization.ts';
import { OrganizationMapping } from '../../src/domain/organization-mapping.ts';
import { ServiceMapping, serviceMappingId } from '../../src/domain/service-mapping.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import { UsageReport } from '../../src/domain/usage-count.ts';
import type { PlanInput } from '../../src/sync/plan-input.ts';
import { planSync } from '../../src/sync/plan-sync.ts';

export interface WorldSize {
  readonly organizations: number;
  readonly billingTypes: number;
}

const TODAY = isoDate('2026-11-28');
/** A day to plan, and the 30 before it that the hold test looks at. */
const DAYS = 31;
const MODULES = 4;
const RULES = ['prorate-daily', 'prorate-daily', 'next-period', 'peak'];
/** One in so many contracts is inactive, so that its lines are blocked. */
const INACTIVE = 500;

const at = (day: IsoDate): IsoInstant => `${day}T01:15:00.000Z` as IsoInstant;

/**
 * An ordinary night: everything is mapped and has been counted for 30 days, and the newest counts have just arrived.
 * About 5 % of them changed overnight, about 1 % are far from what is usual. Contracts begin on any day of a month.
 */
export function ordinaryNight(size: WorldSize): PlanInput {
  const first = addDays(TODAY, 1 - DAYS);
  const yesterday = addDays(TODAY, -1);
  const world = { ...mappedWorld(size, first), usageReports: reportsOf(size, first) };
  const known = {
    ...world,
    today: yesterday,
    usageReports: world.usageReports.filter(({ date }) => date < TODAY),
  };
  const { ledgers, items } = planSync({ ...known, contracts: world.contracts.map(active) });
  // Through JSON, as a store on disk gives it.
  return JSON.parse(JSON.stringify({ ...world, unitLedgers: ledgers, billingItems: items.put }));
}

const active = (contract: Contract): Contract => ({ ...contract, status: 'active' });

export const billingTypesOf = ({ billingTypes }: WorldSize): { module: string; billingType: string }[] =>
  Array.from({ length: billingTypes }, (_, i) => ({
    module: `module-${i % MODULES}`,
    billingType: `Billing type ${i}`,
  }));

const modulesOf = (size: WorldSize): string[] => [
  ...new Set(billingTypesOf(size).map(({ module }) => module)),
];

function mappedWorld(size: WorldSize, since: IsoDate): Omit<PlanInput, 'usageReports'> {
  const decided = { by: SYSTEM, at: at(since) };
  const each = <T>(make: (i: number) => T): T[] =>
    Array.from({ length: size.organizations }, (_, i) => make(i));
  const lines = each((i) => billingTypesOf(size).map((line, type) => ({ ...line, i, type }))).flat();
  const sites = each((i) => modulesOf(size).map((module) => ({ module, i }))).flat();
  return {
    today: TODAY,
    organizations: each((i) =>
      Organization.parse({ id: `${i + 1}`, name: `Organization ${i}`, type: 'customer', active: true }),
    ),
    contracts: each((i) =>
      Contract.parse({
        id: `contract-${i}`,
        organizationId: `${i + 1}`,
        name: 'Managed services',
        type: 'recurring-service',
        periodType: 'monthly',
        status: i % INACTIVE === 0 ? 'inactive' : 'active',
        startDate: addDays(isoDate('2026-01-01'), i % 240),
      }),
    ),
    contractServices: lines.map(({ i, type, billingType }) =>
      ContractService.parse({
        id: `service-${i}-${type}`,
        contractId: `contract-${i}`,
        service: billingType,
        unitPrice: `${2 + type}.50`,
        currency: 'USD',
        readOn: since,
      }),
    ),
    moduleStates: modulesOf(size).map((id) =>
      ModuleState.parse({ id, enabled: true, changedAt: decided.at, changedBy: SYSTEM }),
    ),
    moduleOrganizations: sites.map(({ module, i }) =>
      ModuleOrganization.parse({
        id: `${module}:site-${i}`,
        module,
        externalId: `site-${i}`,
        name: `Organization ${i}`,
        firstSeen: since,
        lastSeen: TODAY,
      }),
    ),
    organizationMappings: sites.map(({ module, i }) =>
      OrganizationMapping.parse({
        status: 'mapped',
        id: `${module}:site-${i}`,
        module,
        organizationId: `${i + 1}`,
        ...decided,
      }),
    ),
    serviceMappings: lines.map(({ i, type, module, billingType }) =>
      ServiceMapping.parse({
        status: 'mapped',
        id: serviceMappingId(`contract-${i}`, module, billingType),
        contractId: `contract-${i}`,
        module,
        billingType,
        contractServiceId: `service-${i}-${type}`,
        unitRule: RULES[type % RULES.length],
        from: 'period-start',
        since,
        ...decided,
      }),
    ),
    unitLedgers: [],
    billingItems: [],
    lineDecisions: [],
    holdLimits: DEFAULT_HOLD_LIMITS,
  };
}

/** Every module's report of every day; each count changes now and then. */
function reportsOf(size: WorldSize, first: IsoDate): UsageReport[] {
  const random = seeded(7);
  const lines = billingTypesOf(size);
  const counts = Array.from({ length: size.organizations }, () =>
    lines.map(() => Math.floor(3 + random() * 30)),
  );
  return Array.from({ length: DAYS }, (_, n) => addDays(first, n)).flatMap((date) => {
    for (const own of counts) {
      for (const [type, count] of own.entries()) own[type] = nextCount(count, date === TODAY, random);
    }
    return modulesOf(size).map((module) => {
      const own = lines.flatMap((line, type) => (line.module === module ? [{ ...line, type }] : []));
      return UsageReport.parse({
        id: `${module}:${date}`,
        module,
        date,
        takenAt: at(date),
        complete: true,
        counts: Object.fromEntries(
          counts.map((of, i) => [
            `site-${i}`,
            Object.fromEntries(own.map(({ billingType, type }) => [billingType, of[type] ?? 0])),
          ]),
        ),
      });
    });
  });
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
