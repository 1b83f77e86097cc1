import type { PsaOutcome, SyncRun } from '../domain/sync-run.ts';
import type { UnitPush } from '../domain/unit-push.ts';
import type { Snapshot } from '../ports/store.ts';
import type { PushFacts } from '../sync/move-push.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { withSummary } from './remember-summary.ts';

/** What a step of pushing adds to its run. */
export type PsaMore = Partial<Pick<PsaOutcome, 'pushed' | 'confirmed' | 'refused' | 'unknown' | 'requests'>>;

const COUNTS = ['pushed', 'confirmed', 'refused', 'unknown', 'requests'] as const;

/** The run with more in its counts, and what else is to be said of the PSA. */
export function withPsa(run: SyncRun, more: PsaMore, said: Partial<PsaOutcome> = {}): SyncRun {
  const before: PsaOutcome = run.psa ?? { state: 'done', requests: 0 };
  const counts = Object.fromEntries(
    COUNTS.flatMap((key) => {
      const sum = (before[key] ?? 0) + (more[key] ?? 0);
      return before[key] === undefined && more[key] === undefined ? [] : [[key, sum]];
    }),
  );
  return { ...run, psa: { ...before, ...counts, ...said } };
}

/** A failure beside what is said already; the run goes on. */
export function withPsaProblem(run: SyncRun, problem: string): SyncRun {
  const before = run.psa?.problem;
  const known = before?.includes(problem) ? before : [before, problem].filter(Boolean).join(' ');
  return withPsa(run, {}, { state: 'failed', problem: known });
}

export const factsOf = async (snapshot: Snapshot, at: PushFacts['at']): Promise<PushFacts> => ({
  at,
  contracts: byId(await snapshot.list('contracts')),
  services: byId(await snapshot.list('contractServices')),
});

const byId = <T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> =>
  new Map(records.map((record) => [record.id, record]));

export interface Written {
  readonly run: SyncRun;
  readonly pushes: readonly UnitPush[];
}

/** Writes what became of pushes, with the run's record; nothing where there is nothing. */
export function writePushes(
  core: Core,
  run: SyncRun,
  build: (snapshot: Snapshot) => Promise<{ readonly pushes: readonly UnitPush[]; readonly more?: PsaMore }>,
): Promise<Written> {
  return commit(core, run.by, async (snapshot) => {
    const { pushes, more = {} } = await build(snapshot);
    if (pushes.length === 0) return { changes: {}, result: { run: withPsa(run, more), pushes } };
    const told = withPsa(run, { ...countsOf(pushes), ...more });
    const counted = {
      ...(await withSummary(snapshot, told)),
      psaWrites: run.psaWrites + pushes.filter(isWrite).length,
    };
    return {
      changes: { put: { unitPushes: pushes, syncRuns: [counted] } },
      result: { run: counted, pushes },
    };
  });
}

const isWrite = ({ state }: UnitPush): boolean => state.status === 'confirmed';

function countsOf(pushes: readonly UnitPush[]): PsaMore {
  const of = (test: (push: UnitPush) => boolean) => {
    const count = pushes.filter(test).length;
    return count > 0 ? count : undefined;
  };
  const confirmed = of(isWrite);
  const refused = of(({ state }) => state.status === 'refused' && state.movedTo === undefined);
  const unknown = of(({ state }) => state.status === 'unknown');
  return {
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(refused === undefined ? {} : { refused }),
    ...(unknown === undefined ? {} : { unknown }),
  };
}
