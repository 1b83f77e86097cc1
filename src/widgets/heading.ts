import type { BillingItem } from '../domain/billing-item.ts';
import { type IsoMonth, monthOf } from '../domain/calendar.ts';
import { LEAKAGE_REASON_NAMES } from '../domain/leakage.ts';
import { formatMonth } from './format-figure.ts';
import type { Dimension } from './widget-definition.ts';

/**
 * One value of a dimension, as a bar, a legend entry or a row shows it. `none` stands for items without a module or
 * billing type, `other` for all groups beyond the top ones: kinds, not reserved keys, because a service may be
 * called anything. Labels are unique within a chart.
 */
export interface Heading {
  readonly kind: 'value' | 'none' | 'other';
  readonly key: string;
  readonly label: string;
}

/** What ids are called; an id without a name is shown as it is. */
export interface Names {
  readonly module: ReadonlyMap<string, string>;
  readonly organization: ReadonlyMap<string, string>;
  readonly billingType: ReadonlyMap<string, string>;
}

export const OTHER: Heading = { kind: 'other', key: '(other)', label: 'Other' };

interface DimensionRule {
  readonly title: string;
  readonly keyOf: (item: BillingItem) => string | null;
  readonly labelOf: (key: string, names: Names, locale: string | undefined) => string;
  readonly none: string;
}

/** The key of the date a month lies in: `2026-11`, `2026-Q4`, `2026`. */
export function dateKey(grain: Dimension, month: string): string {
  const year = month.slice(0, 4);
  if (grain === 'year') return year;
  return grain === 'quarter' ? `${year}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}` : month;
}

/** First and last month of a date's key. */
export function monthsOf(key: string): { readonly from: IsoMonth; readonly to: IsoMonth } {
  const [year = '', part] = key.split('-');
  const quarter = part?.startsWith('Q') ? Number(part.slice(1)) : undefined;
  const month = (n: number): IsoMonth => `${year}-${String(n).padStart(2, '0')}` as IsoMonth;
  if (quarter !== undefined) return { from: month(quarter * 3 - 2), to: month(quarter * 3) };
  return part === undefined
    ? { from: month(1), to: month(12) }
    : { from: key as IsoMonth, to: key as IsoMonth };
}

const reasons: Readonly<Record<string, string>> = LEAKAGE_REASON_NAMES;
const statuses: Readonly<Record<string, string>> = { pending: 'Pending', posted: 'Posted' };
const kinds: Readonly<Record<string, string>> = { period: 'Billing period', adjustment: 'Adjustment' };

export const dimensions: Readonly<Record<Dimension, DimensionRule>> = {
  module: {
    title: 'Module',
    keyOf: (item) => item.module,
    labelOf: (key, names) => names.module.get(key) ?? key,
    none: 'No module',
  },
  organization: {
    title: 'Organization',
    keyOf: (item) => item.organizationId,
    labelOf: (key, names) => names.organization.get(key) ?? key,
    none: 'No organization',
  },
  billingType: {
    title: 'Billing type',
    keyOf: (item) => item.billingType,
    labelOf: (key, names) => names.billingType.get(key) ?? key,
    none: 'No billing type',
  },
  service: {
    title: 'Service',
    keyOf: (item) => item.service,
    labelOf: (key) => key,
    none: 'No service',
  },
  month: {
    title: 'Month',
    keyOf: (item) => monthOf(item.period.start),
    labelOf: (key, _names, locale) => formatMonth(key, locale),
    none: 'No month',
  },
  quarter: {
    title: 'Quarter',
    keyOf: (item) => dateKey('quarter', item.period.start),
    labelOf: (key) => `${key.slice(5)} ${key.slice(0, 4)}`,
    none: 'No quarter',
  },
  year: {
    title: 'Year',
    keyOf: (item) => item.period.start.slice(0, 4),
    labelOf: (key) => key,
    none: 'No year',
  },
  kind: {
    title: 'Kind',
    keyOf: (item) => item.kind,
    labelOf: (key) => kinds[key] ?? key,
    none: 'No kind',
  },
  reason: {
    title: 'Reason',
    // Billing items have none; see `gatherLeakage`.
    keyOf: () => null,
    labelOf: (key) => reasons[key] ?? key,
    none: 'No reason',
  },
  status: {
    title: 'Status',
    keyOf: (item) => item.status,
    labelOf: (key) => statuses[key] ?? key,
    none: 'No status',
  },
};

export const NONE_KEY = '(none)';

export const headingOf = (
  dimension: Dimension,
  key: string | null,
  names: Names,
  locale?: string,
): Heading =>
  key === null
    ? { kind: 'none', key: NONE_KEY, label: dimensions[dimension].none }
    : { kind: 'value', key, label: dimensions[dimension].labelOf(key, names, locale) };

/** Two organizations of one name would fall into one bar: such labels get their key behind them. */
export function withUniqueLabels(headings: readonly Heading[]): Heading[] {
  const times = new Map<string, number>();
  for (const { label } of headings) times.set(label, (times.get(label) ?? 0) + 1);
  const taken = new Set(headings.map(({ label }) => label));
  return headings.map((heading) => {
    if (times.get(heading.label) === 1 || heading.kind !== 'value') return heading;
    let label = `${heading.label} (${heading.key})`;
    while (taken.has(label)) label += ` (${heading.key})`;
    taken.add(label);
    return { ...heading, label };
  });
}

/** By code units, so that the order is the same on every machine. */
export const byLabel = (a: Heading, b: Heading): number =>
  a.label < b.label ? -1 : a.label > b.label ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
