import cron, { type ScheduledTask } from 'node-cron';
import { IcbError } from './domain/errors.ts';
import type { Clock } from './ports/clock.ts';

export interface Schedule {
  start(): void;
  stop(): Promise<void>;
  /** The newest moment until now at which a night was due, looking back a day. */
  lastDue(): Temporal.Instant | undefined;
}

const MINUTES_A_DAY = 24 * 60;

/**
 * Calls `night` at every moment of `expression` in the clock's time zone. Where business time is shifted against the
 * machine's, each minute of the machine is looked up in business time.
 */
export function createSchedule(
  expression: string,
  clock: Clock,
  { shifted, night }: { readonly shifted: boolean; readonly night: () => Promise<unknown> },
): Schedule {
  if (!cron.validate(expression))
    throw new IcbError(
      'config',
      `ICB_SYNC_CRON: "${expression}" is not a cron expression such as "15 1 * * *".`,
    );
  const due = cron.createTask(expression, night, { timezone: clock.timeZone, noOverlap: true });
  const isDue = (instant: Temporal.Instant) => due.match(new Date(instant.epochMilliseconds));
  const thisMinute = () => clock.now().round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const everyMinute = () => (isDue(thisMinute()) ? night() : undefined);
  const task: ScheduledTask = shifted ? cron.createTask('* * * * *', everyMinute, { noOverlap: true }) : due;
  return {
    start: () => void task.start(),
    stop: async () => void (await task.destroy()),
    lastDue() {
      for (let ago = 0; ago <= MINUTES_A_DAY; ago++) {
        const minute = thisMinute().subtract({ minutes: ago });
        if (isDue(minute)) return minute;
      }
      return undefined;
    },
  };
}
