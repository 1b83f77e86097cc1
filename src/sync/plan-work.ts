import { type BillingPeriod, daysLeft, periodContaining } from '../domain/billing-period.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { type Contract, type ContractService, pricesAt } from '../domain/contract.ts';
import { type Money, prorate, sumMoney } from '../domain/money.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { changesByDate, type UnitChange, type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import type { PlanIndex } from './plan-input.ts';

/** Unit ledgers while a plan is being made: those of the input, and what the plan does to them. */
export class PlanWork {
  readonly index: PlanIndex;
  readonly #ledgers = new Map<string, UnitLedger>();
  /** Ids of the ledgers of one billing type on one contract, whichever service they are on. */
  readonly #siblings = new Map<string, Set<string>>();

  constructor(index: PlanIndex) {
    this.index = index;
    for (const ledger of index.input.unitLedgers) this.write(ledger);
  }

  ledgers(): Iterable<UnitLedger> {
    return this.#ledgers.values();
  }

  write(ledger: UnitLedger): void {
    this.#ledgers.set(ledger.id, ledger);
    const key = siblingKey(ledger);
    this.#siblings.set(key, (this.#siblings.get(key) ?? new Set()).add(ledger.id));
  }

  ledgerOf(mapping: MappedService): UnitLedger {
    return (
      this.#ledgers.get(unitLedgerId(mapping.contractServiceId, mapping.module, mapping.billingType)) ??
      emptyLedger(mapping.contractId, mapping.contractServiceId, mapping.module, mapping.billingType)
    );
  }

  /** Units that the PSA held on the service before any mapping; undefined when there are none. */
  baseLedger(contractServiceId: string): UnitLedger | undefined {
    return this.#ledgers.get(unitLedgerId(contractServiceId, null, null));
  }

  /** Ledgers of a billing type on any service of a contract. */
  siblings(mapping: ServiceMapping): UnitLedger[] {
    return [...(this.#siblings.get(siblingKey(mapping)) ?? [])].flatMap((id) => this.#ledgers.get(id) ?? []);
  }
}

const siblingKey = ({
  contractId,
  module,
  billingType,
}: Pick<UnitLedger, 'contractId' | 'module' | 'billingType'>) =>
  JSON.stringify([contractId, module, billingType]);

export const emptyLedger = (
  contractId: UnitLedger['contractId'],
  contractServiceId: UnitLedger['contractServiceId'],
  module: UnitLedger['module'],
  billingType: UnitLedger['billingType'],
): UnitLedger => ({
  id: unitLedgerId(contractServiceId, module, billingType),
  contractId,
  contractServiceId,
  module,
  billingType,
  changes: [],
});

/** Net difference between two states of a ledger, per effective date. */
export function ledgerDifference(
  before: readonly UnitChange[],
  after: readonly UnitChange[],
): Map<IsoDate, number> {
  const undo = before.map((change) => ({ ...change, units: -change.units }));
  return changesByDate([...undo, ...after]);
}

/** Money of unit changes, each prorated over the period it falls in; four decimals. */
export function moneyOf(
  difference: ReadonlyMap<IsoDate, number>,
  contract: Contract,
  service: ContractService,
): Money {
  const amounts = [...difference].map(([date, units]) => {
    const period = periodContaining(contract, date) as BillingPeriod;
    return prorate(pricesAt(service, period.start).unitPrice, units, daysLeft(period, date), period.days);
  });
  return sumMoney(amounts);
}
