import type { ItemFacts, LineKey } from './event-log.ts';
import type { OracleBook } from './oracle-book.ts';
import { type Day, dayIn, textOf } from './oracle-days.ts';
import { type Lot, pendingItems, postedAmount } from './oracle-items.ts';
import { baseUnits, billedUnits, unitsInForce } from './oracle-lane.ts';
import { firstFrom, type GrowingLane, hasBegun, type Line, lastUnits } from './oracle-line.ts';
import { periodOf } from './oracle-periods.ts';

interface Base {
  readonly readings: { readonly day: Day; readonly units: number }[];
  moves: Day | undefined;
  /** A mapping feeds the service: what the PSA says of its units is icb's own now. */
  fed: boolean;
}

/** Everything in force, by what bills as one: a billing type on a service, or the units a service had before. */
export class OracleLanes {
  readonly #book: OracleBook;
  readonly #lanes = new Map<string, GrowingLane>();
  readonly #bases = new Map<string, Base>();
  readonly #posted = new Map<string, ItemFacts[]>();
  #today: Day = 0;
  /** As the last sync left them; posted meanwhile are gone. */
  #pending: { lot: Lot; item: ItemFacts }[] | undefined;

  constructor(book: OracleBook) {
    this.#book = book;
  }

  /** A run reads what the PSA holds on services that nothing feeds yet. */
  readBase(today: Day): void {
    this.#today = today;
    this.#pending = undefined;
    for (const { id, held, contract } of this.#book.services.values()) {
      const base = this.#bases.get(id) ?? { readings: [], moves: undefined, fed: false };
      this.#bases.set(id, base);
      // A contract that is over has no current period that the units could be in force from.
      const over = contract.endDate !== null && held.day > dayIn(contract.endDate);
      if (!base.fed && !over && (base.readings.at(-1)?.units ?? 0) !== held.units) base.readings.push(held);
    }
  }

  /**
   * Units in force on a line, those the PSA held before included, and those promised for the next period: unless the
   * contract is over by then, when nothing is promised.
   */
  inForce(line: Line): number {
    const lane = this.#laneOf(line);
    const base = this.#bases.get(lane.contractServiceId);
    if (lane.entries.length === 0) return base && !base.fed ? (base.readings.at(-1)?.units ?? 0) : 0;
    if (line.contract.endDate === null) return lastUnits(lane);
    const end = dayIn(line.contract.endDate);
    const { origin, units } = unitsInForce(lane, end);
    return units[end - origin] ?? 0;
  }

  count(line: Line, day: Day, units: number, isFirst: boolean): void {
    const { mapped } = line;
    if (!mapped) return;
    const lane = this.#laneOf(line);
    const from = isFirst ? firstFrom(line, day) : undefined;
    if (from !== undefined && !hasBegun(line)) this.#begin(line, lane, day, from);
    const entry = {
      kind: 'count',
      day,
      units,
      unitRule: mapped.unitRule,
      dropRule: mapped.dropRule,
      from,
    } as const;
    const again = lane.entries.findLastIndex((each) => each.kind === 'count' && each.day === day);
    const replaces = again >= 0 && hasBegun(line);
    if (replaces) lane.entries[again] = entry;
    else lane.entries.push(entry);
  }

  #begin(line: Line, lane: GrowingLane, day: Day, from: Day): void {
    for (const other of this.#lanes.values()) {
      const sameLine =
        other.contract === line.contract &&
        other.module === lane.module &&
        other.billingType === lane.billingType;
      if (sameLine && other !== lane && other.entries.length > 0) other.entries.push({ kind: 'leave', from });
    }
    const base = this.#bases.get(lane.contractServiceId);
    if (!base || base.fed) return;
    base.fed = true;
    const held = baseUnits(line.contract, base.readings, undefined, this.#today);
    const units = held.units[from - held.origin] ?? 0;
    const period = periodOf(line.contract, day);
    const isPosted = (this.#posted.get(baseName(lane.contractServiceId)) ?? []).some(
      (item) => item.period === textOf(period.start),
    );
    base.moves = from === period.start && !isPosted ? from : period.next;
    lane.adoption = { units, from, moves: base.moves };
  }

  #laneOf(line: Line): GrowingLane {
    const { mapped, key, contract } = line;
    const contractServiceId = mapped?.contractServiceId ?? '';
    const name = laneName(contractServiceId, key.module, key.billingType);
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane: GrowingLane = {
      contract,
      contractServiceId,
      module: key.module,
      billingType: key.billingType,
      entries: [],
      adoption: undefined,
    };
    this.#lanes.set(name, lane);
    return lane;
  }

  #lots(): Lot[] {
    const lots: Lot[] = [];
    for (const [id, { readings, moves }] of this.#bases) {
      const service = this.#book.services.get(id);
      if (!service || readings.length === 0) continue;
      const { contract, prices } = service;
      const units = baseUnits(contract, readings, moves, this.#today);
      lots.push({ contractServiceId: id, module: null, billingType: null, contract, units, prices });
    }
    for (const lane of this.#lanes.values()) {
      const prices = this.#book.services.get(lane.contractServiceId)?.prices ?? [];
      if (lane.entries.length > 0) lots.push({ ...lane, units: billedUnits(lane, this.#today), prices });
    }
    return lots;
  }

  #pendingOf(lot: Lot): ItemFacts[] {
    const base = this.#posted.get(baseName(lot.contractServiceId)) ?? [];
    const periods = base.filter((item) => item.kind === 'period').map((item) => item.period);
    return pendingItems(lot, this.#posted.get(lotName(lot)) ?? [], new Set(periods), this.#today);
  }

  #pendingNow(): { lot: Lot; item: ItemFacts }[] {
    this.#pending ??= this.#lots().flatMap((lot) => this.#pendingOf(lot).map((item) => ({ lot, item })));
    return this.#pending;
  }

  items(): ItemFacts[] {
    return [...[...this.#posted.values()].flat(), ...this.#pendingNow().map(({ item }) => item)];
  }

  /** Posts everything pending, except what a peak may still raise. */
  post(isPeak: (line: LineKey) => boolean, day: Day): void {
    const left: { lot: Lot; item: ItemFacts }[] = [];
    for (const each of this.#pendingNow()) {
      const { lot, item } = each;
      const { contract, module, billingType } = lot;
      const line = { contractId: contract.id, module: module ?? '', billingType: billingType ?? '' };
      const open = day <= periodOf(contract, dayIn(item.period)).end;
      if (module !== null && open && isPeak(line)) {
        left.push(each);
        continue;
      }
      const posted = { ...item, status: 'posted', amount: postedAmount(item.amount) } as const;
      this.#posted.set(lotName(lot), [...(this.#posted.get(lotName(lot)) ?? []), posted]);
    }
    this.#pending = left;
  }
}

const baseName = (service: string): string => `${service} `;

const laneName = (service: string, module: string, billingType: string): string =>
  `${service} ${module} ${billingType}`;

const lotName = ({ contractServiceId, module, billingType }: Lot): string =>
  module === null ? baseName(contractServiceId) : laneName(contractServiceId, module, billingType ?? '');
