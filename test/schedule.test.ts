import { afterEach, describe, expect, test, vi } from 'vitest';
import { businessClock } from '../src/adapters/clock/business-clock.ts';
import { createSchedule } from '../src/schedule.ts';

afterEach(() => vi.useRealTimers());

const clockAt = (instant: string, timeZone = 'UTC') => businessClock(timeZone, instant, () => 0);
const failed = (error: unknown) => {
  throw error;
};
const idle = { night: async () => {}, failed };

describe('business time', () => {
  test('stands at ICB_CLOCK when the process begins, and runs on', () => {
    let machine = 5_000_000;
    const clock = businessClock('Europe/London', '2026-06-30T22:59:00Z', () => machine);
    expect([clock.now().toString(), clock.today()]).toEqual(['2026-06-30T22:59:00Z', '2026-06-30']);
    machine += 60_000;
    expect([clock.now().toString(), clock.today()]).toEqual(['2026-06-30T23:00:00Z', '2026-07-01']);
  });

  test('is the machine’s without it', () => {
    expect(
      businessClock('UTC', undefined, () => 86_400_000)
        .now()
        .toString(),
    ).toBe('1970-01-02T00:00:00Z');
  });
});

describe('when a night was due last', () => {
  test.each([
    ['2026-11-10T01:15:30Z', 'UTC', '2026-11-10T01:15:00Z'],
    ['2026-11-10T01:14:59Z', 'UTC', '2026-11-09T01:15:00Z'],
    ['2026-11-10T23:00:00Z', 'UTC', '2026-11-10T01:15:00Z'],
    ['2026-07-10T09:00:00Z', 'America/New_York', '2026-07-10T05:15:00Z'],
    ['2026-11-10T09:00:00Z', 'America/New_York', '2026-11-10T06:15:00Z'],
  ])('at %s in %s: %s', (now, zone, due) => {
    expect(createSchedule('15 1 * * *', clockAt(now, zone), idle).lastDue()?.toString()).toBe(due);
  });

  test('looks back a day, no further', () => {
    // 10 November 2026 is a Tuesday.
    const weekly = (day: number) => createSchedule(`15 1 * * ${day}`, clockAt('2026-11-10T09:00:00Z'), idle);
    expect(weekly(2).lastDue()?.toString()).toBe('2026-11-10T01:15:00Z');
    expect(weekly(7).lastDue()).toBeUndefined();
  });
});

test('what is no cron expression is refused by the setting’s name', () => {
  expect(() => createSchedule('at night', clockAt('2026-11-10T09:00:00Z'), idle)).toThrow(/ICB_SYNC_CRON/);
});

test.each([
  ['business time shifted', '2026-11-10T01:14:30Z'],
  ['the machine’s own time', undefined],
])('the night comes once, at its minute: %s', async (_name, start) => {
  vi.useFakeTimers({ now: new Date('2026-03-03T01:14:30Z') });
  const night = vi.fn(async () => {});
  const schedule = createSchedule('15 1 * * *', businessClock('UTC', start), { night, failed });
  schedule.start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(night).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect(night).toHaveBeenCalledTimes(1);
  await schedule.stop();
  await vi.advanceTimersByTimeAsync(25 * 3_600_000);
  expect(night).toHaveBeenCalledTimes(1);
});

describe('a night that is refused', () => {
  const refused = new Error('PostgreSQL does not answer');
  const tried = (times: number) => {
    const calls: string[][] = [];
    const night = async (due: readonly Temporal.Instant[]) => {
      calls.push(due.map(String));
      if (calls.length <= times) throw refused;
    };
    return { calls, night };
  };
  afterEach(() => vi.restoreAllMocks());

  test('is told, and tried again at every minute until it is not refused', async () => {
    vi.useFakeTimers({ now: new Date('2026-03-03T01:14:30Z') });
    const printed = (['error', 'warn', 'log', 'info'] as const).map((name) => vi.spyOn(console, name));
    const told: unknown[] = [];
    const { calls, night } = tried(2);
    const schedule = createSchedule('15 * * * *', businessClock('UTC', undefined), {
      night,
      failed: (error) => told.push(error),
    });
    schedule.start();
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    const due = '2026-03-03T01:15:00Z';
    expect(calls).toEqual([[due], [due], [due]]);
    expect(told).toEqual([refused, refused]);
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    expect(calls.slice(3)).toEqual([['2026-03-03T02:15:00Z']]);
    for (const print of printed) expect(print).not.toHaveBeenCalled();
    await schedule.stop();
  });

  test('until the next one: that is called for both', async () => {
    vi.useFakeTimers({ now: new Date('2026-03-03T01:14:30Z') });
    const { calls, night } = tried(60);
    const schedule = createSchedule('15 * * * *', businessClock('UTC', undefined), {
      night,
      failed: () => {},
    });
    schedule.start();
    await vi.advanceTimersByTimeAsync(61 * 60_000);
    expect(calls.at(-1)).toEqual(['2026-03-03T01:15:00Z', '2026-03-03T02:15:00Z']);
    expect(calls).toHaveLength(61);
    await schedule.stop();
  });

  test.each([
    ['is not due any more once the time was changed', '30 2 * * *', '2026-03-03T02:30:00Z'],
    ['stays due where settings were saved with the same time', '15 1 * * *', '2026-03-03T01:15:00Z'],
  ])('%s', async (_name, time, next) => {
    vi.useFakeTimers({ now: new Date('2026-03-03T01:14:30Z') });
    const { calls, night } = tried(1);
    const schedule = createSchedule('15 1 * * *', businessClock('UTC', undefined), {
      night,
      failed: () => schedule.change(time),
    });
    schedule.start();
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    expect(calls).toEqual([['2026-03-03T01:15:00Z'], [next]]);
    await schedule.stop();
  });
});

test('a night that takes longer than a minute prints nothing', async () => {
  vi.useFakeTimers({ now: new Date('2026-03-03T01:14:30Z') });
  const printed = (['error', 'warn', 'log', 'info'] as const).map((name) => vi.spyOn(console, name));
  const night = vi.fn(() => new Promise((resolve) => setTimeout(resolve, 5 * 60_000)));
  const schedule = createSchedule('15 1 * * *', businessClock('UTC', undefined), { night, failed });
  schedule.start();
  await vi.advanceTimersByTimeAsync(20 * 60_000);
  expect(night).toHaveBeenCalledTimes(1);
  for (const print of printed) expect(print).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  await schedule.stop();
});
