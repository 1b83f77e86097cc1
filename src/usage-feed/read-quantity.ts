import type { BillingType } from '../domain/module.ts';
import type { NumberStyle } from '../domain/usage-file.ts';

/** A quantity, an empty cell (which stays unknown), or what is wrong with the text. */
export type ReadQuantity =
  | { readonly quantity: number | boolean }
  | { readonly empty: true }
  | { readonly problem: string };

const YES = /^(true|yes|y|on|enabled|active|x|✓)$/i;
const NO = /^(false|no|n|off|disabled|inactive)$/i;

export function readQuantity(given: string, unit: BillingType['unit'], style?: NumberStyle): ReadQuantity {
  const text = given.trim();
  if (text === '') return { empty: true };
  if (unit === 'true-false') {
    if (YES.test(text)) return { quantity: true };
    if (NO.test(text)) return { quantity: false };
    const read = readWhole(text, style);
    if (read === 0 || read === 1) return { quantity: read === 1 };
    return { problem: `"${text}" is neither true nor false; write true, false, 1 or 0` };
  }
  const read = readWhole(text, style);
  if (typeof read === 'number') return { quantity: read };
  return { problem: `"${text}" ${read}` };
}

const NO_COUNT = 'is no whole number; leave the cell empty where the count is unknown';
const NOT_WHOLE = 'is not whole; counts are whole numbers';
const AMBIGUOUS = 'may be two numbers; choose how numbers are written, or write them without separators';

/** A whole number as files write it, or what is wrong. `12.000` is twelve here and twelve thousand there: never guessed. */
function readWhole(text: string, style: NumberStyle | undefined): number | string {
  const plain = text.replace(/(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))/g, '');
  if (/^[-−]/.test(plain) && /\d/.test(plain)) return 'is below zero; counts never are';
  if (/^\d+$/.test(plain)) return whole(plain);
  if (!/^\d[\d.,]*$/.test(plain)) return NO_COUNT;
  const known = style ?? styleOf(plain);
  if (known === undefined) {
    if (/^[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return AMBIGUOUS;
    return /^\d+[.,]0+$/.test(plain) ? whole(plain.replace(/[.,].*/, '')) : NOT_WHOLE;
  }
  const [group, point] = known === 'comma-groups' ? [',', '.'] : ['.', ','];
  const [integer = '', fraction = '', ...more] = plain.split(point);
  const groups = integer.split(group);
  const wellGrouped =
    groups.length === 1 ||
    (/^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((each) => /^\d{3}$/.test(each)));
  if (more.length > 0 || !wellGrouped || !/^\d*$/.test(fraction)) return NO_COUNT;
  return /[1-9]/.test(fraction) ? NOT_WHOLE : whole(groups.join(''));
}

const whole = (digits: string): number | string =>
  digits.length > 12 ? 'is larger than any count' : Number(digits);

/** How a number can only be written: 1,234.5 · 1,234,567 · 1.234,00. Undefined where it tells nothing. */
function styleOf(text: string): NumberStyle | undefined {
  if (/^\d{1,3}(,\d{3})+\.\d*$/.test(text) || /^\d{1,3}(,\d{3}){2,}$/.test(text)) return 'comma-groups';
  if (/^\d{1,3}(\.\d{3})+,\d*$/.test(text) || /^\d{1,3}(\.\d{3}){2,}$/.test(text)) return 'point-groups';
  return undefined;
}

/** The style that numbers which can only be read one way tell; undefined where none does, or two do. */
export function numberStyleIn(texts: Iterable<string>): NumberStyle | undefined {
  const told = new Set([...texts].flatMap((text) => styleOf(text.trim()) ?? []));
  const [only, ...others] = told;
  return others.length === 0 ? only : undefined;
}
