import { formatMoney, type Money } from '../../src/domain/money.ts';

/** How figures, days and instants are written for people, in one locale and time zone. */
export interface Show {
  readonly money: (amount: string, currency: string) => string;
  readonly units: (count: number) => string;
  /** `1 Nov 2026`, in the locale's own order. */
  readonly day: (date: string) => string;
  /** `Nov 2026`. */
  readonly month: (month: string) => string;
  readonly period: (period: { readonly start: string; readonly end: string }) => string;
  readonly instant: (at: string) => string;
  /** `2 min ago`, reckoned from `now`. */
  readonly ago: (at: string) => string;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

export function createShow(settings: { locale: string; timeZone: string }, now: Temporal.Instant): Show {
  const { locale, timeZone } = settings;
  const number = new Intl.NumberFormat(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const midnight = (date: string): Date => new Date(`${date}T00:00:00Z`);
  return {
    money: (amount, currency) => formatMoney(amount as Money, currency, locale),
    units: (count) => number.format(count),
    day: (date) => day.format(midnight(date)),
    month: (text) => month.format(midnight(`${text}-01`)),
    period: ({ start, end }) => day.formatRange(midnight(start), midnight(end)),
    instant: (at) => instant.format(new Date(at)),
    ago: (at) => {
      const seconds = Math.round((now.epochMilliseconds - Date.parse(at)) / 1000);
      const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? ['second', 1];
      return seconds < 45 ? 'just now' : relative.format(-Math.round(seconds / length), unit);
    },
  };
}
