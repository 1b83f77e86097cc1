import { fromTenThousandths, type Money, prorate, tenThousandths } from '../domain/money.ts';
import { type Figure, isMoneyField, type Measure } from './measure.ts';

/**
 * What several items' figures of one field come to, whichever way they are to be put together: tallies of parts make
 * the tally of the whole. Money in ten-thousandths, units and counts as they are.
 */
export interface Tally {
  /** Known figures only. */
  readonly count: number;
  readonly sum: bigint;
  /** Of no figures both are zero. */
  readonly least: bigint;
  readonly most: bigint;
}

export const NO_TALLY: Tally = { count: 0, sum: 0n, least: 0n, most: 0n };

export function addTallies(a: Tally, b: Tally): Tally {
  if (a.count === 0) return b;
  if (b.count === 0) return a;
  return {
    count: a.count + b.count,
    sum: a.sum + b.sum,
    least: a.least < b.least ? a.least : b.least,
    most: a.most > b.most ? a.most : b.most,
  };
}

export const sumTallies = (tallies: Iterable<Tally>): Tally => {
  let sum = NO_TALLY;
  for (const tally of tallies) sum = addTallies(sum, tally);
  return sum;
};

const exact = (figure: Figure): bigint =>
  typeof figure === 'string' ? tenThousandths(figure) : BigInt(figure);

export function tallyOf(figures: Iterable<Figure>): Tally {
  let [count, sum, least, most] = [0, 0n, 0n, 0n];
  for (const figure of figures) {
    const value = exact(figure);
    sum += value;
    if (count === 0 || value < least) least = value;
    if (count === 0 || value > most) most = value;
    count += 1;
  }
  return { count, sum, least, most };
}

/** Money at four decimals, units and counts at two, half away from zero. */
function average(money: boolean, { sum, count }: Tally): Figure {
  return money
    ? prorate(fromTenThousandths(sum), 1, 1, count)
    : Math.round((Number(sum) / count) * 100) / 100;
}

/** The figure a measure shows of a tally; undefined where there is none: no item has no average, but a sum of zero. */
export function figureOf({ field, aggregate }: Measure, tally: Tally): Figure | undefined {
  const money = isMoneyField(field);
  const figure = (value: bigint): Money | number => (money ? fromTenThousandths(value) : Number(value));
  if (aggregate === 'sum') return figure(tally.sum);
  if (aggregate === 'count') return tally.count;
  if (tally.count === 0) return undefined;
  if (aggregate === 'average') return average(money, tally);
  return figure(aggregate === 'maximum' ? tally.most : tally.least);
}
