import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import { type ModuleId, moduleOrganizationId } from '../domain/ids.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { ModuleOutcome, SyncRun } from '../domain/sync-run.ts';
import type { UsageEvidence, UsageReport } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { UsageAnswer } from '../ports/usage-source.ts';
import type { ModuleCount } from '../sync/count-modules.ts';
import type { Core } from './core.ts';
import { evidenceOf, reportOf } from './report-of-answer.ts';

interface CountRecords {
  readonly moduleStates: readonly ModuleState[];
  readonly moduleOrganizations: readonly ModuleOrganization[];
  readonly usageReports: readonly UsageReport[];
  readonly usageEvidence: readonly UsageEvidence[];
}

type Run = Pick<SyncRun, 'id' | 'date'>;

/** What the counts of a run write, and their outcomes with how many module organizations are new. */
export async function recordsOfCounts(
  core: Core,
  snapshot: Snapshot,
  run: Run,
  counts: readonly ModuleCount[],
): Promise<{ readonly put: CountRecords; readonly outcomes: ModuleOutcome[] }> {
  const at = isoInstant(core.clock.now());
  const states = new Map((await snapshot.list('moduleStates')).map((state) => [state.id, state]));
  const known = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  const answered = counts.flatMap(({ outcome: { id }, answer }) => (answer ? [{ id, answer }] : []));
  const moduleOrganizations = answered.flatMap(({ id, answer }) => seenIn(answer, id, run, known));
  const added = moduleOrganizations.filter((each) => !known.has(each.id));
  return {
    put: {
      moduleStates: counts.flatMap((count) => stateAfter(states.get(count.outcome.id), count, run, at)),
      moduleOrganizations,
      usageReports: await Promise.all(
        answered.map(({ id, answer }) => reportOf(snapshot, id, run.date, answer, at)),
      ),
      usageEvidence: answered.map(({ id, answer }) => evidenceOf(id, run.date, answer)),
    },
    outcomes: counts.map(({ outcome }) => ({
      ...outcome,
      newModuleOrganizations: added.filter((each) => each.module === outcome.id).length,
    })),
  };
}

/** The module's state after its count: always whether it went well; when counts arrived only if some did. */
function stateAfter(
  before: ModuleState | undefined,
  { outcome, answer }: ModuleCount,
  run: Run,
  at: IsoInstant,
): ModuleState[] {
  if (!before) return [];
  const state = outcome.state === 'failed' ? 'failed' : 'done';
  const problem = outcome.problem ? { problem: outcome.problem } : {};
  return [
    {
      ...before,
      lastSync: { runId: run.id, at, state, ...problem },
      ...(answer ? { lastCountedAt: at, countedBy: 'api' as const } : {}),
    },
  ];
}

function seenIn(
  answer: UsageAnswer,
  module: ModuleId,
  { date }: Run,
  known: ReadonlyMap<string, ModuleOrganization>,
): ModuleOrganization[] {
  return answer.organizations.map(({ externalId, name, parentExternalId, hints }) => {
    const id = moduleOrganizationId(module, externalId);
    return {
      id,
      module,
      externalId,
      name,
      ...(parentExternalId ? { parentId: moduleOrganizationId(module, parentExternalId) } : {}),
      hints: { ...hints },
      firstSeen: known.get(id)?.firstSeen ?? date,
      lastSeen: date,
    };
  });
}
