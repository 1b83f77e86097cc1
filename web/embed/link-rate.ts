import { createHash } from 'node:crypto';
import { IcbError } from '../../src/domain/errors.ts';

/** How many requests a minute one link or token may make, and at once after a rest. */
export const PER_MINUTE = 1_200;

export interface LinkRate {
  /** Counts a request; 0 where it may be answered, else in how many seconds to come again. */
  take(link: string, now: number): number;
}

/**
 * A bucket per link that fills again by the second. The links used longest ago are forgotten, so that nobody fills the
 * memory; a forgotten one begins with a full bucket.
 */
export function createLinkRate(perMinute = PER_MINUTE, most = 5_000): LinkRate {
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  const perMs = perMinute / 60_000;
  return {
    take(link, now) {
      const known = buckets.get(link);
      const left = known ? Math.min(perMinute, known.left + Math.max(0, now - known.at) * perMs) : perMinute;
      const enough = left >= 1;
      buckets.delete(link);
      buckets.set(link, { left: enough ? left - 1 : left, at: now });
      const oldest = buckets.keys().next().value;
      if (buckets.size > most && oldest !== undefined) buckets.delete(oldest);
      return enough ? 0 : Math.ceil((1 - left) / perMs / 1000);
    },
  };
}

/** Told with when to come again. */
export class TooOften extends IcbError {
  readonly seconds: number;

  constructor(seconds: number) {
    super(
      'rate-limited',
      `This chart link is asked too often. It answers again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
    );
    this.seconds = seconds;
  }
}

/** The link's id, or a signed token's hash: names it, and opens nothing. */
export const rateKey = (token: string): string =>
  token.startsWith('el_')
    ? (token.split('.', 1)[0] ?? token)
    : createHash('sha256').update(token).digest('base64url');
