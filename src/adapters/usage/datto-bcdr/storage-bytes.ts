import type { Storage } from './api-types.ts';

/** The vendor reckons in powers of 1024, whichever way it spells the unit. */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['b', 0],
  ['byte', 0],
  ['bytes', 0],
  ...['k', 'm', 'g', 't', 'p'].flatMap((letter, i) =>
    [letter, `${letter}b`, `${letter}ib`].map((unit) => [unit, i + 1] as const),
  ),
]);

export const GIGABYTE = 1024 ** 3;

/** Whole bytes, or undefined where size or unit cannot be told. Nothing is nothing in any unit. */
export function storageBytes(storage: Storage | null): number | undefined {
  if (storage === null || storage.size === null) return undefined;
  if (storage.size === 0) return 0;
  const power = POWERS.get((storage.units ?? '').trim().toLowerCase());
  return power === undefined ? undefined : Math.round(storage.size * 1024 ** power);
}
