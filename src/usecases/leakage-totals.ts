import { LEAKAGE_REASON_NAMES, LEAKAGE_REASONS, type LeakageReason } from '../domain/leakage.ts';
import { type Money, roundToCents, sumMoney } from '../domain/money.ts';
import type { LeakageView } from './list-leakage.ts';

export interface LeakageSum {
  readonly rows: number;
  readonly units: number;
  /** Money of a whole month, one a currency; currencies are never added together. */
  readonly amounts: readonly { readonly currency: string; readonly amount: Money }[];
  /** Units among them for which no price is known. */
  readonly unpricedUnits: number;
}

export interface LeakageGroup<K extends string = string> extends LeakageSum {
  readonly key: K;
  readonly label: string;
}

/** How long it has leaked, in days. */
export const LEAKAGE_AGES = [
  { key: '0-7', label: '0–7 days', from: 0, to: 7 },
  { key: '8-30', label: '8–30 days', from: 8, to: 30 },
  { key: '31+', label: '31 days or more', from: 31, to: Number.POSITIVE_INFINITY },
] as const;
export type LeakageAge = (typeof LEAKAGE_AGES)[number]['key'];

export interface LeakageTotals extends LeakageSum {
  /** In the order of the closed list; only those that occur. */
  readonly byReason: readonly LeakageGroup<LeakageReason>[];
  /** Most units first. */
  readonly byModule: readonly LeakageGroup[];
  /** Youngest first; only those that occur. */
  readonly byAge: readonly LeakageGroup<LeakageAge>[];
}

export function leakageTotals(rows: readonly LeakageView[]): LeakageTotals {
  const byReason = Map.groupBy(rows, (row) => row.reason.code);
  const byModule = Map.groupBy(rows, (row) => row.module as string);
  return {
    ...sumOf(rows),
    byReason: LEAKAGE_REASONS.flatMap((key) => group(key, LEAKAGE_REASON_NAMES[key], byReason.get(key))),
    byModule: [...byModule]
      .flatMap(([key, own]) => group(key, own[0]?.moduleName ?? key, own))
      .sort((a, b) => b.units - a.units || (a.label < b.label ? -1 : 1)),
    byAge: LEAKAGE_AGES.flatMap(({ key, label, from, to }) =>
      group(
        key,
        label,
        rows.filter(({ ageDays }) => ageDays >= from && ageDays <= to),
      ),
    ),
  };
}

const group = <K extends string>(
  key: K,
  label: string,
  rows: readonly LeakageView[] | undefined,
): LeakageGroup<K>[] => (rows && rows.length > 0 ? [{ key, label, ...sumOf(rows) }] : []);

function sumOf(rows: readonly LeakageView[]): LeakageSum {
  const priced = rows.flatMap(({ amount, currency }) => (amount && currency ? [{ amount, currency }] : []));
  const units = (some: readonly LeakageView[]) => some.reduce((total, row) => total + row.units, 0);
  return {
    rows: rows.length,
    units: units(rows),
    amounts: [...Map.groupBy(priced, ({ currency }) => currency)]
      .map(([currency, own]) => ({
        currency,
        amount: sumMoney(own.map(({ amount }) => roundToCents(amount))),
      }))
      .sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    unpricedUnits: units(rows.filter((row) => row.amount === undefined)),
  };
}
