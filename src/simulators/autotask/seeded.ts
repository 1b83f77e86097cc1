import { createHash } from 'node:crypto';

/** mulberry32: numbers in [0, 1) that are the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const digest = (facts: readonly (string | number)[]): string =>
  createHash('sha1').update(facts.join('\u0000')).digest('hex');

/** A whole number in [0, below) that is the same for the same facts. */
export const seededNumber = (below: number, ...facts: readonly (string | number)[]): number =>
  Number.parseInt(digest(facts).slice(0, 12), 16) % below;

/** 27 letters and digits, the same for the same facts. */
export const seededKey = (...facts: readonly (string | number)[]): string =>
  digest(facts).slice(0, 27).toUpperCase();
