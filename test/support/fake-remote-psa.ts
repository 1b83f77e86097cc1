import { billingPeriod, daysLeft, periodContaining } from '../../src/domain/billing-period.ts';
import { addDays, addMonths, type IsoDate, type IsoInstant, isoInstant } from '../../src/domain/calendar.ts';
import { Contract } from '../../src/domain/contract.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { ContractServiceId } from '../../src/domain/ids.ts';
import { type Money, money, prorate, roundToCents, times } from '../../src/domain/money.ts';
import { Organization } from '../../src/domain/organization.ts';
import type {
  AdjustmentOutcome,
  Psa,
  PsaBook,
  PsaPostedItem,
  PsaUnits,
  UnitAdjustment,
} from '../../src/ports/psa.ts';

/** What happens to one adjustment instead of being taken. */
export type Fault =
  | 'lost-answer'
  | 'lost-call'
  | 'late'
  | 'budget'
  | 'down'
  | { readonly code: Extract<AdjustmentOutcome, { kind: 'refused' }>['code'] };

interface Service {
  readonly contractId: string;
  readonly service: string;
  unitPrice: string;
  readonly unitCost?: string;
  readonly currency: string;
  /** Held from the contract's start. */
  readonly units: number;
}

interface Billed {
  readonly id: string;
  readonly item: PsaPostedItem;
  readonly periodStart: IsoDate;
}

interface BookGiven {
  readonly organizations: readonly unknown[];
  readonly contracts: readonly unknown[];
  readonly contractServices: readonly (Partial<Service> & {
    readonly id: string;
    readonly contractId: string;
  })[];
}

/**
 * A PSA that behaves as Autotask does (facts/apis.md §3), in memory: units change by deltas alone, a period's row is split
 * where one counts from, two of a service from one day collide, posted periods are protected, and only a person posts.
 */
export class FakeRemotePsa {
  readonly organizations = new Map<string, Organization>();
  readonly contracts = new Map<string, Contract>();
  readonly services = new Map<string, Service>();
  /** Every adjustment that took effect, by `<service> <day>`. */
  readonly taken = new Map<string, number>();
  readonly calls: string[] = [];
  #billed: Billed[] = [];
  /** Posted rows are kept as they were. */
  readonly #postedRows = new Map<string, PsaUnits>();
  #ids = 0;
  /** Decides on each adjustment, in the order they come in; undefined takes it. */
  fault: (adjustment: UnitAdjustment, nth: number) => Fault | undefined = () => undefined;
  /** Adjustments whose caller has gone, and that take effect some minutes later. */
  #late: { readonly adjustment: UnitAdjustment; readonly at: Temporal.Instant }[] = [];
  #nth = 0;
  /** Thrown by every reading while it is set. */
  outage: IcbError | undefined;
  sandbox = false;
  /** Others use the hourly budget up until then, as icb finds out whenever it asks. */
  spentUntil: Temporal.Instant | undefined;
  budgetFreeAt: () => Temporal.Instant = () => this.now().add({ hours: 1 });
  /** Called before and after each thing asked of it. */
  step: (what: string) => void = () => {};
  readonly now: () => Temporal.Instant;
  readonly today: () => IsoDate;

  constructor(book: BookGiven, clock: { now: () => Temporal.Instant; today: () => IsoDate }) {
    this.now = clock.now;
    this.today = clock.today;
    for (const each of book.organizations) {
      const organization = Organization.parse(each);
      this.organizations.set(organization.id, organization);
    }
    for (const each of book.contracts) {
      const contract = Contract.parse(each);
      this.contracts.set(contract.id, contract);
    }
    for (const { id, ...service } of book.contractServices)
      this.services.set(id, {
        service: 'Service',
        unitPrice: '10.00',
        currency: 'USD',
        units: 0,
        ...service,
      });
  }

