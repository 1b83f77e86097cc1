import type { ContractService } from '../domain/contract.ts';
import { addMoney, compareMoney, type Money, prorate, roundToCents } from '../domain/money.ts';
import { troubleOf } from './leak-cause.ts';
import type { Decision, LeakageIndex } from './leakage-input.ts';

export interface Price {
  readonly unitPrice: Money;
  readonly currency: string;
}

/** What one unit of usage that nobody priced would bring a month. */
export type TypicalPrice = (
  module: string,
  billingType: string,
  organizationId?: string,
) => Price | undefined;

/**
 * The median unit price of the contract services that a billing type feeds, or else the nearest one containing it, in
 * the currency of the organization's own contracts; of usage that belongs to nobody yet, in the currency most are fed in.
 */
export function typicalPrices(index: LeakageIndex): TypicalPrice {
  const feeding = index.decisions.filter((decision) => decision.service && !troubleOf(index, decision));
  const prices = Map.groupBy(feeding, ({ mapping }) => keyOf(mapping.module, mapping.billingType));
  const known = new Map<string, readonly Price[]>();
  const medians = (key: string): readonly Price[] => {
    const kept = known.get(key) ?? mediansOf(prices.get(key) ?? []);
    known.set(key, kept);
    return kept;
  };
  return (module, billingType, organizationId) => {
    const currency = organizationId === undefined ? undefined : currencyOf(index, organizationId);
    for (const name of [billingType, ...index.containment(module).around(billingType)]) {
      const found = medians(keyOf(module, name));
      const price = currency === undefined ? found[0] : found.find((each) => each.currency === currency);
      if (price) return price;
    }
    return undefined;
  };
}

const keyOf = (module: string, billingType: string): string => `${module}\n${billingType}`;

/** One price a currency, the currency of most services first. */
function mediansOf(feeding: readonly Decision[]): Price[] {
  const services = feeding.flatMap(({ service }) => service ?? []);
  return [...Map.groupBy(services, (service) => service.currency)]
    .sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
    .map(([currency, own]) => ({ currency, unitPrice: median(own.map((service) => service.unitPrice)) }));
}

/** Of an even number, the mean of the two in the middle, in whole cents: it is an estimate, not a price of anybody's. */
function median(prices: readonly Money[]): Money {
  const sorted = prices.toSorted(compareMoney);
  const upper = sorted[Math.floor(sorted.length / 2)] as Money;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as Money;
  return roundToCents(prorate(addMoney(lower, upper), 1, 1, 2));
}

function currencyOf(index: LeakageIndex, organizationId: string): string | undefined {
  const services = (index.contracts.get(organizationId) ?? []).flatMap(
    (contract): readonly ContractService[] => index.services.get(contract.id) ?? [],
  );
  const [most] = [...Map.groupBy(services, (service) => service.currency)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  return most?.[0];
}
