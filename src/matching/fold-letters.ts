/** Letters that Unicode does not take apart into a base letter and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ς: 'σ',
  ё: 'е',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * Marks on Latin and Greek letters only: elsewhere they make another letter (й, が) or are the vowel (कि).
 */
const ACCENTS = /(?<=[\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu;

/** Case and width off: "ＡＣＭＥ" and "Acme" are both "acme". Trade marks go, since they would turn into letters. */
export const foldCase = (text: string): string =>
  text
    .replace(/[™®©℠]/gu, '')
    .normalize('NFKC')
    .toLowerCase();

/** Accents off after `foldCase`: "société" is "societe", "straße" is "strasse". */
export const foldAccents = (folded: string): string =>
  folded
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
