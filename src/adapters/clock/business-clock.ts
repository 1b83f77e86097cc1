import { dateIn } from '../../domain/calendar.ts';
import type { Clock } from '../../ports/clock.ts';

/**
 * Business time. With `start`, it stood there when the process began (`ICB_CLOCK`) and has run on since.
 * @param machineNow milliseconds since 1970
 */
export function businessClock(timeZone: string, start?: string, machineNow: () => number = Date.now): Clock {
  const shift = start === undefined ? 0 : Temporal.Instant.from(start).epochMilliseconds - machineNow();
  const now = () => Temporal.Instant.fromEpochMilliseconds(machineNow() + shift);
  return { now, today: () => dateIn(now(), timeZone), timeZone };
}
