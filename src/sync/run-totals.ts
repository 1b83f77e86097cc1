import type { BillingItem } from '../domain/billing-item.ts';
import { periodContaining } from '../domain/billing-period.ts';
import { monthOf } from '../domain/calendar.ts';
import { pricesAt } from '../domain/contract.ts';
import { addMoney, compareMoney, roundToCents, sumMoney, times, zero } from '../domain/money.ts';
import type { RunTotal } from '../domain/sync-run.ts';
import { unitsOn } from '../domain/unit-ledger.ts';
import type { PlanInput } from './plan-input.ts';
import type { Plan } from './plan-sync.ts';

/**
 * What everything comes to once the plan is executed, a row a currency: the items of the month's periods, and the units
 * in force with their price for a whole period.
 * @param ofMonth the items of periods that begin in the month of the plan's day, as they were before it
 */
export function runTotals(input: PlanInput, plan: Plan, ofMonth: readonly BillingItem[]): RunTotal[] {
  const totals = new Map<string, RunTotal>();
  const add = (currency: string, more: Pick<RunTotal, 'month' | 'units' | 'monthly'>) => {
    const so = totals.get(currency) ?? { currency, month: zero, units: 0, monthly: zero };
    totals.set(currency, {
      currency,
      month: addMoney(so.month, more.month),
      units: so.units + more.units,
      monthly: addMoney(so.monthly, more.monthly),
    });
  };
  const items = [...itemsAfter(plan, ofMonth)];
  for (const { currency, amount } of items)
    add(currency, { month: roundToCents(amount), units: 0, monthly: zero });
  for (const { currency, units, monthly } of unitsInForce(input, plan))
    add(currency, { month: zero, units, monthly });
  const byCurrency = Map.groupBy(items, (item) => item.currency as string);
  return [...totals.values()]
    .map((total) => ({ ...total, modules: moduleTotals(byCurrency.get(total.currency) ?? []) }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Two-decimal figures of items of one currency, most money first. */
export const moduleTotals = (items: readonly BillingItem[]): NonNullable<RunTotal['modules']> =>
  [...Map.groupBy(items, (item) => item.module)]
    .map(([module, own]) => ({ module, month: sumMoney(own.map(({ amount }) => roundToCents(amount))) }))
    .sort((a, b) => compareMoney(b.month, a.month));

function itemsAfter({ date, items }: Plan, before: readonly BillingItem[]): Iterable<BillingItem> {
  const month = monthOf(date);
  const after = new Map(before.map((item) => [item.id, item]));
  for (const { id } of items.remove) after.delete(id);
  for (const item of items.put) if (monthOf(item.period.start) === month) after.set(item.id, item);
  return after.values();
}

function unitsInForce({ contracts, contractServices, unitLedgers }: PlanInput, plan: Plan) {
  const contractOf = new Map(contracts.map((contract) => [contract.id, contract]));
  const serviceOf = new Map(contractServices.map((service) => [service.id, service]));
  const after = new Map([...unitLedgers, ...plan.ledgers].map((ledger) => [ledger.id, ledger]));
  return [...after.values()].flatMap(({ contractId, contractServiceId, changes }) => {
    const contract = contractOf.get(contractId);
    const service = serviceOf.get(contractServiceId);
    const period = contract && periodContaining(contract, plan.date);
    if (!service || !period) return [];
    const units = unitsOn(changes, plan.date);
    return [
      { currency: service.currency, units, monthly: times(pricesAt(service, period.start).unitPrice, units) },
    ];
  });
}
