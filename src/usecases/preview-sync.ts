import type { IsoDate } from '../domain/calendar.ts';
import { addMoney, type Money, zero } from '../domain/money.ts';
import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { Core } from './core.ts';
import { type Names, namesIn } from './names.ts';
import { readPlanInput } from './read-plan-input.ts';

export interface PlanTotal {
  readonly currency: string;
  readonly amount: Money;
  readonly monthlyAmount: Money;
}

export interface PlanPreview {
  readonly id: string;
  readonly date: IsoDate;
  readonly lines: readonly PlanLine[];
  /** What a run would change now; held lines are not in it. */
  readonly totals: readonly PlanTotal[];
  readonly names: Names;
}

/** What a run would do now, from the last counts stored. The run plans by the same function. */
export async function previewSync(core: Core): Promise<PlanPreview> {
  const snapshot = await core.store.snapshot();
  const plan = planSync(await readPlanInput(snapshot, core.clock.today()));
  return {
    id: plan.id,
    date: plan.date,
    lines: plan.lines,
    totals: planTotals(plan.lines.filter((line) => line.action !== 'held')),
    names: await namesIn(snapshot),
  };
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
