import type { BillingItem } from '../domain/billing-item.ts';
import { type IsoMonth, monthOf } from '../domain/calendar.ts';
import { type Money, tenThousandthsNumber } from '../domain/money.ts';
import type { Field } from './measure.ts';

/** Text columns, each value as its number in the column's dictionary. */
export const CODED = {
  organization: (item) => item.organizationId,
  contract: (item) => item.contractId,
  service: (item) => item.service,
  module: (item) => item.module,
  billingType: (item) => item.billingType,
  status: (item) => item.status,
  kind: (item) => item.kind,
  currency: (item) => item.currency,
} as const satisfies Record<string, (item: BillingItem) => string | null>;
export type Coded = keyof typeof CODED;
export const CODED_NAMES = Object.keys(CODED) as Coded[];

/** Of one text column: its values in the order they came. Shared by all months, so that codes mean the same in each. */
export interface Dictionary {
  readonly values: readonly (string | null)[];
  codeOf(value: string | null): number;
}
export type Dictionaries = Readonly<Record<Coded, Dictionary>>;

function dictionary(): Dictionary {
  const values: (string | null)[] = [];
  const codes = new Map<string | null, number>();
  return {
    values,
    codeOf(value) {
      const known = codes.get(value);
      if (known !== undefined) return known;
      codes.set(value, values.length);
      return values.push(value) - 1;
    },
  };
}

export const newDictionaries = (): Dictionaries =>
  Object.fromEntries(CODED_NAMES.map((name) => [name, dictionary()])) as unknown as Dictionaries;

/** Half away from zero, as `roundToCents`; in ten-thousandths. */
const cents = (value: number): number => Math.sign(value) * Math.floor((Math.abs(value) + 50) / 100) * 100;

const unlessUnknown = (amount: Money | undefined): number =>
  amount === undefined ? UNKNOWN : tenThousandthsNumber(amount);

/** No figure: an item whose cost nobody knows. */
export const UNKNOWN = Number.NEGATIVE_INFINITY;

/** The figures of `partOf` as whole numbers; `NaN` where one is too large to be exact. */
export const NUMBERS = {
  amount: (item) => cents(tenThousandthsNumber(item.amount)),
  cost: (item) => (item.cost === undefined ? UNKNOWN : cents(tenThousandthsNumber(item.cost))),
  units: (item) => (Number.isSafeInteger(item.units) ? item.units : Number.NaN),
  unitPrice: (item) => tenThousandthsNumber(item.unitPrice),
  unitCost: (item) => unlessUnknown(item.unitCost),
} as const satisfies Partial<Record<Field, (item: BillingItem) => number>>;
export type Numbered = keyof typeof NUMBERS;
const NUMBERED_NAMES = Object.keys(NUMBERS) as Numbered[];

export type Codes = Uint8Array | Uint16Array | Uint32Array;

/** The billing items of one month, a column per property: some 50 bytes an item, and quick to sum. */
export interface ItemColumns {
  readonly month: IsoMonth;
  readonly length: number;
  readonly codes: Readonly<Record<Coded, Codes>>;
  readonly numbers: Readonly<Record<Numbered, Float64Array>>;
}

const narrowest = (codes: Uint32Array, values: number): Codes =>
  values <= 0x100 ? Uint8Array.from(codes) : values <= 0x1_0000 ? Uint16Array.from(codes) : codes;

/** A year's worth of any sum of a month stays exact below this. */
const EXACT = Number.MAX_SAFE_INTEGER;

export interface ColumnsBuilder {
  add(item: BillingItem): void;
  /** Undefined where sums of these figures might not be exact: such items are summed one by one. */
  finish(): ItemColumns | undefined;
}

/** Columns of so many items of one month, which are added one by one. */
export function columnsBuilder(month: string, length: number, dictionaries: Dictionaries): ColumnsBuilder {
  const codes = CODED_NAMES.map((name) => ({ name, column: new Uint32Array(length) }));
  const numbers = NUMBERED_NAMES.map((name) => ({ name, column: new Float64Array(length) }));
  let at = 0;
  let largest = 0;
  return {
    add(item) {
      for (const { name, column } of codes) column[at] = dictionaries[name].codeOf(CODED[name](item));
      for (const { name, column } of numbers) {
        const value = NUMBERS[name](item);
        column[at] = value;
        // A margin may be as large as an amount and a cost together.
        if (value !== UNKNOWN) largest = Math.max(largest, 2 * Math.abs(value));
      }
      at += 1;
    },
    finish() {
      // `NaN` compares as false.
      if (!(largest * length < EXACT)) return undefined;
      return {
        month: month as IsoMonth,
        length,
        codes: Object.fromEntries(
          codes.map(({ name, column }) => [name, narrowest(column, dictionaries[name].values.length)]),
        ) as unknown as ItemColumns['codes'],
        numbers: Object.fromEntries(
          numbers.map(({ name, column }) => [name, column]),
        ) as unknown as ItemColumns['numbers'],
      };
    },
  };
}

/** The columns of items that are at hand, by month; undefined where sums might not be exact. */
export function columnsOf(
  items: readonly BillingItem[],
  dictionaries: Dictionaries,
): ItemColumns[] | undefined {
  const months = Map.groupBy(items, (item) => monthOf(item.period.start));
  const made = Array.from(months, ([month, own]) => {
    const builder = columnsBuilder(month, own.length, dictionaries);
    for (const item of own) builder.add(item);
    return builder.finish();
  });
  return made.every((columns) => columns !== undefined) ? made : undefined;
}
