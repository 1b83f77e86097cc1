import cron from 'node-cron';
import { addDays, dateIn, type IsoDate } from './domain/calendar.ts';
import { IcbError } from './domain/errors.ts';
import type { Clock } from './ports/clock.ts';

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
  /** Goes by another expression from now on. Error: `config`. */
  change(expression: string): void;
  /** The newest moment until now at which a night was due, looking back a day. */
  lastDue(): Temporal.Instant | undefined;
  /** Every moment after `since` until now at which a night was due, oldest first; of the newest 100 days. */
  dueSince(since: Temporal.Instant): Temporal.Instant[];
}

interface ScheduleCalls {
  readonly night: (due: readonly Temporal.Instant[]) => Promise<unknown>;
  /** Told when `night` throws; it is called again a minute later, for the same moments and those due since. */
  readonly failed: (error: unknown) => void;
}

const DAYS_BACK = 100;

/**
 * Calls `night` at every moment of `expression` in the clock's time zone, with the moments it is called for: more than
 * one where the machine slept over them. A night that throws stays due until it does not: the store may have been away
 * just then.
 *
 * node-cron ticks every minute and reads the expression; which instant a minute of the wall clock is, is decided here.
 * Left to node-cron, 01:15 does not come at all in the night in which clocks go from 01:00 to 02:00 (Europe/London in
 * March), and twice in the one in which they go back.
 */
export function createSchedule(expression: string, clock: Clock, { night, failed }: ScheduleCalls): Schedule {
  let current = expression;
  let nights = readNights(current);
  const dueBetween = (after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant[] => {
    const due: Temporal.Instant[] = [];
    const last = dateIn(until, clock.timeZone);
    const oldest = addDays(last, -DAYS_BACK);
    const first = dateIn(after, clock.timeZone);
    // A minute that a change of clocks left out may come a day later, where a zone skipped a whole day.
    for (let date = addDays(first > oldest ? first : oldest, -1); date <= last; date = addDays(date, 1))
      due.push(...dueOn(nights, date, clock.timeZone));
    return due.filter(
      (instant) =>
        Temporal.Instant.compare(instant, after) > 0 && Temporal.Instant.compare(instant, until) <= 0,
    );
  };
  const now = () => clock.now();
  let seen = now();
  const tick = async (): Promise<void> => {
    const before = seen;
    const until = now();
    const due = dueBetween(before, until);
    if (due.length > 0) await night(due);
    // Unless the time was changed meanwhile: then what is due counts from that moment.
    if (seen === before) seen = until;
  };
  const task = cron.createTask('* * * * *', () => tick().catch(failed), {
    noOverlap: true,
    logger: quiet(failed),
  });
  return {
    start() {
      seen = now();
      void task.start();
    },
    stop: async () => void (await task.destroy()),
    change(next) {
      if (next === current) return; // Told with every change of settings; a night that was refused stays due.
      nights = readNights(next);
      current = next;
      // What would have been due under the new time before it was set was not missed.
      seen = now();
    },
    lastDue: () => dueBetween(now().subtract({ hours: 24 }), now()).at(-1),
    dueSince: (since) => dueBetween(since, now()),
  };
}

/**
 * node-cron writes coloured text past the log. What it warns of needs nobody: that a night takes longer than a minute, and
 * that a tick came late, which the next one makes up for.
 */
const quiet = (failed: ScheduleCalls['failed']) => ({
  info: () => {},
  debug: () => {},
  warn: () => {},
  error: (message: string | Error, error?: Error) => failed(error ?? message),
});

interface Nights {
  /** Whether the expression means this day at all. */
  on(date: IsoDate): boolean;
  /** Minutes of the day, ascending. */
  readonly minutes: readonly number[];
}

/** Reads a cron expression once: its minutes are the same on every day that it means. */
export function readNights(expression: string): Nights {
  if (!cron.validate(expression))
    throw new IcbError(
      'config',
      `ICB_SYNC_CRON: "${expression}" is not a cron expression such as "15 1 * * *".`,
    );
  const whole = withoutSeconds(expression);
  const [minute, hour] = whole.split(/\s+/);
  const matches = (pattern: string) => {
    const task = cron.createTask(pattern, () => {}, { timezone: 'UTC' });
    return (date: IsoDate, minuteOfDay: number) =>
      task.match(new Date(Date.parse(date) + minuteOfDay * 60_000));
  };
  const atMinute = matches(`${minute} ${hour} * * *`);
  const meant = matches(whole);
  const minutes = Array.from({ length: 24 * 60 }, (_, at) => at).filter((at) => atMinute(SOME_DAY, at));
  return { minutes, on: (date) => meant(date, minutes[0] ?? 0) };
}

const SOME_DAY = '2026-01-01' as IsoDate;

const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/** node-cron also takes a field of seconds before the minute; a night is due by the minute. */
function withoutSeconds(expression: string): string {
  const text = expression.trim();
  const fields = (NICKNAMES[text.toLowerCase()] ?? text).split(/\s+/);
  return fields.slice(-5).join(' ');
}

/**
 * The instants at which a night is due on a calendar day. A minute that clocks skip comes as much later as they skip; of
 * one that comes twice the first counts: each minute of the wall clock is due exactly once.
 */
export function dueOn(nights: Nights, date: IsoDate, timeZone: string): Temporal.Instant[] {
  if (!nights.on(date)) return [];
  const midnight = Temporal.PlainDate.from(date).toPlainDateTime();
  const due = nights.minutes.map((minutes) =>
    midnight.add({ minutes }).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant(),
  );
  return [...new Map(due.map((instant) => [instant.epochMilliseconds, instant])).values()].sort(
    Temporal.Instant.compare,
  );
}
