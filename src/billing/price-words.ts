import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { type ContractService, pricesAt } from '../domain/contract.ts';
import { dayWords } from './day-words.ts';

/** The day on which icb read the price an item has; undefined for the price it read first. */
export function priceSince(
  { pastPrices }: Pick<ContractService, 'pastPrices'>,
  periodStart: IsoDate,
): IsoDate | undefined {
  const past = pastPrices.findIndex(({ replacedOn }) => periodStart <= replacedOn);
  return pastPrices[(past < 0 ? pastPrices.length : past) - 1]?.replacedOn;
}

/** `12.50 USD a unit, read on 3 Oct 2026: a price holds for the billing periods begun after it was read.` */
export function priceWords(
  { unitPrice, currency, period }: Pick<BillingItem, 'unitPrice' | 'currency' | 'period'>,
  service: ContractService | undefined,
): string {
  const price = `${unitPrice} ${currency} a unit`;
  if (!service || pricesAt(service, period.start).unitPrice !== unitPrice) return `${price}.`;
  const since = priceSince(service, period.start);
  return since
    ? `${price}, read on ${dayWords(since)}: a price holds for the billing periods begun after it was read.`
    : `${price}, the price icb first read.`;
}
