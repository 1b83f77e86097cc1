import type { Money } from '../../domain/money.ts';

/** What the last book said that later readings need, for as long as the process lives. */
export interface Memory {
  /** The id of each company's currency; null where it has none of its own. */
  readonly currencyIds: Map<string, string | null>;
  /** By contract service. */
  readonly unitPrices: Map<string, Money>;
}

export const emptyMemory = (): Memory => ({ currencyIds: new Map(), unitPrices: new Map() });
