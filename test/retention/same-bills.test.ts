import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { DEFAULT_RETENTION, LEAST_MONTHS } from '../../src/domain/retention.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { thin } from '../../src/usecases/thin.ts';
import { live, liveHeld, liveItems, openBook } from '../oracle/live-year.ts';
import { randomYear } from '../oracle/random-year.ts';
import { memoryTenant, withoutActivity, type YearCore, yearCore } from '../oracle/year-core.ts';

const linesOf = async ({ core }: YearCore) =>
  (await previewSync(core)).lines.map(({ id, action, oldUnits, newUnits, amount, reason }) => ({
    id,
    action,
    oldUnits,
    newUnits,
    amount,
    reason,
  }));

/** What a person would see of both: billing items, the plan, what waits. */
const seen = async (year: YearCore) => ({
  items: await liveItems(year),
  lines: await linesOf(year),
  held: await liveHeld(year),
});

test.each([5])(
  'a random year plans and bills the same with counts thinned each week as with all of them (seed %i)',
  async (seed) => {
    const log = randomYear({ seed, organizations: 3, moves: 'wild' });
    const whole = await yearCore(log.book, { store: withoutActivity(await memoryTenant()) });
    const thinned = await yearCore(log.book, { store: withoutActivity(await memoryTenant()) });
    const core = { ...thinned.core, retention: { ...DEFAULT_RETENTION, counts: LEAST_MONTHS } };
    const years = [whole, { ...thinned, core }];
    for (const year of years) {
      year.moveTo(log.steps[0]?.date ?? '');
      await openBook(year, log.book);
    }
    let removed = 0;
    let reduced = 0;
    for (const [i, step] of log.steps.entries()) {
      for (const year of years) await live(year, step);
      if (step.kind !== 'sync' || !/-(01|08|15|22)$/.test(step.date)) continue;
      for (const row of await thin(core, { by: SYSTEM })) {
        removed += row.removed;
        reduced += row.reduced;
      }
      if (!/-15$/.test(step.date) && i < log.steps.length - 5) continue;
      const [a, b] = await Promise.all(years.map(seen));
      expect(b, step.date).toEqual(a);
    }
    expect(await liveItems({ ...thinned, core })).toEqual(await liveItems(whole));
    expect(removed).toBeGreaterThan(100);
    expect(reduced).toBeGreaterThan(10);
  },
  60_000,
);
