import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { groupBillingItems, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import type { GroupKey } from '../../src/widgets/group-items.ts';
import type { Counts } from './event-log.ts';
import { aFewWeeks, allItems, begin, liveAll, shownItems } from './live-log.ts';
import { live } from './live-year.ts';

const SEEDS = [11, 13];

const cents = (amount: string): number => Math.round(Number(amount) * 100);

test.each(SEEDS)('sum by module = sum by organization = sum of items (seed %i)', async (seed) => {
  const year = await liveAll(aFewWeeks(seed, 40));
  const { totals } = await listBillingItems(year.core, { filter: {} });
  expect(totals).toHaveLength(1);
  const [{ amount, units, count } = { amount: '0', units: 0, count: 0 }] = totals;
  expect(count).toBe((await allItems(year)).length);
  expect(count).toBeGreaterThan(5);
  const ways: GroupKey[][] = [['module'], ['organization'], ['billingType'], ['service'], ['period']];
  for (const groupBy of [...ways, ['module', 'organization'] satisfies GroupKey[]]) {
    const { groups } = await groupBillingItems(year.core, { filter: {}, groupBy });
    expect(groups.reduce((sum, group) => sum + cents(group.amount), 0)).toBe(cents(amount));
    expect(groups.reduce((sum, group) => sum + group.units, 0)).toBe(units);
    expect(groups.reduce((sum, group) => sum + group.count, 0)).toBe(count);
  }
});

test.each(SEEDS)('posted items are never altered, whatever happens after (seed %i)', async (seed) => {
  const posted = new Map<string, string>();
  await liveAll(aFewWeeks(seed, 70), async (year) => {
    const now = new Map((await allItems(year)).map((item) => [item.id, item]));
    for (const [id, before] of posted) expect(JSON.stringify(now.get(id as never))).toBe(before);
    for (const [id, item] of now) if (item.status === 'posted') posted.set(id, JSON.stringify(item));
  });
  expect(posted.size).toBeGreaterThan(8);
});

test.each(SEEDS)(
  'syncing twice is syncing once, and the second time writes no units (seed %i)',
  async (seed) => {
    const log = aFewWeeks(seed, 40);
    const once = await liveAll(log);
    const twice = await liveAll(log, async (year, step) => {
      if (step.kind !== 'sync') return;
      const before = await shownItems(year);
      const { finished } = await startSync(year.core, { trigger: 'api', by: SYSTEM });
      const run = await finished;
      expect(run).toMatchObject({ psaWrites: 0, items: { created: 0, changed: 0, removed: 0 } });
      expect(await shownItems(year)).toEqual(before);
    });
    expect(await shownItems(twice)).toEqual(await shownItems(once));
  },
);

const backwards = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).reverse());

test.each(SEEDS)('the order of counts within one day does not matter (seed %i)', async (seed) => {
  const log = aFewWeeks(seed, 40);
  const turned = (counts: Counts | 'failed') =>
    counts === 'failed'
      ? counts
      : backwards(Object.fromEntries(Object.entries(counts).map(([id, types]) => [id, backwards(types)])));
  const once = await liveAll(log);
  const year = await begin(log);
  for (const step of log.steps) {
    if (step.kind !== 'sync') {
      await live(year, step);
      continue;
    }
    year.moveTo(step.date);
    year.answer(Object.fromEntries(Object.entries(step.answers).map(([id, counts]) => [id, turned(counts)])));
    const enabled = (await (await year.core.store.snapshot()).list('moduleStates')).filter(
      (each) => each.enabled,
    );
    for (const { id } of enabled.toReversed())
      await (await startSync(year.core, { trigger: 'api', by: SYSTEM, module: id })).finished;
  }
  expect(await shownItems(year)).toEqual(await shownItems(once));
});

test.each(SEEDS)('a run does what its preview said (seed %i)', async (seed) => {
  const log = aFewWeeks(seed, 40);
  const year = await begin(log);
  const sync = async () => (await startSync(year.core, { trigger: 'api', by: SYSTEM })).finished;
  let told = 0;
  for (const step of log.steps) {
    if (step.kind !== 'sync') await sync();
    await live(year, step);
    // The run counts modules that were just switched on; the preview has only what is known.
    if (step.kind === 'sync' || step.kind === 'enable-module') continue;
    const preview = await previewSync(year.core);
    const run = await sync();
    expect(run.planId).toBe(preview.id);
    const { items } = await listActivity(year.core, { from: run.date, limit: 1000 });
    const done = new Map(items.map((row) => [row.id, row]));
    for (const { id, oldUnits, newUnits, reason } of preview.lines)
      expect(done.get(`${run.id}:${id}`)).toMatchObject({ oldUnits, newUnits, reason });
    told += preview.lines.length;
  }
  expect(told).toBeGreaterThan(0);
});
