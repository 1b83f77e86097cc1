import { bareAcronym } from './acronyms.ts';
import type { Alignment } from './align-names.ts';
import type { Comparison } from './compare-names.ts';
import type { PreparedName, Token } from './prepare-name.ts';
import type { WordMatchKind } from './word-match.ts';

/** More words than a person reads in a second. */
const MOST_WORDS = 4;

/** How two names that are not the same agree and differ, in words a person can check in a second. */
export function differenceReason(
  left: PreparedName,
  right: PreparedName,
  { alignment, evidence }: Comparison,
): string {
  if (evidence.sameLetters)
    return right.domain || left.domain
      ? 'the web domain reads as the name'
      : 'same letters, spaced otherwise';
  if (evidence.acronym) {
    const [short, long] = bareAcronym(right.tokens) ? [right, left] : [left, right];
    return `“${short.name.trim()}” are the initials of “${clip(long.name.trim())}”`;
  }
  const gone = loose(left.tokens, alignment.left);
  const added = loose(right.tokens, alignment.right);
  const changes = changesOf(left, right, alignment);
  const parts = [...headOf(left, alignment, gone, added, evidence.outOfOrder > 0), ...changes];
  return parts.join('; ');
}

function headOf(
  left: PreparedName,
  { left: l }: Alignment,
  gone: string,
  added: string,
  reordered: boolean,
): string[] {
  if (gone && added) {
    const shared = quoted(left.tokens.filter((token, i) => l[i]?.kind === 'same' && token.kind !== 'stop'));
    return [`${shared ? `shares ${shared}, but ` : ''}${added} stands for ${gone}`];
  }
  if (added) return [`same name with ${added} added`];
  if (gone) return [`same name without ${gone}`];
  return reordered ? ['same words in another order'] : ['same words'];
}

const IN_WORDS: Partial<Record<WordMatchKind, string>> = {
  joined: 'written together',
  short: 'shortened',
  initials: 'as initials',
  initial: 'as an initial',
  typo: 'a typo apart',
  'other-letter': 'a letter apart',
};

function changesOf(left: PreparedName, right: PreparedName, { left: l, right: r }: Alignment): string[] {
  const seen = new Set<string>();
  left.tokens.forEach((token, i) => {
    const match = l[i];
    const other = match && right.tokens[match.other];
    const words = match && IN_WORDS[match.kind];
    if (!other || !words) return;
    const run = left.tokens.filter((_, k) => l[k]?.other === match.other && l[k]?.kind === match.kind);
    const back = right.tokens.filter((_, k) => r[k]?.other === i && r[k]?.kind === match.kind);
    const [one, many] = run.length > 1 ? [[other], run] : [back.length > 1 ? back : [other], [token]];
    seen.add(`${quoted(one)} for ${quoted(many)}, ${words}`);
  });
  return [...seen].slice(0, 2);
}

const loose = (tokens: readonly Token[], side: Alignment['left']): string =>
  quoted(tokens.filter((token, i) => !side[i] && token.kind !== 'stop'));

function quoted(tokens: readonly Token[]): string {
  if (tokens.length === 0) return '';
  const shown = tokens.slice(0, MOST_WORDS).map((token) => token.written);
  return `“${clip(shown.join(' '))}${tokens.length > MOST_WORDS ? ' …' : ''}”`;
}

const LONGEST = 60;
const clip = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
