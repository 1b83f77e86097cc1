import { ABBREVIATIONS } from './abbreviations.ts';

const ORDINAL = /^0*(\d+)(?:st|nd|rd|th|er|eme|e|o|a)?$/u;
const ROMAN: Readonly<Record<string, string>> = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
};

/**
 * One form for the ways a folded word is written: abbreviations in full, plurals in the singular, British as American,
 * ordinals and roman numerals as numbers. Reading its own result changes nothing.
 */
export function canonicalWord(text: string): string {
  const short = ABBREVIATIONS.get(text);
  if (short) return numeral(short);
  const word = singular(american(text));
  return numeral(ABBREVIATIONS.get(word) ?? word);
}

const numeral = (word: string): string =>
  ORDINAL.exec(word)?.[1] ?? ROMAN[word] ?? NUMBER_WORDS[word] ?? word;
const NUMBER_WORDS: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  two: '2',
  three: '3',
  four: '4',
};

/** Digits only, after `canonicalWord`. */
export const isNumber = (canonical: string): boolean => /^\d+$/u.test(canonical);

const american = (word: string): string =>
  word
    .replace(/is(ation|ations|ing|ed|e|er|ers)$/u, (whole, end: string) =>
      word.length > 6 ? `iz${end}` : whole,
    )
    .replace(/(?<=[a-z]{3})our(s?)$/u, 'or$1');

const singular = (word: string): string => {
  if (word.length < 4 || !word.endsWith('s') || /(?:ss|us|is)$/u.test(word)) return word;
  if (/[^aeiou]ies$/u.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss)es$/u.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
};
