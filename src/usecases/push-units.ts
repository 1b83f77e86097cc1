import { isoInstant } from '../domain/calendar.ts';
import { isIcbError } from '../domain/errors.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import { isOpen, type UnitPush } from '../domain/unit-push.ts';
import type { RemotePsa } from '../ports/psa.ts';
import { nextPushes } from '../sync/next-pushes.ts';
import { isSending, type SendingPush, TELLS_AFTER_MINUTES } from '../sync/push-step.ts';
import { tidyPushes } from '../sync/tidy-pushes.ts';
import type { Core } from './core.ts';
import { pushBatch, tellSent } from './push-batch.ts';
import { factsOf, withPsa, withPsaProblem, writePushes } from './push-records.ts';

/** A first push of thousands of lines is spread over hours by the PSA's budget of calls; the next night takes the rest. */
const LONGEST_HOURS = 20;

export interface Pushed {
  readonly run: SyncRun;
  /** icb stops: the run is left as it is, and goes on when icb starts again. */
  readonly stopped: boolean;
}

/**
 * Brings the changes of units in the outbox to the remote PSA, those of earlier runs included, until each is told or has
 * to wait. Only the run whose turn it is pushes, so there are never two at it. Never throws for what the PSA does.
 * @param show called with the run as it goes on
 * @param waits called, and not waited for, before a wait; left out, the run has no time to wait
 */
export async function pushUnits(
  core: Core,
  remote: RemotePsa,
  given: SyncRun,
  show: (run: SyncRun) => SyncRun,
  waits?: (run: SyncRun) => Promise<void>,
): Promise<Pushed> {
  let run = given;
  let failures = 0;
  const keep = (next: SyncRun): SyncRun => {
    run = show(next);
    return run;
  };
  for (;;) {
    const round = withinBudget(
      remote,
      await pushRound(core, remote, run, keep).catch((error: unknown): Round => {
        if (!isIcbError(error) || !error.code.startsWith('psa-')) throw error;
        return { problem: error.message };
      }),
    );
    if (core.syncQueue.stopped) return { run, stopped: true };
    failures = round.problem === undefined ? 0 : failures + 1;
    const until = waitable(core, run, round.problem === undefined ? round.until : later(core, run, failures));
    const { wait } = core;
    const problem = round.problem ?? round.outOfBudget;
    if (!until || !wait || !waits) return { run: keep(await ended(core, run, problem)), stopped: false };
    keep(withPsa(run, {}, { waitsUntil: isoInstant(until) }));
    void waits(run);
    const ms = Math.max(0, Math.ceil(until.since(core.clock.now()).total('milliseconds')));
    const end = await core.syncQueue.pause((signal) => wait(ms, signal));
    keep(withoutWait(run));
    if (end === 'stopped') return { run, stopped: true };
    // The run behind this one takes up what is left.
    if (end === 'queued') return { run: keep(await ended(core, run, problem)), stopped: false };
  }
}

interface Round {
  /** When going on is of use; absent when there is nothing to go on with. */
  readonly until?: Temporal.Instant;
  readonly problem?: string;
  /** Why, where the PSA takes no calls until then. */
  readonly outOfBudget?: string | undefined;
}

/** A budget that is used up is no failure: pushing goes on once the PSA takes calls again, however often that takes. */
function withinBudget(remote: RemotePsa, round: Round): Round {
  const until = round.problem === undefined ? undefined : remote.budget()?.stoppedUntil;
  return until ? { until, outOfBudget: round.problem } : round;
}

async function pushRound(
  core: Core,
  remote: RemotePsa,
  given: SyncRun,
  keep: (run: SyncRun) => SyncRun,
): Promise<Round> {
  let run = given;
  const pushesLeft = await openPushes(core);
  if (pushesLeft.length === 0) return {};
  const { reachable, sandbox, problem } = await core.psa.check();
  if (!reachable || sandbox) return { problem: problem ?? 'The PSA does not take changes of units now.' };
  const left = pushesLeft.filter(isSending);
  if (left.length > 0) {
    const told = await tellSent(core, remote, run, left);
    run = keep(told.run);
    if (told.problem !== undefined) return { problem: told.problem };
  }
  const waiting = new Set<string>();
  for (;;) {
    if (core.syncQueue.stopped) return {};
    run = keep((await tidied(core, run)).run);
    const open = await openPushes(core);
    const pushes = nextPushes(open, waiting);
    if (pushes.length === 0) return roundEnd(open.filter(isSending));
    const batch = await pushBatch(core, remote, run, pushes);
    run = keep(batch.run);
    if (batch.retryAt) return { until: batch.retryAt };
    if (batch.problem !== undefined) return { problem: batch.problem };
    for (const id of batch.waiting) waiting.add(id);
  }
}

/** Pushes without an answer are told by a reading some minutes later. */
function roundEnd(sending: readonly SendingPush[]): Round {
  const [first] = sending.map(({ state }) => state.at).sort();
  if (first === undefined) return {};
  return { until: Temporal.Instant.from(first).add({ minutes: TELLS_AFTER_MINUTES }) };
}

const openPushes = async (core: Core): Promise<UnitPush[]> =>
  (await (await core.store.snapshot()).list('unitPushes')).filter(isOpen);

const tidied = (core: Core, run: SyncRun) =>
  writePushes(core, run, async (snapshot) => {
    const pushes = await snapshot.list('unitPushes');
    return { pushes: tidyPushes(pushes, await factsOf(snapshot, isoInstant(core.clock.now()))) };
  });

const MINUTES_AFTER_PROBLEM = 10;
const MOST_FAILURES = 3;

/** At night, when nobody waits, a PSA that does not answer is asked three times. */
function later({ clock }: Core, { trigger }: SyncRun, failures: number): Temporal.Instant | undefined {
  const atNight = trigger === 'night' || trigger === 'catch-up';
  return atNight && failures < MOST_FAILURES
    ? clock.now().add({ minutes: MINUTES_AFTER_PROBLEM })
    : undefined;
}

/** Undefined where there is nothing to wait for, or the wait would go on too long. */
function waitable(
  core: Core,
  run: SyncRun,
  until: Temporal.Instant | undefined,
): Temporal.Instant | undefined {
  if (!until) return undefined;
  const last = Temporal.Instant.from(run.startedAt).add({ hours: LONGEST_HOURS });
  const now = core.clock.now();
  const next = Temporal.Instant.compare(until, now) > 0 ? until : now;
  return Temporal.Instant.compare(next, last) > 0 ? undefined : next;
}

function withoutWait(run: SyncRun): SyncRun {
  if (!run.psa) return run;
  const { waitsUntil: _, ...psa } = run.psa;
  return { ...run, psa };
}

async function ended(core: Core, run: SyncRun, problem: string | undefined): Promise<SyncRun> {
  const queued = (await openPushes(core)).length;
  const told = problem === undefined ? run : withPsaProblem(run, problem);
  return withPsa(told, {}, { queued });
}
