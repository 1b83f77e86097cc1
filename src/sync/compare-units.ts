import type { BillingItem } from '../domain/billing-item.ts';
import { type BillingPeriod, periodContaining } from '../domain/billing-period.ts';
import { daysInclusive, earlier, type IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import {
  compareMoney,
  type Money,
  prorate,
  roundToCents,
  subtractMoney,
  sumMoney,
  zero,
} from '../domain/money.ts';
import type { PsaUnitRow } from '../domain/psa-units.ts';
import { type UnitLedger, unitsOn } from '../domain/unit-ledger.ts';
import { isOpen, needsPerson, type UnitPush, wantedDay } from '../domain/unit-push.ts';

/** Why what the PSA holds of a period is not what icb holds of it. A closed list. */
export const DIFFERENCE_REASONS = [
  'not-read',
  'push-queued',
  'push-unknown',
  'push-refused',
  'push-dropped',
  'push-moved',
  'period-posted',
  'price-differs',
  'changed-by-hand',
] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** Pending and posted money, and the units in force on the period's last day so far. */
export interface Side {
  readonly units: number;
  readonly pending: Money;
  readonly posted: Money;
}

/** One billing period of a contract service, in the PSA and here. */
export interface Comparison {
  readonly id: string;
  readonly contractId: Contract['id'];
  readonly contractServiceId: ContractService['id'];
  readonly period: { readonly start: IsoDate; readonly end: IsoDate };
  readonly theirs: Side;
  readonly ours: Side;
  /** Theirs less ours, in two-decimal figures. */
  readonly difference: Money;
  readonly currency: string;
  /** What is known to explain it; empty where the two agree. */
  readonly reasons: readonly { readonly code: DifferenceReason; readonly text: string }[];
}

/** What is known of one contract service. */
export interface ServiceFacts {
  readonly contract: Contract;
  readonly service: ContractService;
  readonly rows: readonly PsaUnitRow[];
  readonly items: readonly BillingItem[];
  readonly ledgers: readonly UnitLedger[];
  readonly pushes: readonly UnitPush[];
  /** The day the PSA's rows were last read; undefined before the first time. */
  readonly readOn: string | undefined;
}

/**
 * The periods of a contract service side by side: unit rows that are pending in the PSA with their price, and what it has
 * posted, against the billing items here. Only periods begun by `today`.
 */
export function compareUnits(facts: ServiceFacts, today: IsoDate): Comparison[] {
  const days = [
    ...facts.rows.map(({ start }) => start),
    ...facts.items.map(({ period }) => period.start),
  ].filter((day) => day <= today);
  const periods = new Map<IsoDate, BillingPeriod>();
  for (const day of days) {
    const period = periodContaining(facts.contract, day);
    if (period) periods.set(period.start, period);
  }
  return [...periods.values()]
    .sort((a, b) => (a.start < b.start ? -1 : 1))
    .map((period) => compared(facts, period, today));
}

function compared(facts: ServiceFacts, period: BillingPeriod, today: IsoDate): Comparison {
  const { contract, service } = facts;
  const theirs = theirSide(facts, period, today);
  const ours = ourSide(facts, period, today);
  const sum = ({ pending, posted }: Side) => sumMoney([roundToCents(pending), posted]);
  const difference = subtractMoney(sum(theirs), sum(ours));
  const differs = compareMoney(difference, zero) !== 0 || theirs.units !== ours.units;
  return {
    id: `${service.id}:${period.start}`,
    contractId: contract.id,
    contractServiceId: service.id,
    period: { start: period.start, end: period.end },
    theirs,
    ours,
    difference,
    currency: service.currency,
    reasons: differs ? reasonsOf(facts, period, theirs, ours) : [],
  };
}

/** A period's first row counts whole; each later one what it changes over the days left, as the PSA bills it. */
function theirSide({ rows, items, service }: ServiceFacts, period: BillingPeriod, today: IsoDate): Side {
  const own = rowsIn(rows, period);
  const { unitPrice } = pricesAt(service, period.start);
  const pending = own.map((row, index) => {
    if (row.postedOn !== undefined) return zero;
    const change = row.units - (own[index - 1]?.units ?? 0);
    return prorate(row.unitPrice ?? unitPrice, change, daysInclusive(row.start, period.end), period.days);
  });
  const posted = items.filter(({ psa, period: { start } }) => psa !== undefined && start === period.start);
  const last = earlier(period.end, today);
  return {
    units: own.findLast(({ start }) => start <= last)?.units ?? 0,
    pending: sumMoney(pending.map(roundToCents)),
    posted: sumMoney(posted.map(({ amount }) => amount)),
  };
}

const rowsIn = (rows: readonly PsaUnitRow[], period: BillingPeriod): PsaUnitRow[] =>
  rows
    .filter(({ start }) => period.start <= start && start <= period.end)
    .sort((a, b) => (a.start < b.start ? -1 : 1));

function ourSide({ items, ledgers }: ServiceFacts, period: BillingPeriod, today: IsoDate): Side {
  const own = items.filter(({ period: { start } }) => start === period.start);
  const of = (status: BillingItem['status']) =>
    sumMoney(own.filter((item) => item.status === status).map(({ amount }) => roundToCents(amount)));
  const last = earlier(period.end, today);
  return {
    units: ledgers.reduce((sum, { changes }) => sum + unitsOn(changes, last), 0),
    pending: of('pending'),
    posted: of('posted'),
  };
}

function reasonsOf(
  { rows, pushes, service, readOn }: ServiceFacts,
  period: BillingPeriod,
  theirs: Side,
  ours: Side,
): Comparison['reasons'] {
  const own = rowsIn(rows, period);
  const reasons = new Map<DifferenceReason, string>();
  const add = (code: DifferenceReason, text: string) => {
    if (!reasons.has(code)) reasons.set(code, text);
  };
  if (readOn === undefined || readOn < period.start)
    add('not-read', 'No units of this period have been read from the PSA yet.');
  for (const push of pushes.filter((each) => wantedDay(each) <= period.end)) {
    const { state } = push;
    const change = `${push.change > 0 ? '+' : ''}${push.change} from ${wantedDay(push)}`;
    if (isOpen(push)) add('push-queued', `A change of ${change} is on its way to the PSA.`);
    else if (needsPerson(push) && state.status === 'unknown')
      add('push-unknown', `Nobody knows whether the PSA took a change of ${change}.`);
    else if (needsPerson(push) && state.status === 'refused')
      add('push-refused', `The PSA refused a change of ${change}: ${state.text}`);
    else if (state.status === 'settled' && state.as === 'dropped')
      add('push-dropped', `${state.by.name} left out a change of ${change}: ${state.reason}`);
    // The days between concern the periods they lie in.
    if (push.unbilled && state.status !== 'refused' && push.effectiveDate > period.start) {
      const { amount, currency, reason } = push.unbilled;
      const told = `A change of ${change} counts in the PSA from ${push.effectiveDate}; ${roundToCents(amount)} ${currency} of it is never billed there.`;
      add(reason === 'period-posted' ? 'period-posted' : 'push-moved', told);
    }
  }
  const price = pricesAt(service, period.start).unitPrice;
  const other = own.find(({ unitPrice }) => unitPrice !== undefined && unitPrice !== price);
  if (other) add('price-differs', `The PSA charges ${other.unitPrice} a unit where ${price} is known here.`);
  if (reasons.size === 0)
    add(
      'changed-by-hand',
      theirs.units === ours.units
        ? 'Units were changed in the PSA on other days than here.'
        : `The PSA holds ${theirs.units} units where ${ours.units} are in force here: they were changed there by hand.`,
    );
  return [...reasons].map(([code, text]) => ({ code, text }));
}
