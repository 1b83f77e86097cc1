import type { IsoDate } from '../domain/calendar.ts';
import { PLAN_ACTIONS, type PlanAction } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { describeLines, type PlanLineView } from './describe-lines.ts';
import { knownModule } from './known-module.ts';
import { knownOrganization } from './list-organizations.ts';
import { type PlanTotal, planTotals } from './preview-sync.ts';
import { readPlanInput } from './read-plan-input.ts';

export interface PlanFilter {
  readonly action?: PlanAction | undefined;
  /** Id or name. */
  readonly module?: string | undefined;
  /** Id or name. */
  readonly organization?: string | undefined;
}

/** What the lines of one module or organization change together, in one currency. */
export interface PlanGroup extends PlanTotal {
  readonly key: string;
  readonly label: string;
  readonly lines: number;
  /** Units a run would add and take away. */
  readonly units: number;
}

export interface PlanGroups {
  readonly module: readonly PlanGroup[];
  readonly organization: readonly PlanGroup[];
}

export interface PlanList {
  readonly id: string;
  readonly date: IsoDate;
  /** Those that wait for a person first, then what changes; within that by organization and service. */
  readonly lines: readonly PlanLineView[];
  readonly counts: Readonly<Record<PlanAction, number>>;
  /** What a run would change now; held lines are not in it. */
  readonly totals: readonly PlanTotal[];
  /** What held lines would change once released. */
  readonly held: readonly PlanTotal[];
  readonly groups: PlanGroups;
}

const ORDER: readonly PlanAction[] = ['held', 'blocked', 'create', 'change', 'none'];
const WOULD_CHANGE: ReadonlySet<PlanAction> = new Set(['create', 'change']);

/**
 * What a run would do now, line by line, with names; figures are of the lines that pass the filter.
 * Errors: `unknown-module`, `unknown-organization`.
 */
export async function listPlan(core: Core, filter: PlanFilter = {}): Promise<PlanList> {
  const module = filter.module === undefined ? undefined : (await knownModule(core, filter.module)).id;
  const organization =
    filter.organization === undefined ? undefined : (await knownOrganization(core, filter.organization)).id;
  const snapshot = await core.store.snapshot();
  const plan = planSync(await readPlanInput(snapshot, core.clock.today()));
  const wanted = plan.lines.filter(
    (line) =>
      (filter.action === undefined || line.action === filter.action) &&
      (module === undefined || line.module === module) &&
      (organization === undefined || line.organizationId === organization),
  );
  const lines = inReadingOrder(await describeLines(snapshot, wanted));
  const changing = lines.filter(({ action }) => WOULD_CHANGE.has(action));
  return {
    id: plan.id,
    date: plan.date,
    lines,
    counts: countActions(lines),
    totals: planTotals(changing),
    held: planTotals(lines.filter(({ action }) => action === 'held')),
    groups: {
      module: groupsOf(changing, (line) => [line.module, line.moduleName]),
      organization: groupsOf(changing, (line) => [line.organizationId, line.organization]),
    },
  };
}

const { compare } = new Intl.Collator('en');

const inReadingOrder = (lines: readonly PlanLineView[]): PlanLineView[] =>
  lines.toSorted(
    (a, b) =>
      ORDER.indexOf(a.action) - ORDER.indexOf(b.action) ||
      compare(a.organization, b.organization) ||
      compare(a.service, b.service) ||
      compare(a.billingTypeLabel, b.billingTypeLabel),
  );

function countActions(lines: readonly PlanLineView[]): PlanList['counts'] {
  const counts = Object.fromEntries(PLAN_ACTIONS.map((action) => [action, 0])) as Record<PlanAction, number>;
  for (const { action } of lines) counts[action] += 1;
  return counts;
}

function groupsOf(
  lines: readonly PlanLineView[],
  keyOf: (line: PlanLineView) => readonly [key: string, label: string],
): PlanGroup[] {
  return [...Map.groupBy(lines, (line) => keyOf(line)[0])]
    .flatMap(([key, own]) => {
      const label = own[0] ? keyOf(own[0])[1] : key;
      return planTotals(own).map((total): PlanGroup => {
        const same = own.filter(({ currency }) => currency === total.currency);
        const units = same.reduce((sum, { oldUnits, newUnits }) => sum + newUnits - oldUnits, 0);
        return { key, label, lines: same.length, units, ...total };
      });
    })
    .sort((a, b) => compare(a.label, b.label));
}
