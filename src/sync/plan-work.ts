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
  readonly #before: ReadonlyMap<string, UnitLedger>;
  readonly #ledgers = new Map<string, UnitLedger>();
  /** Keys of a contract's ledgers. */
  readonly #ofContract = new Map<string, Set<string>>();

  constructor(index: PlanIndex) {
    this.index = index;
    this.#before = new Map(index.input.unitLedgers.map((ledger) => [ledger.id, ledger]));
    for (const ledger of index.input.unitLedgers) this.write(ledger);
  }

  /** The ledger as it stood before this plan. */
  before(id: string): UnitLedger | undefined {
    return this.#before.get(id);
  }

  ledgers(): Iterable<UnitLedger> {
    return this.#ledgers.values();
  }

  write(ledger: UnitLedger): void {
    const key = ledgerKey(ledger.contractServiceId, ledger.module, ledger.billingType);
    this.#ledgers.set(key, ledger);
    this.#ofContract.set(ledger.contractId, (this.#ofContract.get(ledger.contractId) ?? new Set()).add(key));
  }

  ledgerOf(mapping: MappedService): UnitLedger {
    return (
      this.#ledgers.get(ledgerKey(mapping.contractServiceId, mapping.module, mapping.billingType)) ??
      emptyLedger(mapping.contractId, mapping.contractServiceId, mapping.module, mapping.billingType)
    );
  }

  /** Units that the PSA held on the service before any mapping; undefined when there are none. */
  baseLedger(contractServiceId: string): UnitLedger | undefined {
    return this.#ledgers.get(ledgerKey(contractServiceId, null, null));
  }

  /** Ledgers of a billing type on any service of a contract. */
  siblings(mapping: ServiceMapping): UnitLedger[] {
    return [...(this.#ofContract.get(mapping.contractId) ?? [])]
      .flatMap((key) => this.#ledgers.get(key) ?? [])
      .filter(({ module, billingType }) => module === mapping.module && billingType === mapping.billingType);
  }
}

/** Says the same as a ledger's id, without the cost of its hash. */
const ledgerKey = (service: string, module: string | null, billingType: string | null): string =>
  `${service}\u0000${module ?? ''}\u0000${billingType ?? ''}`;

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
