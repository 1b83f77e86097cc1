import { isoInstant } from '../domain/calendar.ts';
import { isIcbError } from '../domain/errors.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { applyPlan, rehearse, storeCounts } from './apply-run.ts';
import { brokenOff, over } from './broken-off.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { countModules } from './count-run.ts';
import { mirrorPsa, readMirror } from './mirror-psa.ts';
import { pushUnits } from './push-units.ts';
import { readAndCount } from './read-and-count.ts';
import { withSummary } from './remember-summary.ts';
import { askAgain, type Retry, retryOf, withRetry } from './retry-modules.ts';

type Ended = Awaited<ReturnType<Core['syncQueue']['pause']>>;

export type Tell = (run: SyncRun) => Promise<void>;

/**
 * Counts the modules of `run`, plans, applies the plan and writes the activity log. What goes wrong is in the run that
 * comes back; throws only `taken-over`, where the run goes on in another process. Its business day is the one on which it starts, also when it waited in the queue overnight.
 *
 * Every step ends in one commit that holds its effect together with the run's record, so a run that was cut off says how
 * far it came: given such a run (`resumed`), what is counted is not counted again and what is applied stays.
 * @param tell called, and not waited for, when others are applied while failed modules are still to be tried again
 */
export async function runSync(core: Core, queued: SyncRun, tell: Tell = async () => {}): Promise<SyncRun> {
  let run: SyncRun = queued.resumed
    ? queued
    : { ...queued, date: core.clock.today(), startedAt: isoInstant(core.clock.now()) };
  const show = (next: SyncRun): SyncRun => {
    run = next;
    core.syncQueue.update(run);
    return run;
  };
  try {
    show(run);
    await core.store.commit({ put: { syncRuns: [run] } });
    show(run.dryRun ? await rehearseRun(core, run, show) : await workThrough(core, run, show, tell));
  } catch (error) {
    if (isIcbError(error) && error.code === 'taken-over') throw error;
    const reference = core.newId('err');
    core.log.error({ err: error, run: run.id, reference }, 'sync failed');
    const problem = `The sync stopped because of an unexpected error (reference ${reference}). Nothing was half-applied; start it again.`;
    show(brokenOff(run, problem, isoInstant(core.clock.now())));
    await record(core, run).catch((err) =>
      core.log.error({ err, run: run.id }, 'the failed sync could not be recorded'),
    );
  }
  return run;
}

type Show = (run: SyncRun) => SyncRun;

async function rehearseRun(core: Core, run: SyncRun, show: Show): Promise<SyncRun> {
  const counts = await countModules(core, run, (modules) => void show({ ...run, modules }));
  return rehearse(core, run, counts);
}

/** Each turn counts what is not counted, applies what is not applied, and waits where a failed module gets another try. */
async function workThrough(core: Core, run: SyncRun, show: Show, tell: Tell): Promise<SyncRun> {
  const { remote } = core.psa;
  let waits = true;
  for (;;) {
    const { counts, isMirrored, ...read } = await readAndCount(core, run, show);
    run = read.run;
    if (counts) run = show(await storeCounts(core, run, counts));
    const retry: Retry | undefined = waits ? retryOf(core, run) : undefined;
    if (run.planId === undefined || run.modules.some((module) => module.applied === false))
      run = show(
        await applyPlan(core, retry ? withRetry(core, run, retry) : run, retry === undefined && !remote),
      );
    if (remote) {
      const pushed = await pushUnits(core, remote, run, show, retry ? undefined : tell);
      run = pushed.run;
      if (pushed.stopped) return run;
    }
    if (!retry && remote && (!isMirrored || run.psa?.pushed))
      return mirrorPsa(core, run, await readMirror(core, remote, run));
    if (!retry) return run.state === 'running' ? close(core, run) : run;

    void tell(run);
    const { wait } = core;
    const ended: Ended | undefined =
      wait && (await core.syncQueue.pause((signal) => wait(retry.inMs(core.clock.now()), signal)));
    // Left as it is: it goes on when icb starts again, or is closed when that is another day.
    if (ended === 'stopped') return run;
    waits = ended === 'over';
    run = show(askAgain(run));
  }
}

const record = (core: Core, run: SyncRun): Promise<void> =>
  commit(core, run.by, async (snapshot) => ({
    changes: { put: { syncRuns: [await withSummary(snapshot, run)] } },
    result: undefined,
  }));

/** A run that was cut off between its last step and the end. */
function close(core: Core, run: SyncRun): Promise<SyncRun> {
  return commit(core, run.by, async (snapshot) => {
    const closed = over(await withSummary(snapshot, run), isoInstant(core.clock.now()));
    return { changes: { put: { syncRuns: [closed] } }, result: closed };
  });
}
