import { expect, it } from 'vitest';
import { createBudget } from '../../../src/adapters/psa-autotask/budget.ts';

const MINUTE = 60_000;
const start = () => {
  const clock = { now: 0 };
  return { clock, budget: createBudget(() => clock.now) };
};
const spend = (budget: ReturnType<typeof createBudget>, calls: number) => {
  for (let i = 0; i < calls; i++) budget.spend();
};

it('counts its own calls of the rolling hour where Autotask has said nothing', () => {
  const { clock, budget } = start();
  spend(budget, 100);
  clock.now = 30 * MINUTE;
  spend(budget, 50);
  expect(budget.state()).toEqual({ used: 150, limit: 10_000 });
  clock.now = 61 * MINUTE;
  expect(budget.state().used).toBe(50);
});

it('adds its calls to what Autotask said of everybody’s', () => {
  const { budget } = start();
  budget.learn({ limit: 20_000, used: 7_000 });
  spend(budget, 10);
  expect(budget.state()).toEqual({ used: 7_010, limit: 20_000 });
});

it('has Autotask asked at first, after 300 calls, and after half an hour', () => {
  const { clock, budget } = start();
  expect(budget.readingDue()).toBe(true);
  budget.learn({ limit: 10_000, used: 1 });
  spend(budget, 299);
  expect(budget.readingDue()).toBe(false);
  budget.spend();
  expect(budget.readingDue()).toBe(true);
  budget.learn({ limit: 10_000, used: 301 });
  clock.now = 31 * MINUTE;
  expect(budget.readingDue()).toBe(true);
});

it('has Autotask asked every minute while the database is busy', () => {
  const { clock, budget } = start();
  budget.learn({ limit: 10_000, used: 7_500 });
  expect(budget.readingDue()).toBe(false);
  clock.now = 2 * MINUTE;
  expect(budget.readingDue()).toBe(true);
});

it('stops with a reserve left to the others, and asks before it goes on', () => {
  const { clock, budget } = start();
  budget.learn({ limit: 1_000, used: 940 });
  spend(budget, 10);
  expect(() => budget.spend()).toThrow('goes on by itself after 00:05 UTC');
  expect(budget.readingDue()).toBe(false);
  clock.now = 5 * MINUTE;
  expect(budget.readingDue()).toBe(true);
  budget.spendOnReading();
  budget.learn({ limit: 1_000, used: 960 });
  expect(() => budget.spend()).toThrow('after 00:10 UTC');
  clock.now = 10 * MINUTE;
  budget.learn({ limit: 1_000, used: 100 });
  spend(budget, 1);
  expect(budget.state()).toEqual({ used: 101, limit: 1_000 });
});

it('takes turns of half a second above 75 %, none below', () => {
  const { clock, budget } = start();
  budget.learn({ limit: 10_000, used: 7_000 });
  expect([budget.pace(), budget.pace()]).toEqual([0, 0]);
  budget.learn({ limit: 10_000, used: 7_500 });
  expect([budget.pace(), budget.pace(), budget.pace()]).toEqual([0, 500, 1_000]);
  clock.now = 1_400;
  expect(budget.pace()).toBe(100);
  clock.now = 9_000;
  expect(budget.pace()).toBe(0);
});
