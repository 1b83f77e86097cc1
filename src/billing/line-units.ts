import { type ContractDates, periodContaining } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import type { MappedService } from '../domain/service-mapping.ts';

/** A mapping that states its share, and the days on which its contract runs. */
export interface Sharer {
  readonly mapping: MappedService;
  readonly contract: ContractDates | undefined;
}

const WHOLE = 10_000;

/** Whole hundredths of a percent: binary fractions would lose a unit here and there. */
const hundredths = ({ share = 0 }: MappedService): number => Math.round(share * 100);

const sumOf = (sharing: readonly MappedService[]): number =>
  sharing.reduce((sum, mapping) => sum + hundredths(mapping), 0);

/** Those that share a count with each other on `day`: all, or where one took over from another, those that run then. */
export function sharingOn(day: IsoDate, sharers: readonly Sharer[]): readonly MappedService[] {
  const all = sharers.map(({ mapping }) => mapping);
  if (sumOf(all) <= WHOLE) return all;
  return sharers.flatMap(({ mapping, contract }) =>
    contract && periodContaining(contract, day) ? [mapping] : [],
  );
}

/**
 * What one mapping gets of `count` when several contracts share it: whole units by percent, the remainder to the lowest
 * contract id, so that the parts always sum to the count. Where a part of the hundred percent is nobody's any more
 * (ignored on its contract), the others get no more for that. Source: product.md "Rules of billing".
 */
export function shareOf(count: number, mapping: MappedService, sharing: readonly MappedService[]): number {
  if (mapping.share === undefined) return count;
  const part = (share: number) => Math.floor((count * share) / WHOLE);
  const nobodys = Math.max(0, WHOLE - sumOf(sharing));
  const lowest = sharing.reduce((a, b) => (a.contractId <= b.contractId ? a : b), mapping);
  const parts = sharing.reduce((sum, other) => sum + part(hundredths(other)), part(nobodys));
  return part(hundredths(mapping)) + (mapping.id === lowest.id ? Math.max(0, count - parts) : 0);
}

/** Units of a line for a day's count: its share, at least the minimum. */
export const lineUnits = (count: number, mapping: MappedService, sharing: readonly MappedService[]): number =>
  atLeastMinimum(shareOf(count, mapping, sharing), mapping);

export const atLeastMinimum = (units: number, { minimum = 0 }: MappedService): number =>
  Math.max(units, minimum);
