import type { IsoDate } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { PLAN_ACTIONS, type PlanAction } from '../domain/plan.ts';
import type { Snapshot } from '../ports/store.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { describeLines, type PlanLineView } from './describe-lines.ts';
import { getSync } from './get-sync.ts';
import { knownModule } from './known-module.ts';
import { knownOrganization } from './list-organizations.ts';
import { namesIn } from './names.ts';
import { type PlanGroups, planGroups, wouldChange } from './plan-groups.ts';
import { type PlanTotal, planTotals } from './plan-totals.ts';
import { readPlanInput } from './read-plan-input.ts';
import { rehearsedPlan, type SeenPlan, seePlan } from './seen-plans.ts';

export interface PlanFilter {
  readonly action?: PlanAction | undefined;
  /** Id or name. */
  readonly module?: string | undefined;
  /** Id or name. */
  readonly organization?: string | undefined;
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
  seePlan(core, plan);
  return planListOf(snapshot, plan, { ...filter, module, organization });
}

/** What a rehearsal would have done. Errors: `not-found`, also once icb has been started again. */
export async function listRehearsal(core: Core, runId: string): Promise<PlanList> {
  const run = await getSync(core, runId);
  const plan = rehearsedPlan(core, run.dryRun ? run.planId : undefined);
  if (!plan)
    throw new IcbError(
      'not-found',
      run.dryRun
        ? 'The plan of this rehearsal is not kept any more. Rehearse again with icb sync --dry-run.'
        : 'Only a rehearsal (dry run) has a plan to look at; what a run did is in the activity log.',
    );
  return planListOf(await core.store.snapshot(), plan);
}

async function planListOf(
  snapshot: Snapshot,
  plan: SeenPlan,
  { action, module, organization }: PlanFilter = {},
): Promise<PlanList> {
  const wanted = plan.lines.filter(
    (line) =>
      (action === undefined || line.action === action) &&
      (module === undefined || line.module === module) &&
      (organization === undefined || line.organizationId === organization),
  );
  const lines = inReadingOrder(await describeLines(snapshot, wanted));
  const names = await namesIn(snapshot);
  return {
    id: plan.id,
    date: plan.date,
    lines,
    counts: countActions(lines),
    totals: planTotals(lines.filter(wouldChange)),
    held: planTotals(lines.filter(({ action }) => action === 'held')),
    groups: planGroups(lines, names),
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
