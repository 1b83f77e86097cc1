import type { Token } from './prepare-name.ts';

const SHORTEST = 2;
const LONGEST = 9;

/**
 * What a name's initials may read as: of all words or without "of" and "the", of the whole name or its first part,
 * and with a last word that is short itself kept whole ("Supporting Communities NI" → scni).
 */
export function acronymsOf(tokens: readonly Token[], legalForm: string | undefined): string[] {
  const found = new Set<string>();
  const legal = legalForm?.[0]?.toLowerCase() ?? '';
  const main = tokens.filter((token) => token.part === tokens[0]?.part);
  for (const some of main.length === tokens.length ? [tokens] : [tokens, main]) {
    const content = some.filter((token) => token.kind !== 'stop');
    const withAnd = some.filter((token) => token.kind !== 'stop' || token.text === 'and');
    for (const words of [content, withAnd, some]) {
      if (words.length < 2) continue;
      const initials = words.map((token) => initialOf(token)).join('');
      found.add(initials);
      if (legal) found.add(initials + legal);
      const last = words.at(-1)?.text ?? '';
      if (last.length === 2) found.add(initials.slice(0, -1) + last);
    }
  }
  return [...found].filter((text) => text.length >= SHORTEST && text.length <= LONGEST);
}

const initialOf = (token: Token): string => [...token.text][0] ?? '';

const SHORTEST_RUN = 3;
const LONGEST_RUN = 6;

/** The initials of any three to six words in a row, as "RSPCA" stands for the first words of a branch's full name. */
export function* initialRuns(tokens: readonly Token[], shortest = SHORTEST_RUN): Generator<string> {
  const content = tokens.filter((token) => token.kind !== 'stop');
  for (let from = 0; from + shortest <= content.length; from++) {
    let initials = '';
    for (const token of content.slice(from, from + LONGEST_RUN)) {
      initials += initialOf(token);
      if (initials.length >= shortest) yield initials;
    }
  }
}

/** A name that may be somebody's initials: one short word of letters. */
export function bareAcronym(tokens: readonly Token[]): string | undefined {
  const [only, ...others] = tokens;
  if (!only || others.length > 0 || !/^\p{L}+$/u.test(only.text)) return undefined;
  return only.text.length >= SHORTEST && only.text.length <= LONGEST ? only.text : undefined;
}
