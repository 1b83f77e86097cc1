import { earlier, type IsoDate, isoInstant } from '../domain/calendar.ts';
import { isIcbError } from '../domain/errors.ts';
import type { SyncRun } from '../domain/sync-run.ts';
import type { UnitPush } from '../domain/unit-push.ts';
import type { AdjustmentOutcome, PsaUnits, RemotePsa } from '../ports/psa.ts';
import {
  isSending,
  refusePush,
  type SendingPush,
  settlePush,
  startPush,
  unsentPush,
} from '../sync/push-step.ts';
import type { Core } from './core.ts';
import { factsOf, withPsa, writePushes } from './push-records.ts';
import { timeoutOf } from './refresh-book.ts';

/** Where pushing stands after a batch. */
export interface Batch {
  readonly run: SyncRun;
  /** Contract services whose pushes have to wait for their day. */
  readonly waiting: readonly string[];
  /** When the PSA takes calls again, where its budget is used up. */
  readonly retryAt?: Temporal.Instant;
  /** Why nothing could be sent, or units not be read afterwards. */
  readonly problem?: string;
}

/**
 * Sends one batch: reads units, notes with each push what they were before, sends all of them, and reads units again,
 * which alone tells what became of them. Each note is on disk before the step it is for, so that a crash leaves nothing
 * in doubt that a reading cannot tell.
 * @throws IcbError when units could not be read, and so nothing was sent
 */
export async function pushBatch(
  core: Core,
  remote: RemotePsa,
  given: SyncRun,
  pushes: readonly UnitPush[],
): Promise<Batch> {
  let run = given;
  const before = await readUnits(remote, run, pushes);
  const started = await writePushes(core, run, async (snapshot) => {
    const at = isoInstant(core.clock.now());
    const current = await Promise.all(pushes.map(({ id }) => snapshot.get('unitPushes', id)));
    const next = current.flatMap((push) =>
      push?.state.status === 'queued'
        ? (startPush(push, before.rows.get(push.contractServiceId) ?? [], { today: run.date, at }) ?? [])
        : [],
    );
    const pushed = next.filter(isSending).length;
    return { pushes: next, more: { requests: before.requests, ...(pushed > 0 ? { pushed } : {}) } };
  });
  run = started.run;
  const sending = started.pushes.filter(isSending);
  const going = new Set(started.pushes.map((push) => push.id));
  const waiting = pushes.filter(({ id }) => !going.has(id)).map((push) => push.contractServiceId);
  if (sending.length === 0) return { run, waiting };

  const sent = await send(core, run, sending);
  const told = await tell(core, remote, withPsa(run, { requests: sent.requests }), sending, sent.outcomes);
  const unsent = sent.outcomes.filter((outcome) => outcome.kind === 'not-sent');
  const retryAt = unsent.find((outcome) => outcome.retryAt)?.retryAt;
  // Where others went through, those that did not leave have their turn in the next batch.
  const stuck = retryAt === undefined && unsent.length === sending.length ? unsent[0]?.text : undefined;
  const problem = told.problem ?? stuck;
  return {
    run: told.run,
    waiting,
    ...(retryAt ? { retryAt } : {}),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Tells of pushes that were sent and whose answer nobody knows: a crash or an outage came between. */
export async function tellSent(
  core: Core,
  remote: RemotePsa,
  run: SyncRun,
  sending: readonly SendingPush[],
): Promise<Told> {
  return tell(
    core,
    remote,
    run,
    sending,
    sending.map(() => UNKNOWN),
  );
}

const UNKNOWN: AdjustmentOutcome = { kind: 'unclear', text: 'No answer was kept.' };

async function send(core: Core, run: SyncRun, sending: readonly SendingPush[]) {
  let requests = 0;
  const onRequest = () => {
    requests += 1;
  };
  const adjustments = sending.map(({ contractId, contractServiceId, effectiveDate, change }) => ({
    contractId,
    contractServiceId,
    effectiveDate,
    change,
  }));
  try {
    const outcomes = await core.psa.adjustUnits(adjustments, { signal: timeoutOf(run), onRequest });
    return { outcomes, requests };
  } catch (error) {
    if (!isIcbError(error)) throw error;
    return { outcomes: sending.map(() => UNKNOWN), requests };
  }
}

interface Told {
  readonly run: SyncRun;
  /** Units could not be read: what was sent is told by a later reading. */
  readonly problem?: string;
}

async function tell(
  core: Core,
  remote: RemotePsa,
  run: SyncRun,
  sending: readonly SendingPush[],
  outcomes: readonly AdjustmentOutcome[],
): Promise<Told> {
  const asked = sending.filter((_, index) => outcomes[index]?.kind !== 'not-sent');
  const reading = await readUnits(remote, run, asked).catch((error: unknown) => {
    if (!isIcbError(error)) throw error;
    return error;
  });
  const failed = isIcbError(reading);
  const rowsOf = (push: UnitPush) => (failed ? [] : (reading.rows.get(push.contractServiceId) ?? []));
  const told = await writePushes(core, run, async (snapshot) => {
    const at = isoInstant(core.clock.now());
    const facts = await factsOf(snapshot, at);
    const current = await Promise.all(sending.map(({ id }) => snapshot.get('unitPushes', id)));
    const next = current.flatMap((push, index) => {
      const outcome = outcomes[index] ?? UNKNOWN;
      if (!push || !isSending(push)) return [];
      if (outcome.kind === 'not-sent') return unsentPush(push, outcome.text);
      if (failed) return [];
      if (outcome.kind === 'refused') return refusePush(push, outcome, rowsOf(push), facts);
      return settlePush(push, rowsOf(push), at, outcome.kind === 'accepted') ?? [];
    });
    return { pushes: next, more: { requests: failed ? 0 : reading.requests } };
  });
  return { run: told.run, ...(failed ? { problem: reading.message } : {}) };
}

interface Units {
  readonly rows: ReadonlyMap<string, readonly PsaUnits[]>;
  readonly requests: number;
}

/** Units of the pushes' contract services from the first day that any of them is about. */
async function readUnits(remote: RemotePsa, run: SyncRun, pushes: readonly UnitPush[]): Promise<Units> {
  if (pushes.length === 0) return { rows: new Map(), requests: 0 };
  let requests = 0;
  const from = pushes.map((push): IsoDate => push.effectiveDate).reduce(earlier, run.date);
  const contractServiceIds = [...new Set(pushes.map((push) => push.contractServiceId))];
  const rows = await remote.readUnits(
    { from, contractServiceIds },
    {
      signal: timeoutOf(run),
      onRequest: () => {
        requests += 1;
      },
    },
  );
  return { rows: Map.groupBy(rows, (row) => row.contractServiceId as string), requests };
}
