import { z } from 'zod';

const times = z.number().int().positive();

/** What can be made to go wrong with calls under `/api`, each switched on by itself. Pages count from 0, as the API does. */
export const Faults = z.strictObject({
  /** 401 on the next call, or on all. */
  unauthorized: z.enum(['once', 'always']).nullable().default(null),
  /** 429 on the next `times` calls, with or without Retry-After. */
  throttle: z
    .object({ times, retryAfterSeconds: z.number().nonnegative().nullable() })
    .nullable()
    .default(null),
  /** 403 on every call, as when the address is blocked. */
  blocked: z.boolean().default(false),
  /** Every answer is late by this much. */
  slowMs: z.number().nonnegative().default(0),
  /** This answer instead of the next `times` ones (null: of all), as an error body or as a web page. */
  failure: z
    .object({ status: z.number().int().min(200).max(599), times: times.nullable(), html: z.boolean() })
    .nullable()
    .default(null),
  /** The JSON of this page of every list is cut in half. */
  brokenPage: z.number().int().nonnegative().nullable().default(null),
  /** This field has another name in every list. */
  changedField: z
    .enum(['uid', 'siteUid', 'deviceClass', 'deviceType', 'udf', 'totalCount', 'pageDetails'])
    .nullable()
    .default(null),
  /** nextPageUrl leads to this origin. */
  foreignNextPage: z.url().nullable().default(null),
  /** nextPageUrl leads to the page it stands on. */
  repeatNextPage: z.boolean().default(false),
  /** Each page begins with the last row of the one before. */
  duplicateAcrossPages: z.boolean().default(false),
  /** Added to every totalCount. */
  totalCountOff: z.number().int().default(0),
});
export type Faults = z.infer<typeof Faults>;

export const noFaults = (): Faults => Faults.parse({});
