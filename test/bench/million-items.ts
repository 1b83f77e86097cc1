import type { BillingItem } from '../../src/domain/billing-item.ts';
import { addMonths, isoDate } from '../../src/domain/calendar.ts';
import { money, times } from '../../src/domain/money.ts';
import { example } from '../contract/store-records.ts';

export const MILLION = 1_000_000;
export const MONTHS = 36;
export const MILLION_MODULES = [
  'datto-rmm',
  'datto-bcdr',
  'saas-protection',
  'rocketcyber',
  'vulscan',
  'datto-av',
  'datto-edr',
  'graphus',
  'bullphish-id',
  'dark-web-id',
  'it-glue',
  'network-glue',
];
const ORGANIZATIONS = 2_000;
const PRICES = ['12.50', '3.25', '48.00', '7.1250', '149.00'].map((price) => money(price));

/** The first days of 36 months, `last` being the newest. */
export const millionMonths = (last: string): readonly string[] =>
  Array.from({ length: MONTHS }, (_, i) => addMonths(isoDate(last), i + 1 - MONTHS));

/** How many of the million fall into the month at a place. */
const inMonth = (at: number): number => Math.floor(MILLION / MONTHS) + (at < MILLION % MONTHS ? 1 : 0);

/** One month of a million billing items of 2,000 organizations; the newest is pending. The same each time. */
export function monthOfItems(months: readonly string[], at: number, change = 0): BillingItem[] {
  const start = isoDate(months[at] ?? '');
  const newest = at === months.length - 1;
  const template = example('billingItems', {
    period: { start, end: isoDate(`${start.slice(0, 7)}-28`), days: 30 },
    itemDate: start,
    status: newest ? 'pending' : 'posted',
  });
  return Array.from({ length: inMonth(at) }, (_, i) => {
    const units = 1 + ((i * 7 + at + change) % 40);
    const unitPrice = PRICES[i % PRICES.length] ?? money('1');
    const organization = String(1000 + (i % ORGANIZATIONS));
    return {
      ...template,
      id: `bi_${at}_${i}` as BillingItem['id'],
      organizationId: organization as BillingItem['organizationId'],
      contractId: `c${organization}` as BillingItem['contractId'],
      contractServiceId: `cs${organization}-${i % 16}` as BillingItem['contractServiceId'],
      service: `Service ${i % 40}`,
      module: (MILLION_MODULES[(i * 5 + at) % MILLION_MODULES.length] ?? null) as BillingItem['module'],
      units,
      unitPrice,
      amount: times(unitPrice, units),
    };
  });
}
