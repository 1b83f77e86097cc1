import { sumMoney } from '../../src/domain/money.ts';
import type { CurrencyAmount } from './wording.ts';

/** One sum a currency, by the currency's code; currencies are never added together. */
export const sumByCurrency = (amounts: readonly CurrencyAmount[]): CurrencyAmount[] =>
  [...Map.groupBy(amounts, (one) => one.currency)]
    .map(([currency, own]) => ({ currency, amount: sumMoney(own.map((one) => one.amount)) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
