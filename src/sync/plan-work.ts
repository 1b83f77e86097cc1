import type { BillingItem } from '../domain/billing-item.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import { type ModuleOnContract, moduleOnContract } from './line-reasons.ts';
import type { OnContract, PlanIndex } from './plan-input.ts';

/** A unit ledger in a plan: as the input has it, if it does, and what the plan has made of it so far. */
export interface LedgerInPlan {
  readonly before: UnitLedger | undefined;
  now: UnitLedger;
  readonly on: OnService;
}

/** What is known of one contract service. */
export interface OnService {
  /** Undefined: it is no longer in the PSA. */
  readonly service: ContractService | undefined;
  ledgers: LedgerInPlan[];
  items: BillingItem[];
}

/** Most services have one ledger and one or two items: lists are made when there is something to hold. */
const NO_LEDGERS: LedgerInPlan[] = [];
const NO_ITEMS: BillingItem[] = [];

/**
 * One contract while it is being planned: what stands on its services, and what the plan does to their unit ledgers.
 * Nothing of a contract depends on another's ledgers or items, so a plan is made contract by contract.
 */
export class PlanWork {
  readonly index: PlanIndex;
  readonly contract: Contract;
  readonly mappings: readonly ServiceMapping[];
  /** How many services it has in the PSA. */
  readonly serviceCount: number;
  /** In the order of the input; new ones follow. */
  readonly ledgers: LedgerInPlan[] = [];
  /** Services of the PSA, and those that are no longer there. */
  readonly services: OnService[] = [];
  readonly #byId = new Map<string, OnService>();
  readonly #modules = new Map<string, ModuleOnContract>();
  #last: ModuleOnContract | undefined;

  constructor(index: PlanIndex, contract: Contract, known: OnContract) {
    this.index = index;
    this.contract = contract;
    this.mappings = known.serviceMappings;
    this.serviceCount = known.services.length;
    for (const service of known.services) this.#addService(service.id, service);
    for (const ledger of known.unitLedgers) this.#add(ledger, ledger);
    for (const item of known.billingItems) {
      const on = this.#on(item.contractServiceId);
      if (on.items === NO_ITEMS) on.items = [item];
      else on.items.push(item);
    }
  }

  onService(id: string): OnService | undefined {
    return this.#byId.get(id);
  }

  service(id: string): ContractService | undefined {
    return this.#byId.get(id)?.service;
  }

  /** What the contract's lines of one module have in common. */
  module(id: ServiceMapping['module']): ModuleOnContract {
    // Lines come module by module.
    if (this.#last?.id !== id)
      this.#last = this.#modules.getOrInsertComputed(id, () => moduleOnContract(this, id));
    return this.#last;
  }

  items(contractServiceId: string): readonly BillingItem[] {
    return this.#byId.get(contractServiceId)?.items ?? [];
  }

  write(ledger: UnitLedger): void {
    const known = this.#find(ledger.contractServiceId, ledger.module, ledger.billingType);
    if (known) known.now = ledger;
    else this.#add(undefined, ledger);
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
    const on = this.#byId.get(contractServiceId);
    return on && ledgerOn(on, module, billingType);
  }

  #add(before: UnitLedger | undefined, now: UnitLedger): void {
    const on = this.#on(now.contractServiceId);
    const ledger = { before, now, on };
    if (on.ledgers === NO_LEDGERS) on.ledgers = [ledger];
    else on.ledgers.push(ledger);
    this.ledgers.push(ledger);
  }

  #on(contractServiceId: string): OnService {
    return this.#byId.get(contractServiceId) ?? this.#addService(contractServiceId, undefined);
  }

  #addService(id: string, service: ContractService | undefined): OnService {
    const on = { service, ledgers: NO_LEDGERS, items: NO_ITEMS };
    this.services.push(on);
    this.#byId.set(id, on);
    return on;
  }
}

export function ledgerOn(
  { ledgers }: OnService,
  module: string | null,
  billingType: string | null,
): LedgerInPlan | undefined {
  for (const ledger of ledgers)
    if (ledger.now.billingType === billingType && ledger.now.module === module) return ledger;
  return undefined;
}

export const emptyLedger = (
  contractId: UnitLedger['contractId'],
  contractServiceId: UnitLedger['contractServiceId'],
  module: UnitLedger['module'],
  billingType: UnitLedger['billingType'],
): UnitLedger => ({
  id: unitLedgerId(contractId, contractServiceId, module, billingType),
  contractId,
  contractServiceId,
  module,
  billingType,
  changes: [],
});
