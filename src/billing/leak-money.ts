import type { LeakageRow } from '../domain/leakage.ts';
import { times } from '../domain/money.ts';
import type { Price } from './typical-price.ts';

/** A whole month's money; nothing where no price is known. */
export function leakMoney(
  price: Price | undefined,
  units: number,
  priceFrom: 'contract' | 'typical',
): Pick<LeakageRow, 'amount' | 'currency' | 'priceFrom'> {
  return price ? { amount: times(price.unitPrice, units), currency: price.currency, priceFrom } : {};
}
