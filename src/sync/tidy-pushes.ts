import { SYSTEM } from '../domain/actor.ts';
import { addDays, earlier, type IsoDate } from '../domain/calendar.ts';
import { addMoney } from '../domain/money.ts';
import { isTaken, type UnitPush, wantedDay } from '../domain/unit-push.ts';
import { movePush, type PushFacts } from './move-push.ts';

/**
 * Makes the queue such as a PSA takes it: changes of one contract service and day go as one, and a change for a day that
 * has been adjusted already goes a day later. Pushes that were sent are left alone.
 * @returns the pushes that are new or different
 */
export function tidyPushes(all: readonly UnitPush[], facts: PushFacts): UnitPush[] {
  return [...Map.groupBy(all, (push) => push.contractServiceId).values()].flatMap((own) =>
    own.some(isUnsent) ? tidyService(own, facts) : [],
  );
}

const isUnsent = ({ state }: UnitPush): boolean =>
  state.status === 'queued' && state.sentBefore === undefined;

function tidyService(own: readonly UnitPush[], facts: PushFacts): UnitPush[] {
  const now = new Map(own.map((push) => [push.id, push]));
  const changed = new Map<string, UnitPush>();
  for (;;) {
    const next = mergeOne([...now.values()], facts) ?? moveOne([...now.values()], facts);
    if (!next) return [...changed.values()];
    for (const push of next) {
      now.set(push.id, push);
      changed.set(push.id, push);
    }
  }
}

/** The pushes of the first day that has several, or one that has come to nothing; undefined where all is well. */
function mergeOne(own: readonly UnitPush[], { at }: PushFacts): UnitPush[] | undefined {
  const days = Map.groupBy(own.filter(isUnsent), (push) => push.effectiveDate);
  for (const pushes of days.values()) {
    const [first, ...others] = pushes.toSorted(oldestFirst);
    if (!first || others.length === 0) continue;
    const change = pushes.reduce((sum, push) => sum + push.change, 0);
    const settled = (push: UnitPush, reason: string): UnitPush => ({
      ...push,
      state: { status: 'settled', as: 'merged', at, by: SYSTEM, reason },
    });
    if (change === 0)
      return pushes.map((push) =>
        settled(push, `The changes from ${push.effectiveDate} cancel each other out.`),
      );
    return [
      { ...merged(first, pushes), change },
      ...others.map((push) =>
        settled(push, `Goes with ${first.id}: the changes of one day are one adjustment.`),
      ),
    ];
  }
  return undefined;
}

/** A push for several, with the earliest day any of them was wanted from and what all of them leave unbilled. */
function merged(first: UnitPush, pushes: readonly UnitPush[]): UnitPush {
  const wanted = pushes.map(wantedDay).reduce(earlier);
  const sums = pushes.flatMap(({ unbilled }) => (unbilled ? [unbilled] : []));
  const [some] = sums;
  return {
    ...first,
    ...(wanted < first.effectiveDate ? { wantedFrom: wanted } : {}),
    ...(some
      ? {
          unbilled: {
            amount: sums.map(({ amount }) => amount).reduce(addMoney),
            currency: some.currency,
            reason: sums.some(({ reason }) => reason === 'period-posted') ? 'period-posted' : 'same-day',
          },
        }
      : {}),
  };
}

function moveOne(own: readonly UnitPush[], facts: PushFacts): UnitPush[] | undefined {
  for (const push of own.filter(isUnsent)) {
    const to = freeDay(push, own);
    if (to !== push.effectiveDate) return movePush(push, to, 'same-day', facts);
  }
  return undefined;
}

/**
 * The first day from the push's own on that no adjustment of the service counts from yet. A change never overtakes one
 * that was moved past its day: taking back what has not come yet could leave fewer than no units.
 */
function freeDay(push: UnitPush, own: readonly UnitPush[]): IsoDate {
  let day = push.effectiveDate;
  for (;;) {
    const inTheWay = own.filter(
      (other) =>
        other.id !== push.id &&
        (isTaken(other) || isUnsent(other)) &&
        wantedDay(other) <= day &&
        day <= other.effectiveDate &&
        (isTaken(other) || day < other.effectiveDate),
    );
    const [first] = inTheWay;
    if (!first) return day;
    day = isTaken(first) ? addDays(first.effectiveDate, 1) : first.effectiveDate;
  }
}

const oldestFirst = (a: UnitPush, b: UnitPush): number =>
  order(a.createdAt, b.createdAt) || order(a.id, b.id);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
