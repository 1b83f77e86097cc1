import { divided, fromScaled, shareInCents, toScaled } from '../exact.ts';
import { daysBetween, type Period } from './periods.ts';

/** One adjustment, as it changes a contract service from a day on. */
export interface Change {
  readonly adjustmentId: number;
  readonly effectiveDate: string;
  readonly unitChange: number;
  readonly unitPrice?: number;
  readonly unitCost?: number;
}

/** A contract service with its history of units and prices. Money is in the customer's currency. */
export interface Line {
  readonly contractServiceId: number;
  readonly contractId: number;
  readonly serviceId: number;
  /** First day with rows of units. */
  readonly from: string;
  readonly units: number;
  unitPrice: number;
  unitCost: number;
  /** In the order of their days, at most one a day. */
  readonly changes: Change[];
}

/** Days of one period with the same units and price: what becomes a row of ContractServiceUnits. */
export interface Segment {
  readonly period: Period;
  readonly start: string;
  readonly end: string;
  readonly units: number;
  readonly unitPrice: number;
  readonly unitCost: number;
  /** What was in force before, where an adjustment splits the period here. */
  readonly split?: { readonly change: Change; readonly before: Force };
}

interface Force {
  readonly units: number;
  readonly unitPrice: number;
  readonly unitCost: number;
}

/** What is in force on a day. */
export function forceOn(line: Line, date: string): Force {
  const reached = line.changes.filter((change) => change.effectiveDate <= date);
  return {
    units: reached.reduce((sum, change) => sum + change.unitChange, date < line.from ? 0 : line.units),
    unitPrice: reached.findLast((change) => change.unitPrice !== undefined)?.unitPrice ?? line.unitPrice,
    unitCost: reached.findLast((change) => change.unitCost !== undefined)?.unitCost ?? line.unitCost,
  };
}

/** The rows of a line over these periods: one a period, and one more from each adjustment inside it. */
export function segmentsOf(line: Line, periods: readonly Period[]): Segment[] {
  return periods.flatMap((period) => {
    if (period.end < line.from) return [];
    const splits = line.changes.filter(
      ({ effectiveDate }) => effectiveDate > period.start && effectiveDate <= period.end,
    );
    const first = period.start < line.from ? [] : [period.start];
    const starts = [...first, ...splits.map((change) => change.effectiveDate)];
    return starts.map((start, i) => {
      const next = starts[i + 1];
      const change = splits[i - first.length];
      return {
        period,
        start,
        end: next === undefined ? period.end : before(next),
        ...forceOn(line, start),
        ...(change === undefined ? {} : { split: { change, before: forceOn(line, before(start)) } }),
      };
    });
  });
}

const before = (date: string): string => Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();

/** What a segment comes to when posted. */
export interface Charge {
  /** Signed for an adjustment. */
  readonly quantity: number;
  readonly rate: number;
  /** Rounded to cents, half away from zero. */
  readonly price: number;
  readonly cost: number;
}

/**
 * A period's first segment is charged for the whole period with the units then in force; a later one for what its
 * adjustment changes over the days left. Undefined where there is nothing to charge.
 */
export function chargeOf(segment: Segment): Charge | undefined {
  const { period, split, units, unitPrice, unitCost } = segment;
  const earlier = split?.before ?? { units: 0, unitPrice: 0, unitCost: 0 };
  const change = (now: number, then: number) =>
    toScaled(now) * BigInt(units) - toScaled(then) * BigInt(earlier.units);
  const price = change(unitPrice, earlier.unitPrice);
  const cost = change(unitCost, earlier.unitCost);
  const quantity = units - earlier.units;
  if (quantity === 0 && price === 0n && cost === 0n) return undefined;
  const days = daysBetween(segment.start, period.end);
  return {
    quantity,
    rate: unitPrice,
    price: shareInCents(price, days, period.days),
    cost: fromScaled(divided(cost * BigInt(days), BigInt(period.days))),
  };
}
