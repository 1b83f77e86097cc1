import type { Key } from './axis.ts';
import type { BillingItemFilter } from './billing-item-filter.ts';
import { columnFilter } from './column-filter.ts';
import { fieldSums } from './column-sums.ts';
import { type Bucket, bucketId } from './gather-items.ts';
import { dateKey } from './heading.ts';
import type { Coded, Dictionaries, ItemColumns } from './item-columns.ts';
import type { Field } from './measure.ts';
import { ROLLED_UP, type RolledUp, type RollUpCell } from './roll-up.ts';
import { addTallies, type Tally } from './tally.ts';
import { type Dimension, isDate } from './widget-definition.ts';

/** One month of billing items, as columns and summed up. */
export interface ItemMonth {
  readonly columns: ItemColumns;
  readonly cells: readonly RollUpCell[];
}

export interface Gatherer {
  /** Whether cells were enough: then a month takes microseconds, else milliseconds. */
  readonly rolledUp: boolean;
  add(month: ItemMonth): void;
  buckets(): Bucket[];
}

const isRolledUp = (column: Coded): column is RolledUp => (ROLLED_UP as readonly Coded[]).includes(column);

interface Part {
  readonly codes: readonly number[];
  readonly currency: number;
  readonly count: number;
  readonly tallies: readonly Tally[];
}

/** Buckets of items month by month, the same that `gatherItems` makes of the items all filters let through. */
export function gatherColumns(
  dictionaries: Dictionaries,
  filters: readonly BillingItemFilter[],
  by: readonly Dimension[],
  fields: readonly Field[],
): Gatherer {
  const compiled = filters.map((filter) => columnFilter(filter, dictionaries));
  const tests = compiled.flatMap((filter) => filter.codes);
  const limits = compiled.flatMap((filter) => filter.numbers);
  const coded = by.filter((dimension) => !isDate(dimension)) as Coded[];
  const rolledUp =
    limits.length === 0 && tests.every((test) => isRolledUp(test.column)) && coded.every(isRolledUp);
  const buckets = new Map<string, Bucket>();

  function* fromCells(cells: readonly RollUpCell[]): Generator<Part> {
    for (const { codes, count, tallies } of cells) {
      const passes = tests.every(({ column, mask }) => mask[codes[column as RolledUp]] === 1);
      if (!passes) continue;
      yield {
        codes: coded.map((column) => codes[column as RolledUp]),
        currency: codes.currency,
        count,
        tallies: fields.map((field) => tallies[field]),
      };
    }
  }

  function* fromColumns(columns: ItemColumns): Generator<Part> {
    const masked = tests.map(({ column, mask }) => ({ codes: columns.codes[column], mask }));
    const limited = limits.map((limit) => ({ ...limit, values: columns.numbers[limit.column] }));
    const grouped = [...coded, 'currency' as const].map((column) => columns.codes[column]);
    const sizes = [...coded, 'currency' as const].map((column) => dictionaries[column].values.length);
    const sums = fields.map((field) => fieldSums(field, columns));
    const slots = new Map<number, number>();
    const firsts: number[] = [];
    const counts: number[] = [];
    rows: for (let row = 0; row < columns.length; row++) {
      for (const { codes, mask } of masked) if (mask[codes[row] as number] !== 1) continue rows;
      for (const { values, least, most } of limited) {
        const value = values[row] as number;
        if (value < least || value > most) continue rows;
      }
      let id = 0;
      for (let i = 0; i < grouped.length; i++) id = id * (sizes[i] as number) + (grouped[i]?.[row] as number);
      let slot = slots.get(id);
      if (slot === undefined) {
        slot = firsts.push(row) - 1;
        slots.set(id, slot);
        counts.push(0);
      }
      counts[slot] = (counts[slot] as number) + 1;
      for (const sum of sums) sum.add(slot, row);
    }
    for (const [slot, row] of firsts.entries())
      yield {
        codes: coded.map((column) => columns.codes[column][row] as number),
        currency: columns.codes.currency[row] as number,
        count: counts[slot] as number,
        tallies: sums.map((sum) => sum.tally(slot)),
      };
  }

  function keysOf(codes: readonly number[], month: string): Key[] {
    let at = 0;
    return by.map((dimension) => {
      if (isDate(dimension)) return dateKey(dimension, month);
      const column = dimension as Coded;
      return dictionaries[column].values[codes[at++] as number] ?? null;
    });
  }

  return {
    rolledUp,
    add({ columns, cells }) {
      const { month } = columns;
      if (!compiled.every(({ from, to }) => from <= month && month <= to)) return;
      for (const part of rolledUp ? fromCells(cells) : fromColumns(columns)) {
        const keys = keysOf(part.codes, month);
        const currency = dictionaries.currency.values[part.currency] ?? '';
        const id = bucketId(currency, keys);
        const before = buckets.get(id);
        const tallies = before
          ? part.tallies.map((tally, i) => addTallies(before.tallies[i] as Tally, tally))
          : part.tallies;
        buckets.set(id, { keys, currency, count: (before?.count ?? 0) + part.count, tallies });
      }
    },
    buckets: () => [...buckets.values()],
  };
}
