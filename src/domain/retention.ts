import { z } from 'zod';
import { addMonths, type IsoDate, IsoInstant, IsoMonth, monthOf } from './calendar.ts';
import { ModuleId } from './ids.ts';

/** What is thinned, in the order in which it is. The audit log, billing items and unit ledgers never are. */
export const THINNED_KINDS = ['counts', 'devices', 'quiet-activity', 'activity', 'unit-changes'] as const;
export type ThinnedKind = (typeof THINNED_KINDS)[number];

/** For people, as the beginning of a sentence. */
export const THINNED_NAMES: Readonly<Record<ThinnedKind, string>> = {
  counts: 'Daily counts',
  devices: 'Device names',
  'quiet-activity': 'Activity rows that say that nothing changed, and rehearsals',
  activity: 'Activity log and sync runs',
  'unit-changes': 'Unit changes that the PSA has taken',
};

/** How many whole months back each is kept in full; null for ever. */
export type Retention = Readonly<Record<ThinnedKind, number | null>>;

/**
 * No kind can be kept shorter: leaks are traced back 90 days, an item is explained by up to 62 days before its period,
 * and a night that was missed is made up for within three months.
 */
export const LEAST_MONTHS = 4;

export const DEFAULT_RETENTION: Retention = {
  counts: 13,
  devices: 13,
  'quiet-activity': 4,
  activity: 25,
  'unit-changes': 13,
};

/** The newest month of which a day is older than that; undefined where all is kept for ever. */
export const lastMonthToThin = (today: IsoDate, months: number | null): IsoMonth | undefined =>
  months === null ? undefined : monthOf(addMonths(`${monthOf(today)}-01` as IsoDate, -months - 1));

/** That a month was thinned, so that what is gone is never mistaken for what was never known. */
export const Thinning = z.object({
  /** By `thinningId`. */
  id: z.string().min(1),
  kind: z.enum(THINNED_KINDS),
  month: IsoMonth,
  /** Of usage counts, which are thinned module by module. */
  module: ModuleId.exactOptional(),
  /** When something last went. */
  at: IsoInstant,
  /** Records that were removed, and those of which a part was. */
  removed: z.number().int().nonnegative(),
  reduced: z.number().int().nonnegative(),
  /** Something stayed because pending items or counts not yet applied need it: the month is looked at again. */
  open: z.boolean(),
});
export type Thinning = z.infer<typeof Thinning>;

export const thinningId = (kind: ThinnedKind, month: IsoMonth, module = ''): string =>
  `${kind}:${month}:${module}`;
