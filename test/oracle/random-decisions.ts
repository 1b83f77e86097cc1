import type { BookService, ServiceDecision, Step } from './event-log.ts';
import { type Day, dayIn, textOf } from './oracle-days.ts';
import type { Random } from './random.ts';
import { MODULES, type RandomLine, type RandomOrganization } from './random-organization.ts';

type Group = readonly RandomLine[];

/** What people decide, day by day; knows what stands, so that no decision is refused. */
export class RandomDecisions {
  readonly #random: Random;
  readonly #customers: readonly RandomOrganization[];
  readonly #services: Map<string, BookService>;
  /** Current decisions of a group of lines; undefined while ignored. */
  readonly #mapped = new Map<Group, ServiceDecision[] | undefined>();
  readonly #disabled = new Map<string, Day>();
  /** Whose a site is. */
  readonly #owner = new Map<string, string>();

  constructor(random: Random, customers: readonly RandomOrganization[]) {
    this.#random = random;
    this.#customers = customers;
    this.#services = new Map(
      customers.flatMap((each) => each.services.map((service) => [service.id, service])),
    );
  }

  of(day: Day): Step[] {
    const steps = this.#decisions(day);
    for (const step of steps) this.#note(step);
    return steps;
  }

  #note(step: Step): void {
    if (step.kind === 'map-organization') this.#owner.set(step.of.externalId, step.to);
    if (step.kind === 'unmap-organization' || step.kind === 'ignore-organization')
      this.#owner.delete(step.of.externalId);
  }

  /** A billing type can only be mapped while a module organization is. */
  #hasSites({ id }: RandomOrganization, module: string): boolean {
    return [...this.#owner].some(([site, owner]) => owner === id && site.includes(`-${module}-`));
  }

  #decisions(day: Day): Step[] {
    const date = textOf(day);
    const steps: Step[] = [];
    for (const customer of this.#customers) {
      if (customer.setUp === day) steps.push(...this.#setUp(customer, date));
      else if (customer.setUp < day && !isLongOver(customer, day) && this.#random.chance(3))
        steps.push(...this.#something(customer, day, date));
    }
    if (this.#random.chance(8)) steps.push(...this.#newPrices(date));
    steps.push(...this.#switches(day, date));
    const isMonthEnd = textOf(day + 1).endsWith('-01');
    if (isMonthEnd ? this.#random.chance(75) : this.#random.chance(1)) steps.push({ date, kind: 'post' });
    return steps;
  }

  #setUp({ id, moduleOrganizations, lines }: RandomOrganization, date: string): Step[] {
    const mapped = moduleOrganizations
      .filter((of) => of.externalId.endsWith('-1') || this.#random.chance(70))
      .map((of): Step => ({ date, kind: 'map-organization', of, to: id }));
    const services = lines.flatMap((group) =>
      this.#map(
        group,
        group.map((line) => line.decision),
        date,
      ),
    );
    return [...mapped, ...services];
  }

  #map(group: Group, decisions: ServiceDecision[], date: string): Step[] {
    this.#mapped.set(group, decisions);
    return [{ date, kind: 'map-services', decisions }];
  }

  #something(customer: RandomOrganization, day: Day, date: string): Step[] {
    const of = this.#random.pick(customer.moduleOrganizations);
    const group = customer.lines.length > 0 ? this.#random.pick(customer.lines) : undefined;
    switch (this.#random.between(1, 7)) {
      case 1:
        return [{ date, kind: 'unmap-organization', of }];
      case 2:
        return [{ date, kind: 'ignore-organization', of }];
      case 3:
        return this.#mapAll(customer, date);
      case 4:
        return [{ date, kind: 'map-organization', of, to: this.#somebody(customer, day) }];
      default:
        return group ? this.#redecide(group, customer, day, date) : [];
    }
  }

  #mapAll({ id, moduleOrganizations }: RandomOrganization, date: string): Step[] {
    return moduleOrganizations.map((of) => ({ date, kind: 'map-organization', of, to: id }));
  }

  /** Mostly its own organization, now and then somebody else's. */
  #somebody(customer: RandomOrganization, day: Day): string {
    const other = this.#random.pick(this.#customers);
    return this.#random.chance(70) || isLongOver(other, day) ? customer.id : other.id;
  }

  #redecide(group: Group, customer: RandomOrganization, day: Day, date: string): Step[] {
    const { contracts } = customer;
    const ends = group.map(
      ({ key }) => contracts.find((each) => each.id === key.contractId)?.endDate ?? null,
    );
    if (ends.some((end) => end !== null && dayIn(end) < day)) return [];
    const before = this.#mapped.get(group);
    const [line] = group;
    if (!line || !this.#hasSites(customer, line.key.module)) return [];
    if (!before) {
      const from = this.#random.pick(['period-start', 'today'] as const);
      return this.#map(group, [{ ...line.decision, from }], date);
    }
    // What a shared billing type leaves behind when one of its contracts is ignored is not said; both stay.
    if (group.length > 1) return [];
    const [decision] = before;
    if (!decision) return [];
    if (this.#random.chance(45)) {
      this.#mapped.set(group, undefined);
      return [{ date, kind: 'ignore-service', line: line.key }];
    }
    if (line.spare !== undefined && this.#random.chance(60)) {
      const contractServiceId = decision.contractServiceId === line.spare ? line.service : line.spare;
      const from = this.#random.pick(['period-start', 'today'] as const);
      return this.#map(group, [{ ...decision, contractServiceId, from }], date);
    }
    return this.#map(group, [{ ...decision, minimum: this.#random.between(0, 8) }], date);
  }

  #newPrices(date: string): Step[] {
    const changed = [...this.#services.values()]
      .filter(() => this.#random.chance(4))
      .map((service) => ({
        ...service,
        unitPrice: `${this.#random.between(1, 60)}.${String(this.#random.between(0, 99)).padStart(2, '0')}`,
        units: service.units > 0 && this.#random.chance(30) ? this.#random.between(1, 6) : service.units,
      }));
    for (const service of changed) this.#services.set(service.id, service);
    return changed.length > 0 ? [{ date, kind: 'import-services', services: changed }] : [];
  }

  #switches(day: Day, date: string): Step[] {
    const steps: Step[] = [];
    for (const [module, until] of this.#disabled)
      if (until <= day) {
        this.#disabled.delete(module);
        steps.push({ date, kind: 'enable-module', module });
      }
    const module = this.#random.pick(MODULES);
    if (this.#random.chance(1.5) && !this.#disabled.has(module) && steps.length === 0) {
      this.#disabled.set(module, day + this.#random.between(1, 25));
      steps.push({ date, kind: 'disable-module', module });
    }
    return steps;
  }
}

/** Two months after a contract's end icb looks at it no more, so nobody decides about it any more either. */
const isLongOver = ({ contracts }: RandomOrganization, day: Day): boolean =>
  contracts.some(({ endDate }) => endDate !== null && dayIn(endDate) + 45 < day);
