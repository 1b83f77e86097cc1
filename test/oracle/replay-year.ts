import { differenceOf } from './compare-items.ts';
import type { EventLog } from './event-log.ts';
import { live, liveItems, openBook, switchHoldsOff } from './live-year.ts';
import { Oracle } from './oracle.ts';
import { yearCore } from './year-core.ts';

export interface Figures {
  readonly syncs: number;
  readonly items: number;
  readonly posted: number;
  readonly comparisons: number;
}

/**
 * Lives the log through icb and through the oracle, and compares all billing items after every month and at the end.
 * @throws Error with the story of the first difference
 */
export async function replayYear(log: EventLog, { holds }: { readonly holds: boolean }): Promise<Figures> {
  const year = await yearCore(log.book.modules, log.book.moduleOrganizations);
  const oracle = new Oracle(log.book, { holds });
  year.moveTo(log.steps[0]?.date ?? '');
  await openBook(year, log.book);
  if (!holds) await switchHoldsOff(year);
  let syncs = 0;
  let comparisons = 0;
  const compare = async (done: number) => {
    comparisons += 1;
    const upTo = { ...log, steps: log.steps.slice(0, done) };
    const story = differenceOf(oracle.items(), await liveItems(year), upTo);
    if (story) throw new Error(`after ${log.steps[done - 1]?.date}: ${story}`);
  };
  for (const [i, step] of log.steps.entries()) {
    if (i > 0 && step.date.slice(0, 7) !== log.steps[i - 1]?.date.slice(0, 7)) await compare(i);
    oracle.apply(step);
    await live(year, step);
    if (step.kind === 'sync') syncs += 1;
  }
  await compare(log.steps.length);
  const items = await liveItems(year);
  return {
    syncs,
    items: items.length,
    posted: items.filter((item) => item.status === 'posted').length,
    comparisons,
  };
}
