import type { BookModuleOrganization, Counts } from './event-log.ts';
import type { OracleBook } from './oracle-book.ts';
import type { Day } from './oracle-days.ts';

/** What is known of usage: which module is switched on, which site is whose, and each day's counts that arrived. */
export class OracleUsage {
  readonly #book: OracleBook;
  readonly #organizationOf = new Map<string, string>();
  readonly #enabled = new Set<string>();
  readonly #reports = new Map<string, Map<Day, Counts>>();
  readonly #sites = new Map<string, readonly string[]>();

  constructor(book: OracleBook) {
    this.#book = book;
  }

  enable(module: string): void {
    this.#enabled.add(module);
  }

  disable(module: string): void {
    this.#enabled.delete(module);
  }

  isEnabled(module: string): boolean {
    return this.#enabled.has(module);
  }

  /** @param organization undefined: unmapped or ignored */
  map(site: BookModuleOrganization, organization: string | undefined): void {
    if (organization === undefined) this.#organizationOf.delete(nameOf(site));
    else this.#organizationOf.set(nameOf(site), organization);
    this.#sites.clear();
  }

  /** External ids mapped to an organization. */
  sites(module: string, organization: string): readonly string[] {
    const key = `${module} ${organization}`;
    const known = this.#sites.get(key);
    if (known) return known;
    const sites = this.#book
      .moduleOrganizations(module)
      .filter((each) => this.#organizationOf.get(nameOf(each)) === organization)
      .map((each) => each.externalId);
    this.#sites.set(key, sites);
    return sites;
  }

  /** Takes the answers of a sync in; a failed module gives nothing. Returns the modules that were counted. */
  count(answers: Readonly<Record<string, Counts | 'failed'>>, today: Day): ReadonlySet<string> {
    const counted = new Set<string>();
    for (const module of this.#enabled) {
      const answer = answers[module];
      if (answer === undefined || answer === 'failed') continue;
      counted.add(module);
      const reports = this.#reports.get(module) ?? new Map<Day, Counts>();
      this.#reports.set(module, reports.set(today, answer));
    }
    return counted;
  }

  on(module: string, day: Day): Counts | undefined {
    return this.#reports.get(module)?.get(day);
  }

  /** Days whose counts are known, oldest first. */
  knownDays(module: string): Day[] {
    return [...(this.#reports.get(module)?.keys() ?? [])].sort((a, b) => a - b);
  }

  sum(report: Counts, sites: readonly string[], billingType: string): number {
    return sites.reduce((total, site) => total + (report[site]?.[billingType] ?? 0), 0);
  }
}

const nameOf = ({ module, externalId }: BookModuleOrganization): string => `${module}:${externalId}`;
