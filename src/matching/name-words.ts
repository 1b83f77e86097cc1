import { foldAccents, foldCase } from './fold-letters.ts';
import { UNSPACED_LEGAL_FORMS } from './legal-forms.ts';

/** A word of a name: folded for comparing, and as it was written for people. */
export interface NameWord {
  readonly text: string;
  readonly written: string;
}

/** "and" in the languages of the modules' customers; between two words only. */
const AND_WORDS: ReadonlySet<string> = new Set('und et och og en y e ja oraz ve и та і και'.split(' '));
/** "S.p.A.", "A.B.", "A/S": single letters with a dot or slash between them are one word. */
const INITIALS = /^\p{L}(?:[./]\p{L})+\.?,?$/u;
const NOT_A_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = new RegExp(UNSPACED_LEGAL_FORMS.join('|'), 'gu');
const APOSTROPHES = /['’‘ʼ`´′]/gu;

/** The words of a name, "&" as "and", initials joined ("D.E. & K." → de, and, k). */
export function nameWords(name: string): NameWord[] {
  const parts = name
    .replace(/&amp;/giu, '&')
    .replace(/[&＆]|(?<=\s)\+(?=\s)/gu, ' and ')
    .replace(UNSPACED, ' $& ')
    .split(/\s+/u)
    .flatMap(wordsOfPart);
  return joinLoneLetters(parts.map(nativeAndToAnd));
}

function wordsOfPart(part: string): NameWord[] {
  const folded = foldAccents(foldCase(part.replace(APOSTROPHES, '')));
  const written = part.replace(/^[^\p{L}\p{N}]+|[,;:)\]]+$/gu, '');
  if (INITIALS.test(folded)) return [{ text: folded.replace(NOT_A_WORD, ''), written }];
  const texts = folded.split(NOT_A_WORD).filter((text) => text !== '');
  return texts.map((text) => ({ text, written: texts.length === 1 ? written : text }));
}

function nativeAndToAnd(word: NameWord, index: number, words: readonly NameWord[]): NameWord {
  const inside = index > 0 && index < words.length - 1;
  return inside && AND_WORDS.has(word.text) ? { ...word, text: 'and' } : word;
}

/** "A B Plumbing" is "AB Plumbing". */
function joinLoneLetters(words: readonly NameWord[]): NameWord[] {
  const joined: NameWord[] = [];
  let run = false;
  for (const word of words) {
    const lone = /^\p{L}$/u.test(word.text);
    const last = joined.at(-1);
    if (lone && run && last) {
      joined[joined.length - 1] = {
        text: last.text + word.text,
        written: `${last.written} ${word.written}`,
      };
    } else joined.push(word);
    run = lone;
  }
  return joined;
}