  readonly psa: Psa = {
    kind: 'autotask',
    check: async () =>
      this.#isSpent()
        ? { reachable: false, sandbox: false, problem: 'The hourly budget is used up.' }
        : { reachable: true, sandbox: this.sandbox },
    adjustUnits: async (adjustments, call) => {
      this.step(`before adjust ${adjustments.length}`);
      this.#settleLate();
      const outcomes = adjustments.map((adjustment) => {
        call?.onRequest?.();
        this.calls.push(
          `adjust ${adjustment.contractServiceId} ${adjustment.effectiveDate} ${adjustment.change}`,
        );
        return this.#adjust(adjustment);
      });
      this.step(`after adjust ${adjustments.length}`);
      return outcomes;
    },
    approveAndPost: async () => {
      throw new IcbError('not-postable', 'Approve and post in Autotask: https://autotask.test/approve');
    },
    remote: {
      readBook: (asked, call) => this.#asked('book', call.onRequest, () => this.#book(asked.today)),
      readUnits: (asked, call) =>
        this.#asked('units', call.onRequest, () => {
          const of = asked.contractServiceIds && new Set<string>(asked.contractServiceIds);
          return [...this.services.keys()]
            .filter((id) => !of || of.has(id))
            .flatMap((id) => this.rows(id))
            .filter(({ start, end }) => end >= asked.from && start >= (asked.begunFrom ?? start))
            .filter(({ start }) => start <= (asked.through ?? start));
        }),
      readPosted: (asked, call) =>
        this.#asked('posted', call.onRequest, () =>
          this.#billed.map(({ item }) => item).filter(({ postedAt }) => postedAt >= asked.since),
        ),
      pages: {
        organization: async (id) => `https://autotask.test/organizations/${id}`,
        contract: async (id) => `https://autotask.test/contracts/${id}`,
        approveAndPost: async () => 'https://autotask.test/approve',
      },
      notice: () => undefined,
      inspect: async () => [],
      budget: () => ({
        used: this.calls.length,
        limit: 10_000,
        ...(this.#isSpent() ? { stoppedUntil: this.now().add({ minutes: 5 }) } : {}),
      }),
    },
  };

  #isSpent(): boolean {
    return this.spentUntil !== undefined && Temporal.Instant.compare(this.now(), this.spentUntil) < 0;
  }

  async #asked<T>(what: string, onRequest: (() => void) | undefined, answer: () => T): Promise<T> {
    this.step(`before ${what}`);
    onRequest?.();
    this.calls.push(what);
    if (this.outage) throw this.outage;
    this.#settleLate();
    const answered = structuredClone(answer());
    this.step(`after ${what}`);
    return answered;
  }

  #book(today: IsoDate): PsaBook {
    return {
      organizations: [...this.organizations.values()],
      allOrganizations: true,
      contracts: [...this.contracts.values()],
      contractServices: [...this.services].map(([id, { units: _, unitPrice, unitCost, ...service }]) => ({
        id: ContractServiceId.parse(id),
        ...service,
        contractId: this.#contractOf(id).id,
        unitPrice: money(unitPrice),
        ...(unitCost ? { unitCost: money(unitCost) } : {}),
        units: this.unitsOn(id, today),
      })),
      bookmark: 'book',
    };
  }

  #contractOf(serviceId: string): Contract {
    const contract = this.contracts.get(this.services.get(serviceId)?.contractId ?? '');
    if (!contract) throw new Error(`no contract of ${serviceId}`);
    return contract;
  }

  unitsOn(serviceId: string, date: IsoDate): number {
    let units = this.services.get(serviceId)?.units ?? 0;
    for (const [key, change] of this.taken) {
      const [id, from = ''] = key.split(' ');
      if (id === serviceId && from <= date) units += change;
    }
    return units;
  }

  /** Rows of each period up to the one that holds today and the next. */
  rows(serviceId: string): PsaUnits[] {
    const contract = this.#contractOf(serviceId);
    const price = money(this.services.get(serviceId)?.unitPrice ?? '0');
    const starts = [...this.taken.keys()].flatMap((key) =>
      key.startsWith(`${serviceId} `) ? [key.split(' ')[1] as IsoDate] : [],
    );
    const rows: PsaUnits[] = [];
    for (let index = 0; ; index++) {
      const period = billingPeriod(contract, index);
      if (!period || period.start > addMonths(this.today(), 1)) break;
      const cuts = [
        ...new Set([period.start, ...starts.filter((day) => day > period.start && day <= period.end)]),
      ].sort();
      for (const [at, start] of cuts.entries()) {
        const next = cuts[at + 1];
        const id = `${serviceId}/${start}`;
        const row = {
          id,
          contractServiceId: ContractServiceId.parse(serviceId),
          start,
          end: next === undefined ? period.end : addDays(next, -1),
          units: this.unitsOn(serviceId, start),
          unitPrice: price,
        };
        rows.push(this.#postedRows.get(id) ?? row);
      }
    }
    // No units, no periods.
    return rows.some(({ units }) => units !== 0) ? rows : [];
  }

  #adjust(adjustment: UnitAdjustment): AdjustmentOutcome {
    const fault = this.fault(adjustment, this.#nth++);
    if (typeof fault === 'object') return { kind: 'refused', code: fault.code, text: 'Autotask says no.' };
    if (fault === 'budget')
      return { kind: 'not-sent', text: 'The hourly budget is used up.', retryAt: this.budgetFreeAt() };
    if (fault === 'down') return { kind: 'not-sent', text: 'Autotask does not answer.' };
    if (fault === 'lost-call') return { kind: 'unclear', text: 'The connection broke.' };
    if (fault === 'late') {
      this.#late.push({ adjustment, at: this.now().add({ minutes: 4 }) });
      return { kind: 'unclear', text: 'No answer in time.' };
    }
    const refused = this.#refused(adjustment);
    if (!refused) this.#take(adjustment);
    if (fault === 'lost-answer') return { kind: 'unclear', text: 'No answer in time.' };
    return refused ?? { kind: 'accepted' };
  }

  #take({ contractServiceId, effectiveDate, change }: UnitAdjustment): void {
    const key = `${contractServiceId} ${effectiveDate}`;
    this.taken.set(key, (this.taken.get(key) ?? 0) + change);
  }

  #settleLate(): void {
    const now = this.now();
    const isDue = ({ at }: { at: Temporal.Instant }) => Temporal.Instant.compare(at, now) <= 0;
    const due = this.#late.filter(isDue);
    this.#late = this.#late.filter((late) => !isDue(late));
    for (const { adjustment } of due) if (!this.#refused(adjustment)) this.#take(adjustment);
  }

  #refused({ contractServiceId: id, effectiveDate: day, change }: UnitAdjustment) {
    const no = (code: Extract<AdjustmentOutcome, { kind: 'refused' }>['code'], text: string) =>
      ({ kind: 'refused', code, text }) as const;
    const contract = this.services.has(id) ? this.#contractOf(id) : undefined;
    if (!contract) return no('service-missing', 'There is no such contract service.');
    if (!periodContaining(contract, day)) return no('outside-contract', 'Outside the contract.');
    if (this.taken.has(`${id} ${day}`)) return no('same-day', 'Insert duplicate data.');
    if (this.rows(id).some((row) => row.postedOn && row.start <= day && day <= row.end))
      return no('period-posted', 'Already approved and posted.');
    const days = [
      day,
      ...this.rows(id)
        .map(({ start }) => start)
        .filter((start) => start >= day),
    ];
    if (days.some((each) => this.unitsOn(id, each) + change < 0))
      return no('below-zero', 'Fewer than no units.');
    return undefined;
  }

  /** By hand, in the PSA. */
  byHand(contractServiceId: string, effectiveDate: string, change: number): void {
    this.#take({
      contractId: this.#contractOf(contractServiceId).id,
      contractServiceId: ContractServiceId.parse(contractServiceId),
      effectiveDate: effectiveDate as IsoDate,
      change,
    });
  }

  /** A person approves and posts everything pending of periods begun by `through`. */
  post(through: string, at: IsoInstant = isoInstant(this.now())): PsaPostedItem[] {
    const made: Billed[] = [];
    for (const [id, service] of this.services) {
      const contract = this.#contractOf(id);
      let before = { period: '', units: 0 };
      for (const row of this.rows(id)) {
        const period = periodContaining(contract, row.start);
        if (!period || period.start > through) continue;
        const first = row.start === period.start;
        const units = first ? row.units : row.units - (before.period === period.start ? before.units : 0);
        before = { period: period.start, units: row.units };
        if (row.postedOn) continue;
        const postedOn = at.slice(0, 10) as IsoDate;
        this.#postedRows.set(row.id, { ...row, postedOn });
        const itemId = String(9000 + ++this.#ids);
        const whole = daysLeft(period, row.start);
        const amount: Money = roundToCents(
          first && whole === period.days
            ? times(money(service.unitPrice), units)
            : prorate(money(service.unitPrice), units, whole, period.days),
        );
        const item: PsaPostedItem = {
          id: itemId,
          contractServiceId: ContractServiceId.parse(id),
          kind: first ? 'period' : 'adjustment',
          itemDate: row.start,
          units,
          unitPrice: money(service.unitPrice),
          amount,
          postedAt: at,
        };
        made.push({ id: itemId, item, periodStart: period.start });
      }
    }
    this.#billed.push(...made);
    return made.map(({ item }) => item);
  }

  /** A person takes the posting of a service's period back. */
  unpost(serviceId: string, periodStart: string): void {
    const isIt = (billed: Billed) =>
      billed.item.contractServiceId === serviceId && billed.periodStart === periodStart;
    for (const { item } of this.#billed.filter(isIt))
      this.#postedRows.delete(`${serviceId}/${item.itemDate}`);
    this.#billed = this.#billed.filter((billed) => !isIt(billed));
  }

  billed(): PsaPostedItem[] {
    return this.#billed.map(({ item }) => item);
  }

  pushes(): string[] {
    return this.calls.filter((call) => call.startsWith('adjust'));
  }
}
