import { deserialize, serialize } from 'node:v8';
import type { IsoMonth } from '../domain/calendar.ts';
import type { Snapshot } from '../ports/store.ts';
import type { ItemMonth } from '../widgets/gather-columns.ts';
import { CODED_NAMES, type Coded, type Codes, type Dictionaries, NUMBERS } from '../widgets/item-columns.ts';
import { ROLLED_UP } from '../widgets/roll-up.ts';

/** Raised whenever columns or roll-ups come to mean something else; their names are compared besides. */
const NAME = 'item-month-1';
const LAYOUT = JSON.stringify([CODED_NAMES, Object.keys(NUMBERS), ROLLED_UP]);

/** A month as the store keeps it: its codes mean places in its own dictionaries. */
interface Kept {
  readonly layout: string;
  readonly values: Readonly<Record<Coded, readonly (string | null)[]>>;
  readonly month: ItemMonth;
}

/** The month's columns and roll-up that an earlier process left in the store, in the codes of these dictionaries. */
export async function keptMonth(
  snapshot: Snapshot,
  partition: string,
  dictionaries: Dictionaries,
): Promise<ItemMonth | undefined> {
  const bytes = await snapshot.derived?.('billingItems', partition, NAME);
  if (!bytes) return undefined;
  const { layout, values, month } = deserialize(bytes) as Kept;
  if (layout !== LAYOUT || month.columns.month !== (partition as IsoMonth)) return undefined;
  const codes = new Map(
    CODED_NAMES.map((name) => [name, values[name].map((value) => dictionaries[name].codeOf(value))]),
  );
  const recoded = (name: Coded, code: number): number => codes.get(name)?.[code] ?? 0;
  return {
    columns: {
      ...month.columns,
      codes: Object.fromEntries(
        CODED_NAMES.map((name) => [name, recodedColumn(month.columns.codes[name], codes.get(name) ?? [])]),
      ) as unknown as ItemMonth['columns']['codes'],
    },
    cells: month.cells.map((cell) => ({
      ...cell,
      codes: Object.fromEntries(
        ROLLED_UP.map((name) => [name, recoded(name, cell.codes[name])]),
      ) as typeof cell.codes,
    })),
  };
}

/** Others that start later need not make it again. It may be lost at any time. */
export async function keepMonth(
  snapshot: Snapshot,
  partition: string,
  month: ItemMonth,
  dictionaries: Dictionaries,
): Promise<void> {
  if (!snapshot.derive) return;
  const values = Object.fromEntries(CODED_NAMES.map((name) => [name, dictionaries[name].values]));
  await snapshot.derive('billingItems', partition, NAME, serialize({ layout: LAYOUT, values, month }));
}

function recodedColumn(column: Codes, codes: readonly number[]): Codes {
  if (codes.every((code, at) => code === at)) return column;
  const after = new Uint32Array(column.length);
  for (let row = 0; row < column.length; row++) after[row] = codes[column[row] as number] as number;
  return after;
}
