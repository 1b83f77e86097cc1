import type { BillingItem } from '../../src/domain/billing-item.ts';
import type { EventLog, Step } from './event-log.ts';
import { live, liveItems, openBook } from './live-year.ts';
import { randomYear } from './random-year.ts';
import { type YearCore, type YearParts, yearCore } from './year-core.ts';

/** A wild stretch of a small MSP. */
export const aFewWeeks = (seed: number, days: number): EventLog =>
  randomYear({ seed, organizations: 3, days, moves: 'wild' });

/** icb with the log's book, on its first day. */
export async function begin({ book, steps }: EventLog, parts: YearParts = {}): Promise<YearCore> {
  const year = await yearCore(book, parts);
  year.moveTo(steps[0]?.date ?? '');
  await openBook(year, book);
  return year;
}

/** Lives a whole log; `each` after every step. */
export async function liveAll(
  log: EventLog,
  each: (year: YearCore, step: Step) => Promise<void> = async () => {},
): Promise<YearCore> {
  const year = await begin(log);
  for (const step of log.steps) {
    await live(year, step);
    await each(year, step);
  }
  return year;
}

export const allItems = async ({ core }: YearCore): Promise<readonly BillingItem[]> =>
  (await core.store.snapshot()).list('billingItems');

/** What a person sees of all items, in one order. */
export const shownItems = async (year: YearCore): Promise<string[]> =>
  (await liveItems(year)).map((item) => JSON.stringify(item)).sort();
