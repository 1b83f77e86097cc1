import { differenceOf } from './compare-items.ts';
import { type EventLog, lineName, type Step } from './event-log.ts';
import { live, liveHeld, liveItems, openBook, switchHoldsOff } from './live-year.ts';
import { Oracle } from './oracle.ts';
import { dayIn, textOf } from './oracle-days.ts';
import { Random } from './random.ts';
import { memoryTenant, withoutActivity, type YearCore, yearCore } from './year-core.ts';

export interface ReplayOptions {
  /** Off: limits that nothing exceeds. */
  readonly holds: boolean;
  /** What people decide on held lines. */
  readonly seed: number;
}

export interface Figures {
  syncs: number;
  comparisons: number;
  items: number;
  posted: number;
  /** Lines found waiting, summed over the syncs. */
  held: number;
  released: number;
  excluded: number;
}

/**
 * Lives the log through icb and through the oracle, and compares all billing items, and the lines that are held, after
 * every month and at the end.
 * @throws Error with the story of the first difference
 */
export async function replayYear(log: EventLog, { holds, seed }: ReplayOptions): Promise<Figures> {
  const year = await yearCore(log.book, { store: withoutActivity(await memoryTenant()) });
  const oracle = new Oracle(log.book, { holds });
  const replay = new Replay(year, oracle, log.book);
  const random = new Random(seed);
  year.moveTo(log.steps[0]?.date ?? '');
  await openBook(year, log.book);
  if (!holds) await switchHoldsOff(year);
  for (const [i, step] of log.steps.entries()) {
    if (i > 0 && step.date.slice(0, 7) !== log.steps[i - 1]?.date.slice(0, 7)) await replay.compare();
    await replay.live(step);
    if (step.kind !== 'sync' || !holds) continue;
    if (random.chance(10)) await replay.compareHeld(step.date);
    await replay.attend(step.date, random);
  }
  await replay.compare();
  return replay.figures;
}

class Replay {
  readonly figures: Figures = {
    syncs: 0,
    comparisons: 0,
    items: 0,
    posted: 0,
    held: 0,
    released: 0,
    excluded: 0,
  };
  readonly #year: YearCore;
  readonly #oracle: Oracle;
  readonly #book: EventLog['book'];
  readonly #lived: Step[] = [];

  constructor(year: YearCore, oracle: Oracle, book: EventLog['book']) {
    this.#year = year;
    this.#oracle = oracle;
    this.#book = book;
  }

  async live(step: Step): Promise<void> {
    this.#lived.push(step);
    this.#oracle.apply(step);
    await live(this.#year, step);
    if (step.kind === 'sync') this.figures.syncs += 1;
  }

  /** People look at what waits, and let some of it through or take it out. */
  async attend(date: string, random: Random): Promise<void> {
    for (const { line } of this.#oracle.held()) {
      this.figures.held += 1;
      if (!random.chance(12)) continue;
      if (random.chance(60)) {
        this.figures.released += 1;
        await this.live({ date, kind: 'release', line });
        continue;
      }
      this.figures.excluded += 1;
      const until = textOf(dayIn(date) + random.between(0, 12));
      const units = random.chance(50) ? { units: random.between(1, 15) } : {};
      await this.live({ date, kind: 'exclude', line, until, ...units });
    }
  }

  async compare(): Promise<void> {
    this.figures.comparisons += 1;
    const lived: EventLog = { book: this.#book, steps: this.#lived };
    const items = await liveItems(this.#year);
    this.figures.items = items.length;
    this.figures.posted = items.filter((item) => item.status === 'posted').length;
    const story = differenceOf(this.#oracle.items(), items, lived);
    if (story) throw new Error(`after ${this.#lived.at(-1)?.date}: ${story}`);
  }

  /** Held lines as both see them right after a sync. */
  async compareHeld(date: string): Promise<void> {
    const expected = this.#oracle.held().map(({ line, since }) => `${lineName(line)} since ${since}`);
    const got = await liveHeld(this.#year);
    const decided = this.#lived.filter(({ kind }) => kind === 'release' || kind === 'exclude').slice(-20);
    if (expected.sort().join() === got.join()) return;
    const told = [...decided.map((step) => JSON.stringify(step)), 'expected', ...expected, 'got', ...got];
    throw new Error(`other lines are held on ${date}\n${told.join('\n')}`);
  }
}
