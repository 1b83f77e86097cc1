import { type ItemColumns, UNKNOWN } from './item-columns.ts';
import type { Field } from './measure.ts';
import { NO_TALLY, type Tally } from './tally.ts';

/** Sums of one field by slot, in whole numbers; a month's are exact (see `columnsBuilder`). */
export interface FieldSums {
  add(slot: number, row: number): void;
  tally(slot: number): Tally;
}

type Reader = (row: number) => number;

function readerOf(field: Field, { numbers }: ItemColumns): Reader {
  if (field === 'count') return () => 1;
  if (field !== 'margin') {
    const column = numbers[field];
    return (row) => column[row] as number;
  }
  const { amount, cost } = numbers;
  return (row) => (cost[row] === UNKNOWN ? UNKNOWN : (amount[row] as number) - (cost[row] as number));
}

export function fieldSums(field: Field, columns: ItemColumns): FieldSums {
  const value = readerOf(field, columns);
  const counts: number[] = [];
  const sums: number[] = [];
  const least: number[] = [];
  const most: number[] = [];
  return {
    add(slot, row) {
      const figure = value(row);
      if (figure === UNKNOWN) return;
      const count = counts[slot];
      if (count === undefined) {
        counts[slot] = 1;
        sums[slot] = figure;
        least[slot] = figure;
        most[slot] = figure;
        return;
      }
      counts[slot] = count + 1;
      sums[slot] = (sums[slot] as number) + figure;
      if (figure < (least[slot] as number)) least[slot] = figure;
      if (figure > (most[slot] as number)) most[slot] = figure;
    },
    tally(slot) {
      const count = counts[slot];
      if (count === undefined) return NO_TALLY;
      const exact = (of: readonly number[]): bigint => BigInt(of[slot] as number);
      return { count, sum: exact(sums), least: exact(least), most: exact(most) };
    },
  };
}
