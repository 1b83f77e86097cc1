import { z } from 'zod';

/** Whom a fault meets: one entity (by its name in a path, in any case) or all, a number of times or until cleared. */
const limits = {
  entity: z.string().min(1).optional(),
  times: z.number().int().positive().optional(),
};

/** `true` for a fault that meets everybody until cleared. */
const fault = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .preprocess(
      (given) => (given === true ? {} : given === false ? null : given),
      z.strictObject({ ...limits, ...shape }).nullable(),
    )
    .default(null);

/** What can be made to go wrong, each switched on by itself. `ZoneInformation` is met only where it is named. */
export const Faults = z.strictObject({
  /** A write takes effect; then its caller gets no answer, or the connection is reset. Refused writes are answered. */
  timeoutAfterCommit: fault({ how: z.enum(['silence', 'reset']).default('silence') }),
  /** A write does not take effect and the connection is reset. */
  resetBeforeCommit: fault({}),
  /** 500 as a web page: an outage, not a refusal. */
  webPage: fault({ status: z.number().int().min(500).max(599).default(500) }),
  /** 401, as of a changed secret. */
  unauthorized: fault({}),
  /** 403: the API user's security level lost the right to the entity. */
  lostRight: fault({}),
  /** As if three calls were under way already. */
  threads: fault({}),
  /** As if the hour's calls were used up. */
  throttled: fault({ retryAfterSeconds: z.number().nonnegative().optional() }),
  /** Answers are late. */
  slow: fault({ ms: z.number().nonnegative() }),
  /** 200 with nothing in it. */
  emptyAnswer: fault({}),
  /** JSON cut in half. */
  brokenJson: fault({}),
  /** Each page after the first begins with the last record of the one before. */
  duplicateRow: fault({}),
  /** nextPageUrl leads to this origin. */
  foreignNextPage: fault({ origin: z.url() }),
  /** The tenant moved: its old zone answers 401, and zoneInformation names the new one. */
  zoneMoved: z.boolean().default(false),
  /** The tenant is a sandbox: zoneInformation says so by the zone's name. */
  sandbox: z.boolean().default(false),
  /** How an unknown integration code is answered. */
  wrongCodeStatus: z.union([z.literal(401), z.literal(500)]).default(401),
  /** How calls over the hour's limit are answered. */
  thresholdStatus: z.union([z.literal(429), z.literal(500)]).default(429),
  /** How a fourth call at once is answered. */
  threadStatus: z.union([z.literal(429), z.literal(500)]).default(429),
  /** How a missing id is answered: 200 with a null item, or 404. */
  missingItemStatus: z.union([z.literal(200), z.literal(404)]).default(200),
});
export type Faults = z.infer<typeof Faults>;
export type FaultChange = Partial<z.input<typeof Faults>>;

type Limited =
  | 'timeoutAfterCommit'
  | 'resetBeforeCommit'
  | 'webPage'
  | 'unauthorized'
  | 'lostRight'
  | 'threads'
  | 'throttled'
  | 'slow'
  | 'emptyAnswer'
  | 'brokenJson'
  | 'duplicateRow'
  | 'foreignNextPage';

export const noFaults = (): Faults => Faults.parse({});

/** The fault if it meets this entity now; its count goes down. */
export function takeFault<Name extends Limited>(faults: Faults, name: Name, entity: string): Faults[Name] {
  const one = faults[name];
  if (one === null) return null;
  const named = one.entity?.toLowerCase();
  if (named === undefined ? entity === 'ZoneInformation' : named !== entity.toLowerCase())
    return null as Faults[Name];
  if (one.times !== undefined) {
    const left = one.times - 1;
    Object.assign(faults, { [name]: left > 0 ? { ...one, times: left } : null });
  }
  return one;
}
