import { z } from 'zod';
import { IsoDate, IsoInstant } from './calendar.ts';
import { type BillingTypeName, ModuleId } from './ids.ts';

const perOrganization = <T extends z.ZodType>(value: T) => z.record(z.string(), z.record(z.string(), value));

/**
 * The usage counts of one module on one day, by module organization (external id) and billing type. True/false billing
 * types count 1 or 0. `complete`: the module answered for every organization, so what is absent is zero, save other
 * billing types than `billingTypes` and what `unknown` names; otherwise (a usage feed) what is absent is unknown. The
 * last report of a day replaces earlier ones of that day in all that it knows.
 */
export const UsageReport = z.object({
  /** `<module>:<date>` */
  id: z.string().min(1),
  module: ModuleId,
  date: IsoDate,
  takenAt: IsoInstant,
  complete: z.boolean(),
  counts: perOrganization(z.number().int().nonnegative()),
  /** What a complete report answers for; every billing type of the module when left out. */
  billingTypes: z.array(z.string()).exactOptional(),
  /** Billing types it could not tell, by module organization. */
  unknown: z.record(z.string(), z.array(z.string())).exactOptional(),
  /** When all but the counts that bill were taken out: what is absent since then is unknown. */
  thinned: IsoInstant.exactOptional(),
});
export type UsageReport = z.infer<typeof UsageReport>;

export const usageReportId = (module: ModuleId, date: IsoDate): string => `${module}:${date}`;

/** Counts of one module organization by billing type. */
export type CountsByType = Readonly<Record<string, number>>;

const NONE: CountsByType = {};

/**
 * What a report says of one module organization. Vendors' ids are keys here, and every object has a `constructor` and
 * more: what they have is neither an object of numbers nor a number, so only what is of the right type was counted.
 */
export function countsOfOne({ counts }: UsageReport, externalId: string): CountsByType {
  const known = counts[externalId];
  return typeof known === 'object' ? known : NONE;
}

/**
 * The count of one billing type summed over the module organizations mapped to an organization, or undefined when one of
 * them is unknown: unknown is not zero.
 * @param ofEach by `countsOfOne` of the same report, where many billing types are asked for
 */
export function sumCounts(
  report: UsageReport,
  externalIds: readonly string[],
  billingType: BillingTypeName,
  ofEach?: readonly CountsByType[],
): number | undefined {
  let sum = 0;
  let place = 0;
  for (const externalId of externalIds) {
    const ofOne = ofEach?.[place++] ?? countsOfOne(report, externalId);
    const count = countIn(report, externalId, ofOne, billingType);
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}

/** The count, or undefined when it is unknown. */
export const countOf = (
  report: UsageReport,
  externalId: string,
  billingType: BillingTypeName,
): number | undefined => countIn(report, externalId, countsOfOne(report, externalId), billingType);

function countIn(
  report: UsageReport,
  externalId: string,
  ofOne: CountsByType,
  billingType: BillingTypeName,
): number | undefined {
  const count = ofOne[billingType];
  if (typeof count === 'number') return count;
  return answersFor(report, externalId, billingType) ? 0 : undefined;
}

/** Whether what is absent from the report is zero there. */
export function answersFor(
  { complete, billingTypes, unknown }: Pick<UsageReport, 'complete' | 'billingTypes' | 'unknown'>,
  externalId: string,
  billingType: string,
): boolean {
  if (!complete || billingTypes?.includes(billingType) === false) return false;
  return !unknown || !Object.hasOwn(unknown, externalId) || !unknown[externalId]?.includes(billingType);
}

/** Counts by module organization and billing type, over `before`; of two of the same the later holds. */
export function countsOf(
  counts: Iterable<{ readonly externalId: string; readonly billingType: string; readonly quantity: number }>,
  before: UsageReport['counts'] = {},
): UsageReport['counts'] {
  const all = new Map(Object.entries(before).map(([id, types]) => [id, new Map(Object.entries(types))]));
  for (const { externalId, billingType, quantity } of counts)
    all.set(externalId, (all.get(externalId) ?? new Map<string, number>()).set(billingType, quantity));
  return Object.fromEntries([...all].map(([id, types]) => [id, Object.fromEntries(types)]));
}

/** What was counted: for each module organization its devices, with the billing type each falls under. */
export const UsageEvidence = z.object({
  id: z.string().min(1),
  module: ModuleId,
  date: IsoDate,
  devices: z.record(
    z.string(),
    z.array(z.object({ id: z.string(), name: z.string(), billingType: z.string() })),
  ),
  /** Module organizations whose devices were not told that day, with a sentence that says what was counted instead. */
  untold: z.record(z.string(), z.string()).exactOptional(),
});
export type UsageEvidence = z.infer<typeof UsageEvidence>;
