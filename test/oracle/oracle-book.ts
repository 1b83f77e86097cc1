import type { Book, BookContract, BookModuleOrganization, BookService } from './event-log.ts';
import type { Day } from './oracle-days.ts';
import type { PriceReading } from './oracle-items.ts';

export interface KnownService {
  readonly id: string;
  readonly contract: BookContract;
  readonly prices: PriceReading[];
  /** Units the PSA holds, and the day they were read. */
  held: { units: number; day: Day };
}

/** Contracts and services as the PSA told them. */
export class OracleBook {
  readonly services = new Map<string, KnownService>();
  readonly #contracts: ReadonlyMap<string, BookContract>;
  readonly #moduleOrganizations: ReadonlyMap<string, readonly BookModuleOrganization[]>;

  constructor(book: Book) {
    this.#contracts = new Map(book.contracts.map((contract) => [contract.id, contract]));
    this.#moduleOrganizations = Map.groupBy(book.moduleOrganizations, (each) => each.module);
  }

  contract(id: string): BookContract {
    const contract = this.#contracts.get(id);
    if (!contract) throw new Error(`no contract ${id}`);
    return contract;
  }

  moduleOrganizations(module: string): readonly BookModuleOrganization[] {
    return this.#moduleOrganizations.get(module) ?? [];
  }

  read({ id, contractId, unitPrice, units }: BookService, day: Day): void {
    const known = this.services.get(id);
    if (!known) {
      const contract = this.contract(contractId);
      this.services.set(id, { id, contract, prices: [{ day, unitPrice }], held: { units, day } });
      return;
    }
    if (known.prices.at(-1)?.unitPrice !== unitPrice) known.prices.push({ day, unitPrice });
    if (known.held.units !== units) known.held = { units, day };
  }
}
