import { tenThousandths } from '../domain/money.ts';
import type { BillingItemFilter, FilterLists } from './billing-item-filter.ts';
import type { Coded, Dictionaries, Numbered } from './item-columns.ts';

/** Holds for codes whose place in `mask` is 1. */
export interface CodeTest {
  readonly column: Coded;
  readonly mask: Uint8Array;
}
/** Both ends included. */
export interface NumberTest {
  readonly column: Numbered;
  readonly least: number;
  readonly most: number;
}
export interface ColumnFilter {
  readonly codes: readonly CodeTest[];
  readonly numbers: readonly NumberTest[];
  readonly from: string;
  readonly to: string;
}

type Holds = (value: string | null) => boolean;

const LISTS = ['module', 'organization', 'contract', 'billingType', 'service'] as const;

function listTests(lists: FilterLists): { column: Coded; holds: Holds }[] {
  return LISTS.flatMap((column) => {
    const values: readonly string[] | undefined = lists[column];
    const orNull =
      (column === 'module' && lists.noModule) || (column === 'billingType' && lists.noBillingType) || false;
    if (!values && !orNull) return [];
    const wanted = new Set<string | null>(values);
    return [{ column, holds: (value: string | null) => (value === null && orNull) || wanted.has(value) }];
  });
}

/** What `filterTest` tests, over columns; the two must agree on every item. */
export function columnFilter(filter: BillingItemFilter, dictionaries: Dictionaries): ColumnFilter {
  const { status, kind, currency, serviceContains, period } = filter;
  const { minAmount, maxAmount, minUnits, maxUnits } = filter;
  const part = serviceContains?.toLowerCase();
  const is = (column: Coded, wanted: string | undefined) =>
    wanted === undefined ? [] : [{ column, holds: (value: string | null) => value === wanted }];
  const tests: { column: Coded; holds: Holds }[] = [
    ...listTests(filter),
    ...listTests(filter.except ?? {}).map(({ column, holds }) => ({
      column,
      holds: (value: string | null) => !holds(value),
    })),
    ...is('status', status),
    ...is('kind', kind),
    ...is('currency', currency),
  ];
  if (part) tests.push({ column: 'service', holds: (value) => value?.toLowerCase().includes(part) ?? false });
  const ends = (column: Numbered, least: number | undefined, most: number | undefined): NumberTest[] =>
    least === undefined && most === undefined
      ? []
      : [{ column, least: least ?? Number.NEGATIVE_INFINITY, most: most ?? Number.POSITIVE_INFINITY }];
  const amount = (limit: typeof minAmount): number | undefined => limit && Number(tenThousandths(limit));
  return {
    codes: tests.map(({ column, holds }) => ({
      column,
      mask: Uint8Array.from(dictionaries[column].values, (value) => (holds(value) ? 1 : 0)),
    })),
    numbers: [...ends('amount', amount(minAmount), amount(maxAmount)), ...ends('units', minUnits, maxUnits)],
    from: period?.from ?? '0000-01',
    to: period?.to ?? '9999-12',
  };
}
