import type { BillingItem } from '../domain/billing-item.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import { type ModuleOnContract, moduleOnContract } from './line-reasons.ts';
import type { PlanIndex } from './plan-input.ts';

/** A unit ledger in a plan: as the input has it, if it does, and what the plan has made of it so far. */
export interface LedgerInPlan {
  readonly before: UnitLedger | undefined;
  now: UnitLedger;
}

/** What is known of one contract service. */
interface OnService {
  /** Undefined: it is no longer in the PSA. */
  readonly service: ContractService | undefined;
  ledgers: LedgerInPlan[] | undefined;
  items: BillingItem[] | undefined;
}

/**
 * One contract while it is being planned: what stands on its services, and what the plan does to their unit ledgers.
 * Nothing of a contract depends on another's ledgers or items, so a plan is made contract by contract.
 */
export class PlanWork {
  readonly index: PlanIndex;
  readonly contract: Contract;
  /** In the order of the input; new ones follow. */
  readonly ledgers: LedgerInPlan[] = [];
  readonly #onServices = new Map<string, OnService>();
  readonly #modules = new Map<string, ModuleOnContract>();

  constructor(index: PlanIndex, contract: Contract) {
    this.index = index;
    this.contract = contract;
    for (const service of index.services.get(contract.id) ?? [])
      this.#onServices.set(service.id, { service, ledgers: undefined, items: undefined });
    for (const ledger of index.unitLedgers.get(contract.id) ?? []) this.#add({ before: ledger, now: ledger });
    for (const item of index.billingItems.get(contract.id) ?? []) {
      const on = this.#on(item.contractServiceId);
      if (on.items) on.items.push(item);
      else on.items = [item];
    }
  }

  service(id: string): ContractService | undefined {
    return this.#onServices.get(id)?.service;
  }

  /** What the contract's lines of one module have in common. */
  module(id: ServiceMapping['module']): ModuleOnContract {
    const known = this.#modules.get(id);
    if (known) return known;
    const module = moduleOnContract(this.index, this.contract, id);
    this.#modules.set(id, module);
    return module;
  }

  items(contractServiceId: string): readonly BillingItem[] {
    return this.#onServices.get(contractServiceId)?.items ?? [];
  }

  write(ledger: UnitLedger): void {
    const known = this.#find(ledger.contractServiceId, ledger.module, ledger.billingType);
    if (known) known.now = ledger;
    else this.#add({ before: undefined, now: ledger });
  }

  ledgerOf({ contractId, contractServiceId, module, billingType }: MappedService): UnitLedger {
    const known = this.#find(contractServiceId, module, billingType);
    return known?.now ?? emptyLedger(contractId, contractServiceId, module, billingType);
  }

  /** Units that the PSA held on the service before any mapping; undefined when there are none. */
  baseLedger(contractServiceId: string): UnitLedger | undefined {
    return this.#find(contractServiceId, null, null)?.now;
  }

  /** Ledgers of a billing type on any service of the contract. */
  siblings({ module, billingType }: ServiceMapping): UnitLedger[] {
    return this.ledgers
      .map(({ now }) => now)
      .filter((ledger) => ledger.module === module && ledger.billingType === billingType);
  }

  #find(contractServiceId: string, module: string | null, billingType: string | null) {
    return this.#onServices
      .get(contractServiceId)
      ?.ledgers?.find(({ now }) => now.billingType === billingType && now.module === module);
  }

  #add(ledger: LedgerInPlan): void {
    const on = this.#on(ledger.now.contractServiceId);
    if (on.ledgers) on.ledgers.push(ledger);
    else on.ledgers = [ledger];
    this.ledgers.push(ledger);
  }

  #on(contractServiceId: string): OnService {
    const known = this.#onServices.get(contractServiceId);
    if (known) return known;
    const on = { service: undefined, ledgers: undefined, items: undefined };
    this.#onServices.set(contractServiceId, on);
    return on;
  }
}

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
