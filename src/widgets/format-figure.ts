import type { Money } from '../domain/money.ts';
import type { Figure } from './measure.ts';

export const DEFAULT_LOCALE = 'en-US';

export function isLocale(text: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(text).length > 0;
  } catch {
    return false;
  }
}

const formatters = new Map<string, Intl.NumberFormat>();

// Making an Intl formatter costs more than hundreds of uses; the few in use are kept.
function formatter(locale: string, currency: string | undefined): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, currency ? { style: 'currency', currency } : {});
  formatters.set(key, made);
  return made;
}

/** `$1,234.50` or `1,234` in the locale's form, from the exact figure. */
export const formatFigure = (figure: Figure, currency?: string, locale = DEFAULT_LOCALE): string =>
  formatter(locale, currency).format(figure as Intl.StringNumericLiteral);

/** What stands around and inside a number in this locale and currency: `$` before it in en-US, ` €` after it in de-DE. */
export interface NumberForm {
  readonly prefix: string;
  readonly suffix: string;
  readonly decimal: string;
  readonly thousands: string;
}

export function numberForm(currency: string | undefined, locale = DEFAULT_LOCALE): NumberForm {
  const sample = formatter(locale, currency).formatToParts('1234567.5' as Intl.StringNumericLiteral & Money);
  const first = sample.findIndex((part) => part.type === 'integer');
  const last = sample.findLastIndex((part) => part.type === 'fraction' || part.type === 'integer');
  const text = (parts: Intl.NumberFormatPart[]) => parts.map((part) => part.value).join('');
  const value = (type: string, otherwise: string) =>
    sample.find((part) => part.type === type)?.value ?? otherwise;
  return {
    prefix: text(sample.slice(0, first)),
    suffix: text(sample.slice(last + 1)),
    decimal: value('decimal', '.'),
    thousands: value('group', ','),
  };
}

/** `2026-11` → `Nov 2026`. */
export function formatMonth(month: string, locale = DEFAULT_LOCALE): string {
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(
    Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1, 1),
  );
}

/** The locale's twelve short month names, January first. */
export function monthNames(locale = DEFAULT_LOCALE): string[] {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'short' });
  return Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 1)));
}

/** `$1.2k` for places too narrow for the exact figure, in the form the axes use. */
export function shortFigure(value: number, currency?: string, locale = DEFAULT_LOCALE): string {
  const { prefix, suffix } = numberForm(currency, locale);
  const size = Math.abs(value);
  const [divisor, unit] = size >= 1e6 ? [1e6, 'M'] : size >= 1e3 ? [1e3, 'k'] : [1, ''];
  const digits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(size / divisor);
  return `${value < 0 ? '-' : ''}${prefix}${digits}${unit}${suffix}`;
}
