import type { IsoMonth } from '../domain/calendar.ts';
import { byLabel, dateKey, type Heading, headingOf, type Names, OTHER, withUniqueLabels } from './heading.ts';
import { compareFigures, type Figure } from './measure.ts';
import { type MonthRange, monthsBetween } from './month-range.ts';
import { type Dimension, isDate, type WidgetDefinition } from './widget-definition.ts';

/** A null key stands for items that have no value in the dimension. */
export type Key = string | null;

export interface AxisRule {
  readonly dimension: Dimension;
  /** How many headings are kept apart; the rest shares "Other". Not for months. */
  readonly top: number;
  readonly sort: WidgetDefinition['sort'];
  /** Also show the months of this range that have no items; without it, only those that have. */
  readonly fill?: MonthRange | undefined;
  readonly names: Names;
  readonly locale?: string | undefined;
}

export interface Axis {
  readonly headings: readonly Heading[];
  /** How many keys there were before the cut. */
  readonly count: number;
  /** The heading a key falls under: one of `headings`, the same object each time. */
  readonly of: (key: Key) => Heading;
}

/** A month axis longer than this shows only the months that have items. */
const MOST_MONTHS = 60;

function dateKeys(
  dimension: Dimension,
  found: readonly string[],
  fill: MonthRange | undefined,
): readonly string[] {
  const known = found.toSorted();
  // Quarters and years need both ends of the range; months find a missing end among themselves.
  const first = fill?.from ?? (dimension === 'month' ? known[0] : undefined);
  const last = fill?.to ?? (dimension === 'month' ? known.at(-1) : undefined);
  if (!fill || !first || !last) return known;
  const all = monthsBetween(first as IsoMonth, last as IsoMonth);
  if (all.length > MOST_MONTHS) return known;
  return [...new Set(all.map((month) => dateKey(dimension, month)))];
}

function inOrder(headings: readonly Heading[], sort: WidgetDefinition['sort']): Heading[] {
  const descending = sort.by === 'value' ? headings : headings.toSorted((a, b) => byLabel(b, a));
  return sort.order === 'descending' ? [...descending] : descending.toReversed();
}

function axisOf(headings: readonly Heading[], count: number): Axis {
  const byKey = new Map<Key, Heading>();
  let other = OTHER;
  for (const heading of headings) {
    if (heading.kind === 'other') other = heading;
    else byKey.set(heading.kind === 'none' ? null : heading.key, heading);
  }
  return { headings, count, of: (key) => byKey.get(key) ?? other };
}

/** Puts a dimension's keys in order, keeps the largest apart and gives them labels; `sums` are their totals. */
export function makeAxis(sums: ReadonlyMap<Key, Figure>, rule: AxisRule): Axis {
  const { dimension, sort, names, locale } = rule;
  // Two statuses are never cut: "Other" would be the second one under a worse name.
  const top = dimension === 'status' || dimension === 'kind' ? 2 : rule.top;
  const heading = (key: Key): Heading => headingOf(dimension, key, names, locale);
  if (isDate(dimension)) {
    const keys = dateKeys(
      dimension,
      [...sums.keys()].filter((key) => key !== null),
      rule.fill,
    );
    return axisOf(keys.map(heading), keys.length);
  }
  const ranked = [...sums]
    .map(([key, value]) => ({ heading: heading(key), value }))
    .sort((a, b) => compareFigures(b.value, a.value) || byLabel(a.heading, b.heading));
  const largest = ranked.slice(0, top).map((entry) => entry.heading);
  const shown = inOrder(largest, sort);
  return axisOf(withUniqueLabels(ranked.length > top ? [...shown, OTHER] : shown), ranked.length);
}
