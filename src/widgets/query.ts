import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { filterTest } from './billing-item-filter.ts';
import { definitionFilter, itemFilter } from './definition-filter.ts';
import { type Bucket, gatherItems } from './gather-items.ts';
import type { Heading, Names } from './heading.ts';
import { type Figure, isMoneyMeasure, measuredField } from './measure.ts';
import { monthRange } from './month-range.ts';
import { buildPanel, type Entry, type PanelDraft } from './panel.ts';
import { NO_TALLY } from './tally.ts';
import type { Dimension, WidgetDefinition } from './widget-definition.ts';
import type { WidgetFilters } from './widget-filters.ts';

/** One figure a person can point at: a cell of the chart, the total of a group of a broken-down chart, or the whole. */
export interface Mark {
  /** Its position in `WidgetResult.marks`; the spec's data carries it as `mark`. */
  readonly index: number;
  readonly kind: 'cell' | 'group' | 'total';
  readonly group?: Heading;
  readonly series?: Heading;
  /** Absent for units and counts. */
  readonly currency?: string;
  readonly value: Figure;
  /** The value as a binary float, for pixels only. */
  readonly number: number;
}

/** What is shown of one currency; units and counts have one panel without a currency. */
export interface Panel {
  readonly currency?: string;
  /** In the order of the axis; every month of the range for a month axis, also those without items. */
  readonly groups: readonly Heading[];
  /** Largest first, "Other" last; empty without a break-down. */
  readonly series: readonly Heading[];
  readonly cells: readonly Mark[];
  /** One per group, only with a break-down. */
  readonly groupTotals: readonly Mark[];
  /** Of everything, also of what `top` and `showOther: false` keep out of the picture. */
  readonly total: Mark;
  /** How many groups there are before `top`. */
  readonly groupCount: number;
}

export interface WidgetResult {
  readonly definition: WidgetDefinition;
  readonly today: IsoDate;
  /** Empty when no billing item matches. */
  readonly panels: readonly Panel[];
  readonly marks: readonly Mark[];
  /** Items left out of a cost or margin because their cost is unknown. */
  readonly withoutCost: number;
}

export interface QueryContext {
  readonly names: Names;
  /** The business day; relative months are reckoned from it. */
  readonly today: IsoDate;
  readonly locale?: string;
  /** Narrows the definition's own filters further: what an embed is locked to, a tab's filter. All must hold. */
  readonly scope?: readonly WidgetFilters[];
}

function numbered(drafts: readonly PanelDraft[]): Pick<WidgetResult, 'panels' | 'marks'> {
  const marks: Mark[] = [];
  const add = (draft: Omit<Mark, 'index'>): Mark => {
    const mark = { ...draft, index: marks.length };
    marks.push(mark);
    return mark;
  };
  const panels = drafts.map((draft) => ({
    ...draft,
    cells: draft.cells.map(add),
    groupTotals: draft.groupTotals.map(add),
    total: add(draft.total),
  }));
  return { panels, marks };
}

/** The filters a billing item must pass, all of them. */
export const queryFilters = (definition: WidgetDefinition, { today, scope = [] }: QueryContext) => [
  definitionFilter(definition, today),
  ...scope.map((filters) => itemFilter(filters, today)),
];

export const queryDimensions = ({ groupBy, breakDownBy }: WidgetDefinition): readonly Dimension[] =>
  breakDownBy ? [groupBy, breakDownBy] : [groupBy];

/** The widget's figures from the billing items, exact; one panel per currency, never a sum over currencies. */
export function query(
  definition: WidgetDefinition,
  items: Iterable<BillingItem>,
  context: QueryContext,
): WidgetResult {
  const tests = queryFilters(definition, context).map(filterTest);
  const matching = Iterator.from(items).filter((item) => tests.every((test) => test(item)));
  const buckets = gatherItems(matching, queryDimensions(definition), [measuredField(definition.measure)]);
  return queryBuckets(definition, buckets, context);
}

/** The same from items that are gathered already, by `queryFilters`, `queryDimensions` and the measure's field. */
export function queryBuckets(
  definition: WidgetDefinition,
  buckets: readonly Bucket[],
  context: QueryContext,
): WidgetResult {
  const { today } = context;
  const perCurrency = new Map<string, Entry[]>();
  let withoutCost = 0;
  for (const { keys, currency, count, tallies } of buckets) {
    const [tally = NO_TALLY] = tallies;
    withoutCost += count - tally.count;
    if (tally.count === 0) continue;
    const of = isMoneyMeasure(definition.measure) ? currency : '';
    const entries = perCurrency.get(of) ?? [];
    const [group = null, series = null] = keys;
    entries.push({ group, series, tally });
    perCurrency.set(of, entries);
  }
  const months = monthRange(definition.filters.months, today) ?? {};
  const drafts = [...perCurrency]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, entries]) =>
      buildPanel(definition, entries, { ...context, ...(currency && { currency }), months }),
    );
  return { definition, today, ...numbered(drafts), withoutCost };
}
