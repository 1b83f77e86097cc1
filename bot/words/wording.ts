import type { Actor } from '../../src/domain/actor.ts';
import type { Place } from '../../src/domain/audit.ts';
import type { IsoDate } from '../../src/domain/calendar.ts';
import { formatMoney, isNegative, type Money } from '../../src/domain/money.ts';
import { escapeName } from './escape.ts';

/** An instant in each reader's own time zone; `fallback` is for clients that cannot. */
export function when(instant: string): string {
  const seconds = Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000);
  const fallback = `${instant.slice(0, 16).replace('T', ' ')} UTC`;
  return `<!date^${seconds}^{date_short_pretty} at {time}|${fallback}>`;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A calendar day, which is the same day for every reader: `12 Nov 2026`. */
export const day = (date: IsoDate | string): string => DAY.format(new Date(`${date}T00:00:00Z`));

/** A person in Slack is mentioned (no ping in ephemeral messages and modals); others are named. */
export const who = (actor: Actor): string =>
  actor.kind === 'slack' ? `<@${actor.userId}>` : escapeName(actor.name);

const PLACE_WORDS: Readonly<Record<Place, string>> = {
  dashboard: ' on the dashboard',
  home: ' in the Home tab',
  form: ' in a form',
  'direct message': ' in a direct message',
};

/** Where something was done, behind a name: ` in #billing`, ` on the dashboard`; nothing where that is not known. */
export const where = (place: string | undefined): string =>
  place === undefined ? '' : (PLACE_WORDS[place as Place] ?? ` in <#${escapeName(place)}>`);

export interface CurrencyAmount {
  readonly currency: string;
  readonly amount: Money;
}

/** Amounts side by side; currencies are never added together. */
export const amounts = (totals: readonly CurrencyAmount[]): string =>
  totals.length === 0 ? 'nothing' : totals.map((one) => formatMoney(one.amount, one.currency)).join(' + ');

/** A change of money with its sign: `+$87.50`. */
export const signed = (amount: Money, currency: string): string =>
  `${isNegative(amount) ? '' : '+'}${formatMoney(amount, currency)}`.replace('-', '−');

const WHOLE = new Intl.NumberFormat('en-US');

/** `1 organization`, `1,204 organizations`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${WHOLE.format(count)} ${count === 1 ? noun : plural}`;

/** `Datto RMM`, `Datto RMM and SaaS Protection`, `A, B and C`. */
export const listed = (names: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
