import type { BillingItem } from '../domain/billing-item.ts';
import {
  compareMoney,
  type Money,
  roundToCents,
  subtractMoney,
  sumMoney,
  toChartNumber,
} from '../domain/money.ts';
import type { WidgetDefinition } from './widget-definition.ts';

/** Money as its decimal string, units and counts as whole numbers. */
export type Figure = Money | number;

type Field = WidgetDefinition['measure']['field'];

/**
 * One item's part in a sum; undefined where it is unknown, which is not zero: an item without a cost has no margin.
 * Pending items carry four decimals but are summed as the two-decimal figures they will be posted with.
 */
const parts = {
  amount: (item) => roundToCents(item.amount),
  cost: (item) => item.cost && roundToCents(item.cost),
  margin: (item) => item.cost && subtractMoney(roundToCents(item.amount), roundToCents(item.cost)),
  units: (item) => item.units,
  count: () => 1,
} satisfies Record<Field, (item: BillingItem) => Figure | undefined>;

export const partOf = (field: Field, item: BillingItem): Figure | undefined => parts[field](item);

const isMoney = (figure: Figure): figure is Money => typeof figure === 'string';

/** Units and counts carry no currency and may be added over items of any. */
export const isMoneyField = (field: Field): boolean => field !== 'units' && field !== 'count';

export function sumFigures(field: Field, figures: readonly Figure[]): Figure {
  if (isMoneyField(field)) return sumMoney(figures.filter(isMoney));
  let total = 0;
  for (const figure of figures) total += Number(figure);
  return total;
}

export const compareFigures = (a: Figure, b: Figure): number =>
  isMoney(a) && isMoney(b) ? compareMoney(a, b) : Number(a) - Number(b);

/** For pixels only; see `toChartNumber`. */
export const figureNumber = (figure: Figure): number => (isMoney(figure) ? toChartNumber(figure) : figure);

export const measureLabels = {
  amount: 'Amount',
  cost: 'Cost',
  margin: 'Margin',
  units: 'Units',
  count: 'Billing items',
} satisfies Record<Field, string>;
