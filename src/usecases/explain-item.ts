import { arithmeticOf } from '../billing/arithmetic.ts';
import { sumCounts } from '../billing/line-units.ts';
import { findModule } from '../catalog/modules.ts';
import { containedIn } from '../catalog/overlaps.ts';
import type { Actor } from '../domain/actor.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import {
  addDays,
  daysInclusive,
  earlier,
  type IsoDate,
  type IsoInstant,
  monthOf,
} from '../domain/calendar.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { type MappedService, serviceMappingId } from '../domain/service-mapping.ts';
import { countOf, type UsageReport } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { findItem } from './find-item.ts';
import { type BillingItemView, viewOf } from './list-billing-items.ts';
import { namesIn } from './names.ts';

export interface CountedDay {
  readonly date: IsoDate;
  /** Null: not known on that day. */
  readonly quantity: number | null;
  readonly moduleOrganizations: readonly {
    readonly id: string;
    readonly name: string;
    readonly quantity: number | null;
  }[];
  /** Names of the devices counted, on the day the item counts from. */
  readonly devices?: readonly string[];
}

export interface Explanation {
  readonly item: BillingItemView;
  readonly counts: readonly CountedDay[];
  readonly organizationMappings: readonly {
    readonly moduleOrganizationId: string;
    readonly organizationId: string;
    readonly by: Actor;
    readonly at: IsoInstant;
    readonly suggestion?: { readonly confidence: number; readonly reason: string };
  }[];
  readonly serviceMapping:
    | (Pick<MappedService, 'unitRule' | 'dropRule' | 'minimum' | 'share'> & {
        readonly by: Actor;
        readonly at: IsoInstant;
      })
    | null;
  readonly unitPrice: string;
  readonly arithmetic: string;
  readonly corrects?: string;
  readonly correctedBy: readonly string[];
}

/** Why a billing item is what it is: counts by day, who mapped it, rule, price and arithmetic. Error: `not-found`. */
export async function explainItem(core: Core, id: string): Promise<Explanation> {
  const snapshot = await core.store.snapshot();
  const item = await findItem(snapshot, id);
  const mapped = await mappedTo(snapshot, item);
  const moduleOrganizations = mapped.map((each) => each.own);
  const mapping = await serviceMappingOf(snapshot, item);
  const month = monthOf(item.period.start);
  const inPeriod = await snapshot.list('billingItems', { from: month, to: month });
  return {
    item: viewOf(item, await namesIn(snapshot)),
    counts: await countedDays(snapshot, item, moduleOrganizations, core.clock.today()),
    organizationMappings: mapped.map(
      ({ mapping: { id: moduleOrganizationId, organizationId, by, at, suggestion } }) => ({
        moduleOrganizationId,
        organizationId,
        by,
        at,
        ...(suggestion ? { suggestion } : {}),
      }),
    ),
    serviceMapping: mapping ? ruleOf(mapping) : null,
    unitPrice: item.unitPrice,
    arithmetic: arithmeticOf(item),
    ...(item.corrects ? { corrects: item.corrects } : {}),
    correctedBy: inPeriod.filter((other) => other.corrects === item.id).map((other) => other.id),
  };
}

const ruleOf = ({ unitRule, dropRule, minimum, share, by, at }: MappedService) => ({
  unitRule,
  ...(dropRule === undefined ? {} : { dropRule }),
  ...(minimum === undefined ? {} : { minimum }),
  ...(share === undefined ? {} : { share }),
  by,
  at,
});

async function mappedTo(snapshot: Snapshot, item: BillingItem) {
  const byId = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  return (await snapshot.list('organizationMappings')).flatMap((mapping) => {
    const own = byId.get(mapping.id);
    if (mapping.status !== 'mapped' || mapping.module !== item.module || !own) return [];
    return mapping.organizationId === item.organizationId ? [{ mapping, own }] : [];
  });
}

async function serviceMappingOf(snapshot: Snapshot, item: BillingItem): Promise<MappedService | undefined> {
  if (item.module === null || item.billingType === null) return undefined;
  const mapping = await snapshot.get(
    'serviceMappings',
    serviceMappingId(item.contractId, item.module, item.billingType),
  );
  return mapping?.status === 'mapped' ? mapping : undefined;
}

/** Every day of the item's period from its first count until `today`; a day that was not counted is unknown. */
async function countedDays(
  snapshot: Snapshot,
  item: BillingItem,
  moduleOrganizations: readonly ModuleOrganization[],
  today: IsoDate,
): Promise<CountedDay[]> {
  const { module, billingType, period } = item;
  if (module === null || billingType === null) return [];
  const months = { from: period.start.slice(0, 7), to: period.end.slice(0, 7) };
  const reports = (await snapshot.list('usageReports', months)).filter(
    (report) =>
      report.module === module &&
      report.date >= period.start &&
      report.date <= period.end &&
      report.date <= today,
  );
  const [first] = reports;
  if (!first) return [];
  const byDate = new Map(reports.map((report) => [report.date, report]));
  const evident = reports.findLast((report) => report.date <= item.itemDate) ?? first;
  const days = daysInclusive(first.date, earlier(period.end, today));
  return Promise.all(
    Array.from({ length: days }, async (_, i): Promise<CountedDay> => {
      const date = addDays(first.date, i);
      const report = byDate.get(date);
      const externalIds = moduleOrganizations.map((each) => each.externalId);
      const devices =
        report && report === evident
          ? await devicesOf(snapshot, report, externalIds, billingType)
          : undefined;
      return {
        date,
        quantity: (report && sumCounts(report, externalIds, billingType)) ?? null,
        moduleOrganizations: moduleOrganizations.map(({ id, name, externalId }) => ({
          id,
          name,
          quantity: (report && countOf(report, externalId, billingType)) ?? null,
        })),
        ...(devices ? { devices } : {}),
      };
    }),
  );
}

async function devicesOf(
  snapshot: Snapshot,
  { id, date, module }: UsageReport,
  externalIds: readonly string[],
  billingType: NonNullable<BillingItem['billingType']>,
): Promise<string[] | undefined> {
  const evidence = await snapshot.get('usageEvidence', id, date);
  const known = findModule(module);
  if (!evidence || !known) return undefined;
  const inside = containedIn(known, billingType);
  return externalIds
    .flatMap((externalId) => evidence.devices[externalId] ?? [])
    .filter((device) => device.billingType === billingType || inside.has(device.billingType))
    .map((device) => device.name)
    .sort();
}
