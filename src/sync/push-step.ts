import { addDays, type IsoDate, type IsoInstant } from '../domain/calendar.ts';
import type { PushState, UnitPush } from '../domain/unit-push.ts';
import type { AdjustmentOutcome, AdjustmentRefusal, PsaUnits } from '../ports/psa.ts';
import { type MoveReason, movePush, type PushFacts } from './move-push.ts';
import { dayAfterPosted, firstOpenDay, rowOn, unitsTold } from './units-told.ts';

type Sending = Extract<PushState, { status: 'sending' }>;
export type SendingPush = UnitPush & { readonly state: Sending };

/** As often as this a push goes out without being taken; then a person looks. */
const MOST_TRIES = 3;

/**
 * A PSA may work on a call for minutes after its caller has given up (facts/apis.md §1.7), so units as they were tell
 * nothing before this.
 */
export const TELLS_AFTER_MINUTES = 6;

export const isSending = (push: UnitPush): push is SendingPush => push.state.status === 'sending';

/**
 * A queued push on its way out, by the units just read: to be sent; or told already, where an earlier try has come
 * through after all. Undefined where it has to wait for its day, of which the PSA has no row yet.
 */
export function startPush(
  push: UnitPush,
  rows: readonly PsaUnits[],
  { today, at }: { readonly today: IsoDate; readonly at: IsoInstant },
): UnitPush | undefined {
  const before = push.state.status === 'queued' ? push.state.sentBefore : undefined;
  if (before) {
    const read = unitsTold(rows, before.tellsOn ?? push.effectiveDate);
    const { unitsBefore } = before;
    if (read === unitsBefore + push.change)
      return { ...push, state: { ...before, status: 'confirmed', confirmedAt: at } };
    if (read !== unitsBefore)
      return { ...push, state: { ...before, status: 'unknown', unitsRead: read, text: CHANGED_MEANWHILE } };
    return { ...push, state: { ...before, status: 'sending', at } };
  }
  if (push.effectiveDate > today && !rowOn(rows, push.effectiveDate)) return undefined;
  const open = firstOpenDay(rows, push.effectiveDate);
  const tellsOn = open !== push.effectiveDate && rowOn(rows, open) ? { tellsOn: open } : {};
  const unitsBefore = unitsTold(rows, tellsOn.tellsOn ?? push.effectiveDate);
  return { ...push, state: { status: 'sending', unitsBefore, at, ...tellsOn } };
}

/**
 * What became of a push that was sent, by the units read afterwards, and by its answer where there was one. Undefined
 * while nothing tells: it stays as it is, to be read again later.
 */
export function settlePush(
  push: SendingPush,
  rows: readonly PsaUnits[],
  at: IsoInstant,
  accepted = false,
): UnitPush | undefined {
  const { status: _, ...sent } = push.state;
  const read = unitsTold(rows, sent.tellsOn ?? push.effectiveDate);
  if (read === sent.unitsBefore + push.change)
    return { ...push, state: { ...sent, status: 'confirmed', confirmedAt: at } };
  const unknown = (text: string): UnitPush => ({
    ...push,
    state: { ...sent, status: 'unknown', unitsRead: read, text },
  });
  if (read !== sent.unitsBefore) return unknown(CHANGED_MEANWHILE);
  if (accepted) return unknown('The PSA said yes, but its units are what they were before.');
  if (!tellsBy(sent.at, at)) return undefined;
  const tries = (sent.tries ?? 0) + 1;
  if (tries >= MOST_TRIES)
    return unknown(`It was sent ${tries} times without an answer, and the units are what they were before.`);
  return { ...push, state: { status: 'queued', sentBefore: { ...sent, tries } } };
}

const CHANGED_MEANWHILE =
  'The units are neither what they were before it was sent nor what they were to be: somebody has changed them meanwhile.';

const tellsBy = (sentAt: IsoInstant, at: IsoInstant): boolean =>
  Temporal.Instant.from(at).since(Temporal.Instant.from(sentAt)).total('minutes') >= TELLS_AFTER_MINUTES;

/** The push, and the one it moved to, after the PSA said no. Nothing was changed there. */
export function refusePush(
  push: SendingPush,
  { code, text }: Extract<AdjustmentOutcome, { kind: 'refused' }>,
  rows: readonly PsaUnits[],
  facts: PushFacts,
): UnitPush[] {
  // Refused because its own earlier try has come through.
  if (push.state.tries !== undefined && settlePush(push, rows, facts.at)?.state.status === 'confirmed')
    return [{ ...push, state: { ...push.state, status: 'confirmed', confirmedAt: facts.at } }];
  const to = MOVES[code]?.(push, rows);
  if (to !== undefined && to > push.effectiveDate) return movePush(push, to, code as MoveReason, facts);
  return [
    { ...push, state: { status: 'refused', code, text: `${text} ${WHAT_TO_DO[code]}`.trim(), at: facts.at } },
  ];
}

const MOVES: { readonly [C in AdjustmentRefusal]?: (push: UnitPush, rows: readonly PsaUnits[]) => IsoDate } =
  {
    'same-day': ({ effectiveDate }) => addDays(effectiveDate, 1),
    'period-posted': ({ effectiveDate }, rows) => dayAfterPosted(rows, effectiveDate),
  };

const WHAT_TO_DO: Record<AdjustmentRefusal, string> = {
  'same-day': 'Send it again tomorrow, or drop it.',
  'period-posted': 'Un-post the period in the PSA and send it again, or bill the change by hand and drop it.',
  'outside-contract': 'Correct the contract’s dates in the PSA and send it again, or drop it.',
  'contract-inactive': 'Make the contract active in the PSA and send it again, or drop it.',
  'below-zero': 'Compare the units in the PSA with those here; correct them there, then drop it.',
  'service-missing':
    'The service is no longer on the contract; map the billing type to another one, then drop it.',
  'no-rights': 'Give the API user the right to adjust contract services, then send it again.',
  other: 'Correct what it says in the PSA and send it again, or make the change there and mark it as taken.',
};

/** The push back in the queue: it never left. */
export function unsentPush(push: SendingPush, problem: string): UnitPush {
  const { status: _, ...sent } = push.state;
  return {
    ...push,
    state: { status: 'queued', problem, ...(sent.tries === undefined ? {} : { sentBefore: sent }) },
  };
}
