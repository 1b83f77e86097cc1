import { excludedOn } from '../billing/exclusions.ts';
import { lineUnits, sumCounts } from '../billing/line-units.ts';
import { addDays, type IsoDate } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { mappedKey, type PlanIndex, sharingKey } from './plan-input.ts';

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
      /** What the line is to have: share and minimum applied. */
      readonly units: number;
    };

const HISTORY_DAYS = 30;

/** Reads one mapping's counts out of its module's reports. */
export class LineCounts {
  readonly decisions: LineDecisions | undefined;
  readonly #index: PlanIndex;
  readonly #mapping: MappedService;
  readonly #externalIds: readonly string[];
  readonly #sharing: readonly MappedService[];

  constructor(index: PlanIndex, mapping: MappedService, contract: Contract) {
    this.decisions = index.decisions.get(mapping.id);
    this.#index = index;
    this.#mapping = mapping;
    this.#externalIds = index.mappedTo.get(mappedKey(mapping.module, contract.organizationId)) ?? [];
    this.#sharing = index.sharing.get(sharingKey(mapping, contract.organizationId)) ?? [];
  }

  /** The line's count by `report`, applied as of `day`. */
  on(report: UsageReport, day: IsoDate): LineCount {
    const count = sumCounts(report, this.#externalIds, this.#mapping.billingType);
    if (count === undefined) return { known: false };
    const excluded = excludedOn(this.decisions?.exclusions ?? [], day);
    if (excluded.all) return { known: true, excluded: true };
    const less = Math.min(excluded.units, count);
    const units = lineUnits(count - less, this.#mapping, this.#sharing);
    return { known: true, excluded: false, count, less, lessened: excluded.units > 0, units };
  }

  /** Units of the known days among the 30 before `day`, without those that `leaveOut` names. */
  before(day: IsoDate, leaveOut: (day: IsoDate) => boolean): number[] {
    const from = addDays(day, -HISTORY_DAYS);
    return (this.#index.reports.get(this.#mapping.module) ?? []).flatMap((report) => {
      if (report.date < from || report.date >= day || leaveOut(report.date)) return [];
      const counted = this.on(report, report.date);
      return counted.known && !counted.excluded ? [counted.units] : [];
    });
  }
}
