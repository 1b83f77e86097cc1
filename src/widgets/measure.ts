import type { BillingItem } from '../domain/billing-item.ts';
import { compareMoney, type Money, roundToCents, subtractMoney, toChartNumber } from '../domain/money.ts';
import type { WidgetDefinition } from './widget-definition.ts';

/** Money as its decimal string, units and counts as whole numbers. */
export type Figure = Money | number;

export type Field = WidgetDefinition['measure']['field'];

/**
 * One item's part in a sum; undefined where it is unknown, which is not zero: an item without a cost has no margin.
 * Pending items carry four decimals but are summed as the two-decimal figures they will be posted with.
 */
const parts = {
  amount: (item) => roundToCents(item.amount),
  cost: (item) => item.cost && roundToCents(item.cost),
  margin: (item) => item.cost && subtractMoney(roundToCents(item.amount), roundToCents(item.cost)),
  units: (item) => item.units,
  unitPrice: (item) => item.unitPrice,
  unitCost: (item) => item.unitCost,
  count: () => 1,
} satisfies Record<Field, (item: BillingItem) => Figure | undefined>;

export const partOf = (field: Field, item: BillingItem): Figure | undefined => parts[field](item);

const isMoney = (figure: Figure): figure is Money => typeof figure === 'string';

/** Units and counts carry no currency and may be added over items of any. */
export const isMoneyField = (field: Field): boolean => field !== 'units' && field !== 'count';

export type Measure = WidgetDefinition['measure'];

/** What is gathered for a measure: a count is of every item, also of those whose figure is unknown. */
export const measuredField = ({ field, aggregate }: Measure): Field =>
  aggregate === 'count' ? 'count' : field;

/** Whether a measure's figures carry a currency and must not be put together over several. */
export const isMoneyMeasure = ({ field, aggregate }: Measure): boolean =>
  isMoneyField(field) && aggregate !== 'count';

export const compareFigures = (a: Figure, b: Figure): number =>
  isMoney(a) && isMoney(b) ? compareMoney(a, b) : Number(a) - Number(b);

/** For pixels only; see `toChartNumber`. */
export const figureNumber = (figure: Figure): number => (isMoney(figure) ? toChartNumber(figure) : figure);

export const measureLabels = {
  amount: 'Amount',
  cost: 'Cost',
  margin: 'Margin',
  units: 'Units',
  unitPrice: 'Unit price',
  unitCost: 'Unit cost',
  count: 'Billing items',
} satisfies Record<Field, string>;

const aggregateLabels = {
  sum: (label) => label,
  average: (label) => `Average ${label.toLowerCase()}`,
  minimum: (label) => `Lowest ${label.toLowerCase()}`,
  maximum: (label) => `Highest ${label.toLowerCase()}`,
  count: () => 'Billing items',
} satisfies Record<Measure['aggregate'], (label: string) => string>;

const overall = {
  sum: 'Total',
  count: 'Total',
  average: 'Average',
  minimum: 'Lowest',
  maximum: 'Highest',
} as const satisfies Record<Measure['aggregate'], string>;

/** What the figure over all items is called: prices have an average, and no total. */
export const overallLabel = ({ aggregate }: Measure): string => overall[aggregate];

/** What a measure is called above its figures. */
export const measureLabel = ({ field, aggregate }: Measure): string =>
  aggregateLabels[aggregate](measureLabels[field]);
