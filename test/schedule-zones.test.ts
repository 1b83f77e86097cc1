import { describe, expect, test, vi } from 'vitest';
import { businessClock } from '../src/adapters/clock/business-clock.ts';
import { addDays, dateIn, type IsoDate } from '../src/domain/calendar.ts';
import { createSchedule, dueOn, readNights } from '../src/schedule.ts';

const on = (expression: string, date: string, zone: string) =>
  dueOn(readNights(expression), date as IsoDate, zone).map(String);

const failed = (error: unknown) => {
  throw error;
};

describe('a night in which clocks change', () => {
  test.each([
    // London goes from 01:00 to 02:00: there is no 01:15; an hour late, at what would have been 01:15.
    ['15 1 * * *', '2026-03-29', 'Europe/London', ['2026-03-29T01:15:00Z']],
    // … and from 02:00 back to 01:00: 01:15 comes twice, the first counts.
    ['15 1 * * *', '2026-10-25', 'Europe/London', ['2026-10-25T00:15:00Z']],
    ['15 2 * * *', '2026-03-08', 'America/New_York', ['2026-03-08T07:15:00Z']],
    ['15 1 * * *', '2026-11-01', 'America/New_York', ['2026-11-01T05:15:00Z']],
    ['30 2 * * *', '2026-03-29', 'Europe/Berlin', ['2026-03-29T01:30:00Z']],
    ['30 2 * * *', '2026-10-25', 'Europe/Berlin', ['2026-10-25T00:30:00Z']],
    // Half an hour, on Lord Howe Island.
    ['15 2 * * *', '2026-10-04', 'Australia/Lord_Howe', ['2026-10-03T15:45:00Z']],
    ['45 1 * * *', '2026-04-05', 'Australia/Lord_Howe', ['2026-04-04T14:45:00Z']],
    // At midnight, in Cairo: there is no 00:15 on the day.
    ['15 0 * * *', '2026-04-24', 'Africa/Cairo', ['2026-04-23T22:15:00Z']],
  ])('%s on %s in %s', (expression, date, zone, due) => {
    expect(on(expression, date, zone)).toEqual(due);
  });

  test('with several nights a day each comes once', () => {
    expect(on('0 1,2 * * *', '2026-03-29', 'Europe/London')).toEqual(['2026-03-29T01:00:00Z']);
    expect(on('0 1,2 * * *', '2026-10-25', 'Europe/London')).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T02:00:00Z',
    ]);
  });
});

describe('the end of a month', () => {
  test.each([
    ['15 1 1 * *', '2026-12-01', 1],
    ['15 1 1 * *', '2026-11-30', 0],
    ['15 1 L * *', '2028-02-29', 1],
    ['15 1 L * *', '2028-02-28', 0],
    ['15 1 31 * *', '2026-11-30', 0],
    ['@monthly', '2026-12-01', 1],
    ['@daily', '2028-02-29', 1],
    ['0 15 1 * * *', '2028-02-29', 1],
  ])('%s on %s: %i', (expression, date, nights) => {
    expect(on(expression, date, 'Pacific/Auckland')).toHaveLength(nights);
  });
});

const ZONES = [
  'Europe/London',
  'America/New_York',
  'America/Santiago',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Asia/Kathmandu',
];

test.each(ZONES)('over three years in %s every day has exactly one night, each on its own day', (zone) => {
  const nights = readNights('15 1 * * *');
  const due: Temporal.Instant[] = [];
  for (let date = '2026-01-01' as IsoDate; date < '2029-01-01'; date = addDays(date, 1)) {
    const own = dueOn(nights, date, zone);
    expect(own.map((instant) => dateIn(instant, zone))).toEqual([date]);
    due.push(...own);
  }
  expect(due).toHaveLength(1096);
  const gaps = due.slice(1).map((instant, i) => instant.since(due[i] as Temporal.Instant).total('hours'));
  expect([Math.min(...gaps), Math.max(...gaps)].every((hours) => hours >= 22.5 && hours <= 25.5)).toBe(true);
});

test.each([
  ['2026-03-28T23:30:00Z', 'Europe/London', ['2026-03-29T01:15:00.000Z']],
  ['2026-10-24T23:30:00Z', 'Europe/London', ['2026-10-25T00:15:00.000Z']],
  ['2026-11-10T00:30:00Z', 'Europe/London', ['2026-11-10T01:15:00.000Z']],
])('ticking through the night of %s in %s it comes once', async (from, zone, fired) => {
  vi.useFakeTimers({ now: new Date(from) });
  try {
    const at: string[] = [];
    const night = async () => void at.push(new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString());
    const schedule = createSchedule('15 1 * * *', businessClock(zone), { night, failed });
    schedule.start();
    await vi.advanceTimersByTimeAsync(5 * 3_600_000);
    await schedule.stop();
    expect(at).toEqual(fired);
  } finally {
    vi.useRealTimers();
  }
});

test('a machine that slept over three nights is told of all of them at once', async () => {
  let machine = Date.parse('2026-11-10T12:00:00Z');
  const clock = businessClock('UTC', '2026-11-10T12:00:00Z', () => machine);
  vi.useFakeTimers({ now: machine });
  try {
    const calls: string[][] = [];
    const schedule = createSchedule('15 1 * * *', clock, {
      night: async (due) => void calls.push(due.map(String)),
      failed,
    });
    schedule.start();
    await vi.advanceTimersByTimeAsync(90_000);
    machine = Date.parse('2026-11-13T08:00:00Z');
    await vi.advanceTimersByTimeAsync(120_000);
    await schedule.stop();
    expect(calls).toEqual([['2026-11-11T01:15:00Z', '2026-11-12T01:15:00Z', '2026-11-13T01:15:00Z']]);
  } finally {
    vi.useRealTimers();
  }
});
