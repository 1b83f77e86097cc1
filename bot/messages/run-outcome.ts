import type { PlanMove, SyncRun } from '../../src/domain/sync-run.ts';
import type { Names } from '../../src/usecases/names.ts';
import { escapeName, escapeText } from '../words/escape.ts';
import { counted, listed } from '../words/wording.ts';

/** How a finished run went, in two or three lines of mrkdwn. */
export function runOutcome(run: SyncRun, nameOf: (module: string) => string, known?: Names): string {
  if (run.modules.length === 0)
    return '*No module is switched on*, so there was nothing to count. `/icb enable` shows them.';
  const done = run.modules.filter((module) => module.state === 'done');
  const failed = run.modules.filter((module) => module.state === 'failed');
  const names = (modules: SyncRun['modules']) => listed(modules.map((one) => escapeName(nameOf(one.id))));
  const found = done.reduce((sum, one) => sum + one.moduleOrganizations, 0);
  const fresh = done.reduce((sum, one) => sum + one.newModuleOrganizations, 0);
  return [
    done.length > 0
      ? `*Counted ${names(done)}*: ${counted(found, 'module organization')}${fresh > 0 ? `, ${fresh} new` : ''}. ${lines(run)}`
      : `*Nothing was counted.*${run.problem ? ` ${escapeText(run.problem)}` : ''} Nothing was changed.`,
    ...sincePreview(run, known),
    ...failed.map(
      (one) =>
        `*Failed: ${escapeName(nameOf(one.id))}.* ${escapeText(one.problem ?? 'It gave no answer.')} Its units stay as they were.`,
    ),
  ].join('\n');
}

function lines(run: SyncRun): string {
  const { create, change, held, blocked } = run.lines;
  const parts = [
    ...(create + change > 0 ? [`${counted(create + change, 'change')} of units`] : []),
    ...(held > 0 ? [`${held} held`] : []),
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
  ];
  return parts.length > 0 ? `${listed(parts)}.` : 'No units changed.';
}

const MOVES_SHOWN = 5;

/** Whether the run did what people had seen in the plan, and what moved since. */
function sincePreview({ previewed }: SyncRun, names: Names | undefined): string[] {
  if (!previewed || !names) return [];
  const { moved, moves } = previewed;
  if (moved === 0) return ['It did exactly what the plan you looked at said.'];
  const hidden = moved - Math.min(moved, MOVES_SHOWN);
  return [
    `*${counted(moved, 'line')} moved since the plan was looked at:*`,
    ...moves
      .slice(0, MOVES_SHOWN)
      .map(
        ({ organizationId, contractServiceId, before, after }) =>
          `• ${escapeName(names.organization(organizationId))} · ${escapeName(names.service(contractServiceId))}: ` +
          `${fateText(before)} in the plan, ${fateText(after)} in the sync`,
      ),
    ...(hidden > 0 ? [`… and ${hidden} more.`] : []),
  ];
}

function fateText(fate: PlanMove['before']): string {
  if (!fate) return 'no change';
  if (fate.action === 'blocked') return 'blocked';
  return `${fate.oldUnits} → ${fate.newUnits}${fate.action === 'held' ? ' held' : ''}`;
}
