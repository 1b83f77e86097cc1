import { addMoney, type Money, zero } from '../domain/money.ts';
import type { PlanLine } from '../domain/plan.ts';

export interface PlanTotal {
  readonly currency: string;
  readonly amount: Money;
  readonly monthlyAmount: Money;
}

/** Sums per currency of what lines change; currencies are never added together. */
export function planTotals(lines: readonly PlanLine[]): PlanTotal[] {
  const totals = new Map<string, PlanTotal>();
  for (const { currency, amount, monthlyAmount } of lines) {
    const so = totals.get(currency) ?? { currency, amount: zero, monthlyAmount: zero };
    totals.set(currency, {
      currency,
      amount: addMoney(so.amount, amount),
      monthlyAmount: addMoney(so.monthlyAmount, monthlyAmount),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
