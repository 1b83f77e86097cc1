import { type Money, times } from '../../domain/money.ts';
import type { ContractService, ContractServiceUnit } from './api-types.ts';
import { isZero, ratio, toMoney } from './decimal.ts';

/**
 * What a contract pays for one unit of a service, in the customer's currency. Autotask returns the catalogue's price in
 * both currencies, and the price agreed on only in the MSP's own: the two catalogue prices give the rate between them.
 * Source: facts/apis.md §2.5.
 */
export function effectivePrice(
  {
    unitPrice,
    internalCurrencyUnitPrice: internal,
    internalCurrencyAdjustedPrice: adjusted,
  }: ContractService,
  inBaseCurrency: boolean,
): Money | undefined {
  if (!adjusted) return unitPrice ? toMoney(unitPrice) : undefined;
  if (inBaseCurrency || isZero(adjusted)) return toMoney(adjusted);
  // A catalogue price of nothing gives no rate.
  if (!unitPrice || !internal || isZero(internal) || isZero(unitPrice)) return undefined;
  return ratio(adjusted, unitPrice, internal);
}

export const unitCostOf = ({ unitCost }: ContractService): Money | undefined =>
  unitCost ? toMoney(unitCost) : undefined;

/**
 * The unit price of a row of units. The vendor does not say whether a row's `price` is that of one unit or of all of
 * them, so it is believed only where it agrees with the contract service's price in one of the two readings.
 * Source: facts/apis.md §2.7.
 */
export function rowUnitPrice(
  { price, units }: ContractServiceUnit,
  agreed: Money | undefined,
): Money | undefined {
  if (!price || agreed === undefined) return undefined;
  const told = toMoney(price);
  return told === agreed || told === times(agreed, units) ? agreed : undefined;
}
