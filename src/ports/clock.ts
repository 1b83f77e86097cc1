import type { IsoDate } from '../domain/calendar.ts';

/** Business time. Signatures, tokens and sessions use the machine's clock instead. */
export interface Clock {
  now(): Temporal.Instant;
  /** The business day in the configured time zone. */
  today(): IsoDate;
  readonly timeZone: string;
}
