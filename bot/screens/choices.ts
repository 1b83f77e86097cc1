import { createHash } from 'node:crypto';

/**
 * What a person has chosen in a modal but not saved, kept in the view itself so that paging, a restart of icb or a
 * second process loses nothing. Keys and values are short hashes of ids (48 bits: a clash among 10,000 ids has a chance
 * below one in a million), because private_metadata holds 3,000 characters and ids may have 200 each.
 */
export type Choices = ReadonlyMap<string, string>;

/** The short key of an id: eight characters that fit block ids, option values and private_metadata. */
export const keyOf = (id: string): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 8).replaceAll('-', '.');

export const encodeChoices = (choices: Choices): string =>
  [...choices].map(([key, value]) => key + value).join(',');

/** Reads what `encodeChoices` wrote; anything else gives no choice rather than a wrong one. */
export function decodeChoices(text: string): Choices {
  const entries = text.split(',').flatMap((entry): [string, string][] => {
    const match = /^([\w.]{8})([\w.!~]{1,9})$/.exec(entry);
    return match?.[1] && match[2] ? [[match[1], match[2]]] : [];
  });
  return new Map(entries);
}

/** `choices` with those of `seen` replaced by `chosen`: what was on screen is what counts, ticks taken back included. */
export function mergeChoices(choices: Choices, seen: Iterable<string>, chosen: Choices): Choices {
  const merged = new Map(choices);
  for (const key of seen) merged.delete(key);
  for (const [key, value] of chosen) merged.set(key, value);
  return merged;
}
