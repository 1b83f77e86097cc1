import type { Activity } from '../domain/activity.ts';
import type { IsoInstant } from '../domain/calendar.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Plan } from './plan-sync.ts';

/**
 * The rows of one run in the activity log: one per plan line, up, down or the same; one per module that failed; and one
 * per module that has organizations nobody mapped.
 */
export async function activityOf(
  snapshot: Snapshot,
  run: SyncRun,
  plan: Plan,
  at: IsoInstant,
): Promise<Activity[]> {
  const common = { runId: run.id, at, date: run.date };
  const lines = plan.lines.map(
    (line): Activity => ({
      id: `${run.id}:${line.id}`,
      ...common,
      result: resultOf(line),
      module: line.module,
      billingType: line.billingType,
      organizationId: line.organizationId,
      contractId: line.contractId,
      contractServiceId: line.contractServiceId,
      oldUnits: line.oldUnits,
      newUnits: line.newUnits,
      ...(line.newUnits === line.oldUnits
        ? {}
        : { amount: line.amount, monthlyAmount: line.monthlyAmount, currency: line.currency }),
      reason: line.reason,
    }),
  );
  const failed = run.modules
    .filter((module) => module.state === 'failed')
    .map(
      ({ id, problem }): Activity => ({
        id: `${run.id}:${id}`,
        ...common,
        result: 'failed',
        module: id,
        reason: { code: 'module-failed', text: problem ?? 'The module could not be counted.' },
      }),
    );
  return [...lines, ...failed, ...(await unmapped(snapshot, run, common))];
}

function resultOf({ action, oldUnits, newUnits, reason }: PlanLine): Activity['result'] {
  if (action === 'held' || action === 'blocked') return action;
  if (reason.code === 'count-unknown' || reason.code === 'no-count-yet') return 'failed';
  if (newUnits > oldUnits) return 'up';
  return newUnits < oldUnits ? 'down' : 'same';
}

async function unmapped(snapshot: Snapshot, run: SyncRun, common: Pick<Activity, 'runId' | 'at' | 'date'>) {
  const decided = new Set((await snapshot.list('organizationMappings')).map((mapping) => mapping.id));
  const all = await snapshot.list('moduleOrganizations');
  return run.modules.flatMap(({ id }): Activity[] => {
    const open = all.filter((each) => each.module === id && !decided.has(each.id));
    if (open.length === 0) return [];
    const count = open.length === 1 ? '1 module organization is' : `${open.length} module organizations are`;
    return [
      {
        id: `${run.id}:${id}:unmapped`,
        ...common,
        result: 'failed',
        module: id,
        reason: {
          code: 'organization-not-mapped',
          text: `${count} not mapped, so their usage bills nowhere.`,
        },
      },
    ];
  });
}
