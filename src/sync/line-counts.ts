import { type Excluded, excludedOn } from '../billing/exclusions.ts';
import type { History } from '../billing/hold-test.ts';
import { atLeastMinimum, type Sharer, shareOf, sharingOn } from '../billing/line-units.ts';
import { addDays, type IsoDate } from '../domain/calendar.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { sumCounts } from '../domain/usage-count.ts';
import type { ModuleOnContract } from './line-reasons.ts';
import { sharingKey } from './plan-input.ts';
import type { PlanWork } from './plan-work.ts';

/** What a day's report says of a line. */
export type LineCount =
  | { readonly known: false }
  /** A person took the whole day out. */
  | { readonly known: true; readonly excluded: true }
  | {
      readonly known: true;
      readonly excluded: false;
      /** The sum over the module organizations, before exclusions. */
      readonly count: number;
      /** Subtracted by exclusions. */
      readonly less: number;
      /** A person has said how many units of the day not to bill, also when there are fewer. */
      readonly lessened: boolean;
      /** Nothing is left of the count, its share taken, before a minimum. */
      readonly nothing: boolean;
      /** What the line is to have: share and minimum applied. */
      readonly units: number;
    };

const HISTORY_DAYS = 30;

/** Thousands of lines ask for the same day. */
const KNOWN = new Map<IsoDate, IsoDate>();
const historyFrom = (day: IsoDate): IsoDate =>
  KNOWN.getOrInsertComputed(day, () => addDays(day, -HISTORY_DAYS));

const NOT_EXCLUDED: Excluded = { all: false, units: 0 };
const NOBODY: readonly Sharer[] = [];

/** Reads one mapping's counts out of its module's reports. */
export class LineCounts {
  readonly decisions: LineDecisions | undefined;
  readonly #module: ModuleOnContract;
  readonly #mapping: MappedService;
  readonly #sharing: readonly Sharer[];
  /** No exclusion, share or minimum stands between count and units. */
  readonly #asCounted: boolean;

  constructor({ index, contract }: PlanWork, mapping: MappedService, module: ModuleOnContract) {
    this.decisions = index.decisions.get(mapping.id);
    this.#module = module;
    this.#mapping = mapping;
    this.#sharing =
      mapping.share === undefined
        ? NOBODY
        : (index.sharing.get(sharingKey(mapping, contract.organizationId)) ?? NOBODY);
    this.#asCounted =
      this.decisions === undefined && mapping.share === undefined && mapping.minimum === undefined;
  }

  /** The line's count by `report`, applied as of `day`. */
  on(report: UsageReport, day: IsoDate): LineCount {
    const count = this.#count(report);
    if (count === undefined) return { known: false };
    const excluded = this.decisions ? excludedOn(this.decisions.exclusions, day) : NOT_EXCLUDED;
    if (excluded.all) return { known: true, excluded: true };
    const less = Math.min(excluded.units, count);
    const sharing = this.#sharing.length === 0 ? [] : sharingOn(day, this.#sharing);
    const part = shareOf(count - less, this.#mapping, sharing);
    const units = atLeastMinimum(part, this.#mapping);
    return {
      known: true,
      excluded: false,
      count,
      less,
      lessened: excluded.units > 0,
      nothing: part === 0,
      units,
    };
  }

  /** Units of the known days among the 30 before `day`, newest first, without those that `leaveOut` names. */
  before(day: IsoDate, leaveOut: (day: IsoDate) => boolean): History {
    const from = historyFrom(day);
    const reports = this.#module.reports?.all ?? [];
    let next = reports.length - 1;
    return () => {
      for (; next >= 0; next--) {
        const report = reports[next];
        if (!report || report.date < from) return undefined;
        if (report.date >= day || leaveOut(report.date)) continue;
        const units = this.#units(report);
        if (units === undefined) continue;
        next--;
        return units;
      }
      return undefined;
    };
  }

  #units(report: UsageReport): number | undefined {
    // Nobody decided anything about most lines: their units are their counts.
    if (this.#asCounted) return this.#count(report);
    const counted = this.on(report, report.date);
    return counted.known && !counted.excluded ? counted.units : undefined;
  }
  #count(report: UsageReport): number | undefined {
    return sumCounts(report, this.#module.externalIds, this.#mapping.billingType);
  }
}
