import type { IsoDate } from '../domain/calendar.ts';
import type { Exclusion } from '../domain/line-decision.ts';

/** What exclusions do to one day of a line: nothing, take the count away altogether, or subtract units from it. */
export type Excluded = { readonly all: true } | { readonly all: false; readonly units: number };

export function excludedOn(exclusions: readonly Exclusion[], day: IsoDate): Excluded {
  let units = 0;
  for (const exclusion of exclusions) {
    if (day < exclusion.from || day > exclusion.until) continue;
    if (exclusion.units === undefined) return { all: true };
    units += exclusion.units;
  }
  return { all: false, units };
}
