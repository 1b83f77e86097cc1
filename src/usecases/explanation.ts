import type { Actor } from '../domain/actor.ts';
import type { IsoDate, IsoInstant } from '../domain/calendar.ts';
import type { Exclusion, Release } from '../domain/line-decision.ts';
import type { Money } from '../domain/money.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import type { SyncTrigger } from '../domain/sync-run.ts';
import type { BillingItemView } from './list-billing-items.ts';
import type { ThinnedDays } from './thinned-days.ts';

export interface CountedDay {
  readonly date: IsoDate;
  /** Null: not known on that day. */
  readonly quantity: number | null;
  readonly moduleOrganizations: readonly {
    readonly id: string;
    readonly name: string;
    readonly quantity: number | null;
  }[];
  /** What the line has by that day's count: exclusions, share and minimum applied. Null: unknown, or not applied. */
  readonly units: number | null;
  /** A person took the day's count out, or so many of its units. */
  readonly excluded?: 'all' | number;
  /** The day's count waited for a person. */
  readonly held?: true;
  /** Names of the devices counted, at most 200, on the day the item counts from. */
  readonly devices?: readonly string[];
  /** How many more there were. */
  readonly moreDevices?: number;
  /** Why no devices can be told of that day: what was counted instead. */
  readonly notes?: readonly string[];
}

/** Some names of many. */
export interface DeviceNames {
  readonly names: readonly string[];
  /** How many there are beside these. */
  readonly more: number;
}

/** Which devices came and went between two days that were counted. */
export interface DeviceChange {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly came: DeviceNames;
  readonly went: DeviceNames;
}

/** Counts that waited for a person, as the activity log tells. */
export interface ExplainedHold {
  readonly since: IsoDate;
  /** The newest day that waited. */
  readonly through: IsoDate;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly text: string;
  readonly ended: 'waiting' | 'approved' | 'excluded' | 'returned' | 'otherwise';
}

/** The sync that made or last changed the item's units. */
export interface ExplainedRun {
  readonly runId: string;
  readonly at: IsoInstant;
  readonly date: IsoDate;
  readonly trigger: SyncTrigger;
  readonly by: Actor;
  readonly oldUnits: number;
  readonly newUnits: number;
  readonly reason: { readonly code: string; readonly text: string };
}

export interface RelatedItem
  extends Pick<
    BillingItemView,
    'id' | 'status' | 'kind' | 'itemDate' | 'units' | 'amount' | 'currency' | 'postedAt' | 'postedBy'
  > {}

export interface Explanation {
  readonly item: BillingItemView;
  /** Two to four plain sentences. */
  readonly words: readonly string[];
  readonly arithmetic: string;
  readonly counts: readonly CountedDay[];
  readonly deviceChange?: DeviceChange;
  /** What is gone of the days that explain it; those of `counts` are the days that are left. */
  readonly thinned: readonly ThinnedDays[];
  readonly organizationMappings: readonly {
    readonly moduleOrganizationId: string;
    readonly moduleOrganization: string;
    readonly organizationId: string;
    readonly by: Actor;
    readonly at: IsoInstant;
    readonly suggestion?: { readonly confidence: number; readonly reason: string };
  }[];
  readonly serviceMapping:
    | (Pick<MappedService, 'unitRule' | 'dropRule' | 'minimum' | 'share' | 'contractServiceId'> & {
        readonly by: Actor;
        readonly at: IsoInstant;
      })
    | null;
  /** Unit rule, minimum and share, a sentence each. */
  readonly rule: readonly string[];
  readonly unitPrice: Money;
  /** The price and since when. */
  readonly price: string;
  /** Those that touch the days of `counts`. */
  readonly exclusions: readonly Exclusion[];
  readonly releases: readonly Release[];
  readonly holds: readonly ExplainedHold[];
  readonly changedBy?: ExplainedRun;
  readonly corrects?: string;
  readonly corrected?: RelatedItem;
  readonly correctedBy: readonly string[];
  readonly corrections: readonly RelatedItem[];
  /** Postings and postings taken back, oldest first. */
  readonly history: readonly {
    readonly what: 'posted' | 'un-posted';
    readonly at: IsoInstant;
    readonly by: Actor;
    readonly reason?: string;
  }[];
}
