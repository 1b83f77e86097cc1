import type { Book, BookModuleOrganization, Counts, ItemFacts, LineKey, Step } from './event-log.ts';
import { lineName } from './event-log.ts';
import { OracleBook } from './oracle-book.ts';
import { type Day, dayIn } from './oracle-days.ts';
import { OracleLanes } from './oracle-lanes.ts';
import { beginsOn, isLeftOut, type Line, lessExclusions, partOf, waits } from './oracle-line.ts';

/**
 * What billing items there must be after a log of events, by the rules of product.md and nothing else. Shares no code
 * with the engine, keeps no ledgers: units in force are an array with one cell per day, made again each time.
 */
export class Oracle {
  readonly #book: OracleBook;
  readonly #lanes: OracleLanes;
  readonly #lines = new Map<string, Line>();
  readonly #organizationOf = new Map<string, string>();
  readonly #enabled = new Set<string>();
  /** Known counts: module → day → counts. */
  readonly #reports = new Map<string, Map<Day, Counts>>();
  readonly #holds: boolean;

  constructor(book: Book, { holds }: { readonly holds: boolean }) {
    this.#book = new OracleBook(book);
    this.#lanes = new OracleLanes(this.#book);
    this.#holds = holds;
  }

  apply(step: Step): void {
    const day = dayIn(step.date);
    switch (step.kind) {
      case 'map-organization':
        this.#organizationOf.set(nameOf(step.of), step.to);
        break;
      case 'unmap-organization':
      case 'ignore-organization':
        this.#organizationOf.delete(nameOf(step.of));
        break;
      case 'map-services':
        for (const decision of step.decisions) {
          const line = this.#lineOf(decision);
          const same = line.mapped?.contractServiceId === decision.contractServiceId;
          line.mapped = { ...decision, since: same && line.mapped ? line.mapped.since : day };
        }
        break;
      case 'ignore-service':
        this.#lineOf(step.line).mapped = undefined;
        break;
      case 'enable-module':
        this.#enabled.add(step.module);
        break;
      case 'disable-module':
        this.#enabled.delete(step.module);
        break;
      case 'import-services':
        for (const service of step.services) this.#book.read(service, day);
        break;
      case 'post':
        this.#lanes.post((lot) => this.#isPeak(lot), day);
        break;
      case 'release':
        this.#release(this.#lineOf(step.line));
        break;
      case 'exclude': {
        const line = this.#lineOf(step.line);
        const from = line.hold?.from ?? day;
        const units = step.units === undefined ? {} : { units: step.units };
        line.exclusions.push({ from, until: dayIn(step.until), ...units });
        this.#release(line);
        break;
      }
      case 'sync':
        this.#sync(step.answers, day);
    }
  }

  items(): ItemFacts[] {
    return this.#lanes.items();
  }

  /** Lines that wait for a person, with the day since when. */
  held(): { readonly line: LineKey; readonly from: Day }[] {
    return [...this.#lines.values()].flatMap(({ key, hold }) =>
      hold ? [{ line: key, from: hold.from }] : [],
    );
  }

  #lineOf(key: LineKey): Line {
    const known = this.#lines.get(lineName(key));
    if (known) return known;
    const contract = this.#book.contract(key.contractId);
    const line: Line = {
      key: { contractId: key.contractId, module: key.module, billingType: key.billingType },
      contract,
      mapped: undefined,
      begun: undefined,
      firstDay: undefined,
      hold: undefined,
      decided: [],
      left: new Set(),
      exclusions: [],
    };
    this.#lines.set(lineName(key), line);
    return line;
  }

  #isPeak = (key: LineKey): boolean => this.#lines.get(lineName(key))?.mapped?.unitRule === 'peak';

  #release(line: Line): void {
    line.decided.push(...(line.hold?.days ?? []));
    line.hold = undefined;
  }

  #sync(answers: Extract<Step, { kind: 'sync' }>['answers'], today: Day): void {
    this.#lanes.readBase(today);
    const counted = new Set<string>();
    for (const module of this.#enabled) {
      const answer = answers[module];
      if (answer === undefined || answer === 'failed') continue;
      counted.add(module);
      const reports = this.#reports.get(module) ?? new Map<Day, Counts>();
      this.#reports.set(module, reports.set(today, answer));
    }
    const lines = [...this.#lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
    for (const line of lines) {
      if (!counted.has(line.key.module) || !this.#isOpen(line, today)) continue;
      for (const day of this.#daysOf(line, today)) this.#count(line, day, today);
    }
  }

  #isOpen(line: Line, today: Day): boolean {
    const { startDate, endDate } = line.contract;
    if (!line.mapped || today < dayIn(startDate) || (endDate !== null && today > dayIn(endDate)))
      return false;
    return this.#mappedTo(line).length > 0;
  }

  #mappedTo({ key, contract }: Line): string[] {
    return this.#book
      .moduleOrganizations(key.module)
      .filter((each) => this.#organizationOf.get(nameOf(each)) === contract.organizationId)
      .map((each) => each.externalId);
  }

  /** A mapping begins with the newest count known on its first day; then every later day counts as itself. */
  #daysOf(line: Line, today: Day): Day[] {
    const decided = line.decided.splice(0).sort((a, b) => a - b);
    if (line.begun === line.mapped?.since) return [...new Set([...decided, today])];
    const known = [...(this.#reports.get(line.key.module)?.keys() ?? [])].sort((a, b) => a - b);
    const first = beginsOn(line);
    const later = known.filter((day) => day > first && day <= today);
    return known.some((day) => day <= first) ? [first, ...later] : later;
  }

  /** The line's count of a day, with everything that is decided now. */
  #unitsOf(line: Line, day: Day): number | undefined {
    const reports = this.#reports.get(line.key.module);
    const first = beginsOn(line);
    const newest = [...(reports?.keys() ?? [])].filter((each) => each <= first).sort((a, b) => b - a)[0];
    const report =
      reports?.get(day) ?? (day === first && newest !== undefined ? reports?.get(newest) : undefined);
    if (!report || !line.mapped) return undefined;
    const sum = this.#mappedTo(line).reduce(
      (total, id) => total + (report[id]?.[line.key.billingType] ?? 0),
      0,
    );
    const sharers = [...this.#lines.values()].flatMap(({ mapped, contract, key }) =>
      mapped?.share !== undefined &&
      key.module === line.key.module &&
      key.billingType === line.key.billingType &&
      contract.organizationId === line.contract.organizationId
        ? [mapped]
        : [],
    );
    const part = partOf(lessExclusions(line, day, sum), line.mapped, sharers);
    return Math.max(part, line.mapped.minimum ?? 0);
  }

  #count(line: Line, day: Day, today: Day): void {
    const { mapped } = line;
    const units = this.#unitsOf(line, day);
    if (!mapped || units === undefined) return;
    if (isLeftOut(line, day)) {
      line.left.add(day);
      return;
    }
    const isFirst = line.begun !== mapped.since || line.firstDay === day;
    const inForce = this.#lanes.inForce(line);
    const known = (each: Day) =>
      isLeftOut(line, each)
        ? undefined
        : this.#reports.get(line.key.module)?.has(each)
          ? this.#unitsOf(line, each)
          : undefined;
    const replayed = day < today && !isFirst;
    if (this.#holds && !replayed && waits(line, day, units, inForce, known, isFirst)) return;
    this.#lanes.count(line, day, units, isFirst);
    if (line.begun !== mapped.since) line.firstDay = day;
    line.begun = mapped.since;
  }
}

const nameOf = ({ module, externalId }: BookModuleOrganization): string => `${module}:${externalId}`;
