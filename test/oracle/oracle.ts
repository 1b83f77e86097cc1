import {
  type Book,
  type Counts,
  type ItemFacts,
  type LineKey,
  lineName,
  type ServiceDecision,
  type Step,
} from './event-log.ts';
import { OracleBook } from './oracle-book.ts';
import { type Day, dayIn, textOf } from './oracle-days.ts';
import { OracleLanes } from './oracle-lanes.ts';
import {
  beginsOn,
  hasBegun,
  isLeftOut,
  type Line,
  lessExclusions,
  newLine,
  partOf,
  waits,
} from './oracle-line.ts';
import { OracleUsage } from './oracle-usage.ts';

/**
 * What billing items there must be after a log of events, by the rules of product.md and nothing else. Shares no code
 * with the engine and keeps no ledgers: units in force are an array with one cell per day, made again each time.
 */
export class Oracle {
  readonly #book: OracleBook;
  readonly #usage: OracleUsage;
  readonly #lanes: OracleLanes;
  readonly #lines = new Map<string, Line>();
  readonly #holds: boolean;
  #syncs = 0;

  constructor(book: Book, { holds }: { readonly holds: boolean }) {
    this.#book = new OracleBook(book);
    this.#usage = new OracleUsage(this.#book);
    this.#lanes = new OracleLanes(this.#book);
    this.#holds = holds;
  }

  apply(step: Step): void {
    const day = dayIn(step.date);
    switch (step.kind) {
      case 'sync':
        this.#sync(step.answers, day);
        break;
      case 'map-organization':
        this.#usage.map(step.of, step.to);
        break;
      case 'unmap-organization':
      case 'ignore-organization':
        this.#usage.map(step.of, undefined);
        break;
      case 'enable-module':
        this.#usage.enable(step.module);
        break;
      case 'disable-module':
        this.#usage.disable(step.module);
        break;
      case 'import-services':
        for (const service of step.services) this.#book.read(service, day);
        break;
      case 'post':
        this.#lanes.post((line) => this.#lineOf(line).mapped?.unitRule === 'peak', day);
        break;
      case 'map-services':
        for (const decision of step.decisions) this.#map(decision, day);
        break;
      case 'ignore-service':
        Object.assign(this.#lineOf(step.line), { mapped: undefined, held: [] });
        break;
      case 'release':
        this.#lineOf(step.line).releasedThrough = day;
        break;
      case 'exclude': {
        const line = this.#lineOf(step.line);
        const units = step.units === undefined ? {} : { units: step.units };
        line.exclusions.push({ from: line.held[0] ?? day, until: dayIn(step.until), ...units });
      }
    }
  }

  items(): ItemFacts[] {
    return this.#lanes.items();
  }

  /** Lines that wait for a person, of those that the last sync could look at, with the first day that waits. */
  held(): { readonly line: LineKey; readonly since: string }[] {
    return [...this.#lines.values()].flatMap(({ key, held, seen }) =>
      held[0] !== undefined && seen === this.#syncs ? [{ line: key, since: textOf(held[0]) }] : [],
    );
  }

  #lineOf(key: LineKey): Line {
    const line = this.#lines.get(lineName(key)) ?? newLine(key, this.#book.contract(key.contractId));
    this.#lines.set(lineName(key), line);
    return line;
  }

