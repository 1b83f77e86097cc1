import { foldCase } from './fold-letters.ts';
import { type NameWord, nameWords } from './name-words.ts';
import { stripLegalForm } from './strip-legal-form.ts';

/** A name reduced to what identifies it, and what was left out on the way. */
export interface NormalisedName {
  /** Equal for two names exactly when they count as the same. */
  readonly key: string;
  /** The legal form as written, when one was left out. */
  readonly legalForm: string | undefined;
  readonly the: boolean;
}

/** Capitals, accents, punctuation, "&" against "and", legal forms and a leading "the" do not matter. */
export function readName(name: string): NormalisedName {
  const all = nameWords(name);
  const the = all.length > 1 && all[0]?.text === 'the';
  const { words, legalForm } = stripLegalForm(the ? all.slice(1) : all);
  return { key: keyOf(words) || foldCase(name.trim()), legalForm, the };
}

/** The key of `readName`: equal for two names exactly when they count as the same. Never empty for a name with ink. */
export const normaliseName = (name: string): string => readName(name).key;

/** "& Company" and "& Co" stay, being part of the name, but are the same. */
const keyOf = (words: readonly NameWord[]): string =>
  words
    .map((word) => word.text)
    .join(' ')
    .replace(/ and company$/u, ' and co');
