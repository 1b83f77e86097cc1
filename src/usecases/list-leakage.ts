import { leakage } from '../billing/leakage.ts';
import { addDays, daysBetween, type IsoDate, monthOf } from '../domain/calendar.ts';
import { type LeakageReason, type LeakageRow, LOOK_BACK_DAYS } from '../domain/leakage.ts';
import { compareMoney, zero } from '../domain/money.ts';
import type { Snapshot } from '../ports/store.ts';
import { planSync } from '../sync/plan-sync.ts';
import { type LeakageDrill, leakageTest } from '../widgets/leakage-drill.ts';
import type { Core } from './core.ts';
import { asIfCounted } from './decide-line.ts';
import { knownModule } from './known-module.ts';
import { type LeakageTotals, leakageTotals } from './leakage-totals.ts';
import { knownOrganization } from './list-organizations.ts';
import { namesIn } from './names.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readPlanInput } from './read-plan-input.ts';

export interface LeakageFilter {
  /** Id or name. */
  readonly module?: string | undefined;
  /** Id or name. Usage of module organizations that nobody mapped belongs to no organization. */
  readonly organization?: string | undefined;
  readonly reason?: LeakageReason | undefined;
  /** Further parts: the rows behind a mark of a widget. */
  readonly drill?: LeakageDrill | undefined;
}

export interface LeakageView extends LeakageRow {
  readonly moduleName: string;
  readonly moduleOrganization: string;
  readonly organization?: string;
  readonly contract?: string;
  readonly service?: string;
  readonly billingTypeLabel: string;
  /** Days since it began to leak; 0 when it did so today. */
  readonly ageDays: number;
}

export interface Leakage {
  /** Most money first, then most units. */
  readonly rows: readonly LeakageView[];
  /** Of the rows of the filter. */
  readonly totals: LeakageTotals;
  /** False until an enabled module has been counted: nothing is known then, which is not nothing leaking. */
  readonly counted: boolean;
}

/**
 * Usage that is counted but bills nowhere, from the last counts stored.
 * Errors: `unknown-module`, `unknown-organization`.
 */
export async function listLeakage(core: Core, filter: LeakageFilter = {}): Promise<Leakage> {
  const module = filter.module === undefined ? undefined : (await knownModule(core, filter.module)).id;
  const organization =
    filter.organization === undefined ? undefined : (await knownOrganization(core, filter.organization)).id;
  const { rows: all, counted } = await everyRow(core);
  const behind = leakageTest(filter.drill ?? {});
  const rows = all.filter(
    (row) =>
      behind(row) &&
      (module === undefined || row.module === module) &&
      (organization === undefined || row.organizationId === organization) &&
      (filter.reason === undefined || row.reason.code === filter.reason),
  );
  return { rows, totals: leakageTotals(rows), counted };
}

type Everything = Pick<Leakage, 'rows' | 'counted'>;

/** The same state of the store on the same day leaks the same; the tab, the page and its pages ask again and again. */
const KEPT = new WeakMap<Core['store'], { readonly of: string; readonly all: Promise<Everything> }>();

async function everyRow(core: Core): Promise<Everything> {
  const snapshot = await core.store.snapshot();
  const today = core.clock.today();
  const of = `${snapshot.revision} ${today}`;
  const kept = KEPT.get(core.store);
  if (kept?.of === of) return kept.all;
  const all = read(snapshot, today);
  KEPT.set(core.store, { of, all });
  all.catch(() => KEPT.get(core.store)?.all === all && KEPT.delete(core.store));
  return all;
}

async function read(snapshot: Snapshot, today: IsoDate): Promise<Everything> {
  const input = await readPlanInput(snapshot, today);
  const from = monthOf(addDays(today, -LOOK_BACK_DAYS));
  const usageReports = (await snapshot.list('usageReports', { from })).filter(({ date }) => date <= today);
  const enabled = new Set(input.moduleStates.flatMap((state) => (state.enabled ? [state.id] : [])));
  const rows = leakage({
    ...input,
    today,
    modules: (await readCatalogue(snapshot)).modules,
    usageReports,
    lines: planSync(asIfCounted(input)).lines,
  });
  return {
    rows: (await named(snapshot, rows, today)).sort(mostFirst),
    counted: usageReports.some((report) => enabled.has(report.module)),
  };
}

async function named(
  snapshot: Snapshot,
  rows: readonly LeakageRow[],
  today: IsoDate,
): Promise<LeakageView[]> {
  const names = await namesIn(snapshot);
  const moduleOrganizations = new Map(
    (await snapshot.list('moduleOrganizations')).map(({ id, name }) => [id, name]),
  );
  return rows.map((row) => ({
    ...row,
    moduleName: names.module(row.module),
    moduleOrganization: moduleOrganizations.get(row.moduleOrganizationId) ?? row.moduleOrganizationId,
    ...(row.organizationId === undefined ? {} : { organization: names.organization(row.organizationId) }),
    ...(row.contractId === undefined ? {} : { contract: names.contract(row.contractId) }),
    ...(row.contractServiceId === undefined ? {} : { service: names.service(row.contractServiceId) }),
    billingTypeLabel: names.billingType(row.module, row.billingType),
    ageDays: Math.max(0, daysBetween(row.since, today)),
  }));
}

const mostFirst = (a: LeakageView, b: LeakageView): number =>
  compareMoney(b.amount ?? zero, a.amount ?? zero) || b.units - a.units || (a.id < b.id ? -1 : 1);
