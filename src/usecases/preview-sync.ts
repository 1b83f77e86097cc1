import type { IsoDate } from '../domain/calendar.ts';
import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { describeLines, type PlanLineView } from './describe-lines.ts';
import { type Names, namesIn } from './names.ts';
import { type PlanGroups, planGroups } from './plan-groups.ts';
import { type PlanTotal, planTotals } from './plan-totals.ts';
import { readPlanInput } from './read-plan-input.ts';

/** With the rule it is planned by; absent where the billing type is ignored. */
export type PreviewLine = PlanLine & Pick<PlanLineView, 'unitRule' | 'dropRule'>;

export interface PlanPreview {
  readonly id: string;
  readonly date: IsoDate;
  readonly lines: readonly PreviewLine[];
  /** What a run would change now; held lines are not in it. */
  readonly totals: readonly PlanTotal[];
  readonly groups: PlanGroups;
  readonly names: Names;
}

/** What a run would do now, from the last counts stored. The run plans by the same function. */
export async function previewSync(core: Core): Promise<PlanPreview> {
  const snapshot = await core.store.snapshot();
  const plan = planSync(await readPlanInput(snapshot, core.clock.today()));
  const names = await namesIn(snapshot);
  return {
    id: plan.id,
    date: plan.date,
    lines: await describeLines(snapshot, plan.lines),
    totals: planTotals(plan.lines.filter((line) => line.action !== 'held')),
    groups: planGroups(plan.lines, names),
    names,
  };
}
