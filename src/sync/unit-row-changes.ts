import type { IsoDate } from '../domain/calendar.ts';
import type { PsaUnitRow } from '../domain/psa-units.ts';
import { same } from '../domain/same.ts';
import type { PsaUnits } from '../ports/psa.ts';

/**
 * What unit rows just read change in those kept. Rows that reach `from` or later were asked for, so that such a row which
 * is not among them is gone.
 * @param services contract services of the book; rows of others are nobody's here
 */
export function unitRowChanges(
  known: readonly PsaUnitRow[],
  read: readonly PsaUnits[],
  from: IsoDate,
  services: ReadonlySet<string>,
): { readonly put: PsaUnitRow[]; readonly remove: PsaUnitRow[] } {
  const before = new Map(known.map((row) => [row.id, row]));
  const after = new Map(
    read.filter((row) => services.has(row.contractServiceId)).map((row) => [row.id, row]),
  );
  const moved = (row: PsaUnitRow) =>
    (after.get(row.id)?.start ?? row.start).slice(0, 7) !== row.start.slice(0, 7);
  return {
    put: [...after.values()].filter((row) => !same(before.get(row.id), row)),
    remove: known.filter((row) => row.end >= from && (!after.has(row.id) || moved(row))),
  };
}
