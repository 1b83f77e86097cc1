import { z } from 'zod';
import { commonFaults } from '../kit/common-faults.ts';

/** What can be made to go wrong with calls under `/api`, each switched on by itself. Pages count from 0, as the API does. */
export const Faults = z.strictObject({
  ...commonFaults,
  /** 403 on every call, as when the address is blocked. */
  blocked: z.boolean().default(false),
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
