import { acronymsOf } from './acronyms.ts';
import { canonicalWord, isNumber } from './canonical-word.ts';
import { SITE_WORDS, STOP_WORDS } from './common-words.ts';
import { domainLabel } from './domain-label.ts';
import { LEGAL_FORMS_AT_END } from './legal-forms.ts';
import { nameParts } from './name-parts.ts';
import { nameWords } from './name-words.ts';
import { type NormalisedName, readName } from './normalise-name.ts';
import { stripLegalForm } from './strip-legal-form.ts';

export interface Token {
  /** Folded, as in `NameWord`. */
  readonly text: string;
  readonly written: string;
  /** Equal where two words count as the same. */
  readonly canonical: string;
  readonly kind: 'word' | 'number' | 'site' | 'stop';
  /** Which of the name's parts it stands in. */
  readonly part: number;
}

/** A name taken apart once, for being compared many times. */
export interface PreparedName extends NormalisedName {
  readonly name: string;
  readonly tokens: readonly Token[];
  readonly parts: number;
  /** The words without spaces; with and without words such as "and". Empty for a name without letters or digits. */
  readonly compact: string;
  readonly compactContent: string;
  /** As `compact`, without "and" and "the". */
  readonly letters: string;
  /** What the name's initials may read as. */
  readonly acronyms: readonly string[];
  /** The name is, or is written as, a web domain. */
  readonly domain: boolean;
}

/** More words than any name has; what is beyond tells nobody apart. */
const MOST_TOKENS = 24;

export function prepareName(name: string): PreparedName {
  const parts = nameParts(name);
  const domain = parts.length === 1 && domainLabel(name) !== undefined;
  const tokens = parts.flatMap(tokensOfPart).slice(0, MOST_TOKENS);
  const content = tokens.filter((token) => token.kind !== 'stop');
  const read = readName(name);
  return {
    ...read,
    name,
    tokens,
    parts: Math.max(1, new Set(tokens.map((token) => token.part)).size),
    compact: tokens.map((token) => token.text).join(''),
    letters: tokens.map(({ text }) => (text === 'and' || text === 'the' ? '' : text)).join(''),
    compactContent: content.map((token) => token.canonical).join(''),
    acronyms: acronymsOf(tokens, read.legalForm),
    domain,
  };
}

function tokensOfPart(part: string, index: number): Token[] {
  const label = domainLabel(part);
  const all = nameWords(label ?? part);
  if (index > 0 && LEGAL_FORMS_AT_END.has(all.map((word) => word.text).join(' '))) return [];
  return stripLegalForm(all).words.map(({ text, written }) => {
    const canonical = canonicalWord(text);
    return { text, written, canonical, kind: kindOf(canonical, index), part: index };
  });
}

function kindOf(canonical: string, part: number): Token['kind'] {
  if (isNumber(canonical)) return 'number';
  if (part > 0 && SITE_WORDS.has(canonical)) return 'site';
  return STOP_WORDS.has(canonical) ? 'stop' : 'word';
}
