import { type Axis, type Key, makeAxis } from './axis.ts';
import type { Heading, Names } from './heading.ts';
import { type Figure, figureNumber } from './measure.ts';
import type { MonthRange } from './month-range.ts';
import type { Mark, Panel } from './query.ts';
import { figureOf, sumTallies, type Tally } from './tally.ts';
import type { WidgetDefinition } from './widget-definition.ts';

/** What the items that agree in group, series and currency come to. */
export interface Entry {
  readonly group: Key;
  readonly series: Key;
  readonly tally: Tally;
}

type MarkDraft = Omit<Mark, 'index'>;
/** A panel whose marks are not numbered yet. */
export interface PanelDraft extends Omit<Panel, 'cells' | 'groupTotals' | 'total'> {
  readonly cells: readonly MarkDraft[];
  readonly groupTotals: readonly MarkDraft[];
  readonly total: MarkDraft;
}

export interface PanelContext {
  readonly names: Names;
  readonly locale?: string;
  /** Absent for units and counts. */
  readonly currency?: string;
  readonly months: MonthRange;
}

/** Beyond these a chart cannot be read; the rest becomes "Other" also where a definition names no `top`. */
const MOST_GROUPS = 50;
const MOST_SERIES = 25;

/** Adds figures up under any kind of key. */
function sumBy<K>(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => K,
  sum: (entries: readonly Entry[]) => Figure | undefined,
): Map<K, Figure> {
  const sums = [...Map.groupBy(entries, keyOf)].map(([key, list]) => [key, sum(list)] as const);
  return new Map(sums.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

/** Cells in the order of the axes, the groups' sums where broken down, and the grand total. */
export function buildPanel(
  definition: WidgetDefinition,
  entries: readonly Entry[],
  context: PanelContext,
): PanelDraft {
  const { groupBy, breakDownBy, measure, sort, showOther, top, breakDownTop } = definition;
  const { names, locale, currency, months } = context;
  const sum = (some: readonly Entry[]): Figure | undefined =>
    figureOf(measure, sumTallies(some.map((entry) => entry.tally)));
  const mark = (kind: Mark['kind'], value: Figure, of: Pick<Mark, 'group' | 'series'> = {}): MarkDraft => ({
    kind,
    ...of,
    ...(currency && { currency }),
    value,
    number: figureNumber(value),
  });

  const groups = makeAxis(
    sumBy(entries, (entry) => entry.group, sum),
    { dimension: groupBy, top: top ?? MOST_GROUPS, sort, fill: months, names, locale },
  );
  const series: Axis | undefined =
    breakDownBy &&
    makeAxis(
      sumBy(entries, (entry) => entry.series, sum),
      {
        dimension: breakDownBy,
        top: breakDownTop ?? MOST_SERIES,
        sort: { by: 'value', order: 'descending' },
        names,
        locale,
      },
    );

  const visible = groups.headings.filter((heading) => showOther || heading.kind !== 'other');
  const entriesOf = Map.groupBy(entries, (entry) => groups.of(entry.group));
  const groupTotals = visible.flatMap((group) => {
    const value = sum(entriesOf.get(group) ?? []);
    return value === undefined ? [] : [mark(series ? 'group' : 'cell', value, { group })];
  });
  const brokenDown = (group: Heading, axis: Axis): MarkDraft[] => {
    const sums = sumBy(entriesOf.get(group) ?? [], (entry) => axis.of(entry.series), sum);
    return axis.headings.flatMap((column) => {
      const value = sums.get(column);
      return value === undefined ? [] : [mark('cell', value, { group, series: column })];
    });
  };

  return {
    ...(currency && { currency }),
    groups: visible,
    series: series?.headings ?? [],
    cells: series ? visible.flatMap((group) => brokenDown(group, series)) : groupTotals,
    groupTotals: series ? groupTotals : [],
    total: mark('total', sum(entries) ?? 0),
    groupCount: groups.count,
  };
}