  /** A mapping that keeps its service keeps the day it began. */
  #map(decision: ServiceDecision, day: Day): void {
    const line = this.#lineOf(decision);
    const kept = line.mapped?.contractServiceId === decision.contractServiceId ? line.mapped : undefined;
    if (line.service !== decision.contractServiceId) line.dropped.clear();
    line.service = decision.contractServiceId;
    if (!kept) line.held = [];
    line.mapped = { ...decision, since: kept?.since ?? day };
  }

  #sync(answers: Readonly<Record<string, Counts | 'failed'>>, today: Day): void {
    this.#syncs += 1;
    this.#lanes.readBase(today);
    const counted = this.#usage.count(answers, today);
    const lines = [...this.#lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
    for (const line of lines) {
      if (this.#isPassedOver(line, today)) line.held = [];
      else if (line.mapped && counted.has(line.key.module)) this.#countLine(line, today);
    }
  }

  #countLine(line: Line, today: Day): void {
    const days = this.#daysOf(line, today);
    line.seen = this.#syncs;
    line.held = [];
    for (const day of days) this.#count(line, day);
  }

  /**
   * Whether nobody says whose the counts are. Unmapping or disabling is a decision too, so what waited waits no longer:
   * like the counts that arrive meanwhile it is not made up for. (Counts of a contract's last days may arrive later.)
   */
  #isPassedOver(line: Line, today: Day): boolean {
    if (today < dayIn(line.contract.startDate)) return true;
    return !this.#usage.isEnabled(line.key.module) || this.#sitesOf(line).length === 0;
  }

  #sitesOf({ key, contract }: Line): readonly string[] {
    return this.#usage.sites(key.module, contract.organizationId);
  }

  /**
   * The days whose counts this sync applies: those that wait, then today's. A mapping begins with the newest count known
   * on its first day; after it every day counts as itself.
   */
  #daysOf(line: Line, today: Day): Day[] {
    const { endDate } = line.contract;
    const inContract = (day: Day) => endDate === null || day <= dayIn(endDate);
    if (hasBegun(line)) return [...new Set([...line.held, today])].filter(inContract);
    const known = this.#usage.knownDays(line.key.module);
    const first = beginsOn(line);
    const later = known.filter((day) => day > first && inContract(day));
    return known.some((day) => day <= first) ? [first, ...later] : later;
  }

  /** The report that tells of a day: its own, and on the day a mapping begins the newest known by then. */
  #reportOf(line: Line, day: Day): Counts | undefined {
    const { module } = line.key;
    const own = this.#usage.on(module, day);
    if (own || day !== beginsOn(line)) return own;
    const newest = this.#usage.knownDays(module).findLast((each) => each <= day);
    return newest === undefined ? undefined : this.#usage.on(module, newest);
  }

  /** The mappings that share a billing type's count, when it is shared. */
  #sharers({ key, contract, mapped }: Line): ServiceDecision[] {
    if (mapped?.share === undefined) return [];
    return [...this.#lines.values()].flatMap((other) =>
      other.mapped?.share !== undefined &&
      other.key.module === key.module &&
      other.key.billingType === key.billingType &&
      other.contract.organizationId === contract.organizationId
        ? [other.mapped]
        : [],
    );
  }

  /** The line's units by a day's report, with everything that is decided now. */
  #unitsOf(line: Line, day: Day, report: Counts | undefined): number | undefined {
    const part = this.#partOf(line, day, report);
    return part === undefined ? undefined : Math.max(part, line.mapped?.minimum ?? 0);
  }

  #partOf(line: Line, day: Day, report: Counts | undefined): number | undefined {
    if (!report || !line.mapped) return undefined;
    const sum = this.#usage.sum(report, this.#sitesOf(line), line.key.billingType);
    return partOf(lessExclusions(line, day, sum), line.mapped, this.#sharers(line));
  }

  #count(line: Line, day: Day): void {
    const { mapped } = line;
    const units = this.#unitsOf(line, day, this.#reportOf(line, day));
    if (!mapped || units === undefined || isLeftOut(line, day)) return;
    const known = (each: Day) =>
      isLeftOut(line, each) ? undefined : this.#unitsOf(line, each, this.#usage.on(line.key.module, each));
    if (
      this.#holds &&
      waits(
        line,
        day,
        units,
        this.#lanes.inForce(line),
        this.#partOf(line, day, this.#reportOf(line, day)) === 0,
        known,
      )
    )
      return;
    this.#lanes.count(line, day, units, !hasBegun(line) || line.begun?.day === day);
    if (!hasBegun(line)) line.begun = { since: mapped.since, day };
  }
}
