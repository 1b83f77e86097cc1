import { fieldSums } from './column-sums.ts';
import type { Coded, Codes, ItemColumns } from './item-columns.ts';
import type { Field } from './measure.ts';
import type { Tally } from './tally.ts';
import { FIELDS } from './widget-definition.ts';

/** What most widgets group and filter by; a month of tens of thousands of items has a few hundred such cells. */
export const ROLLED_UP = ['module', 'billingType', 'status', 'kind', 'currency'] as const satisfies Coded[];
export type RolledUp = (typeof ROLLED_UP)[number];

/** The items that agree in all of `ROLLED_UP`. */
export interface RollUpCell {
  readonly codes: Readonly<Record<RolledUp, number>>;
  readonly count: number;
  readonly tallies: Readonly<Record<Field, Tally>>;
}

function largest(codes: Codes): number {
  let most = 0;
  for (const code of codes) if (code > most) most = code;
  return most;
}

/** The month's columns summed up once, so that a widget adds hundreds of cells instead of tens of thousands of items. */
export function rollUp(columns: ItemColumns): RollUpCell[] {
  const slots = new Map<number, number>();
  const firsts: number[] = [];
  const counts: number[] = [];
  const sums = FIELDS.map((field) => ({ field, sums: fieldSums(field, columns) }));
  const columnsOf = ROLLED_UP.map((name) => columns.codes[name]);
  const size = columnsOf.map((column) => largest(column) + 1);
  for (let row = 0; row < columns.length; row++) {
    let id = 0;
    for (let i = 0; i < columnsOf.length; i++)
      id = id * (size[i] as number) + (columnsOf[i]?.[row] as number);
    let slot = slots.get(id);
    if (slot === undefined) {
      slot = slots.size;
      slots.set(id, slot);
      firsts.push(row);
      counts.push(0);
    }
    counts[slot] = (counts[slot] as number) + 1;
    for (const each of sums) each.sums.add(slot, row);
  }
  return firsts.map((row, slot) => ({
    codes: Object.fromEntries(ROLLED_UP.map((name) => [name, columns.codes[name][row]])) as Record<
      RolledUp,
      number
    >,
    count: counts[slot] as number,
    tallies: Object.fromEntries(sums.map((each) => [each.field, each.sums.tally(slot)])) as Record<
      Field,
      Tally
    >,
  }));
}
