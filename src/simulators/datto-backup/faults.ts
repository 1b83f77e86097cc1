import { z } from 'zod';
import { commonFaults } from '../kit/common-faults.ts';

/** What can be made to go wrong with calls under `/v1`, each switched on by itself. Pages count from 1, as the API does. */
export const Faults = z.strictObject({
  ...commonFaults,
  /** The JSON of this page of every list is cut in half; a list without pages is its page 1. */
  brokenPage: z.number().int().positive().nullable().default(null),
  /** This field has another name in every list. */
  changedField: z
    .enum([
      'pagination',
      'count',
      'serialNumber',
      'clientCompanyName',
      'agentCount',
      'assetUuid',
      'type',
      'saasCustomerId',
      'seatsUsed',
      'billable',
      'seatState',
    ])
    .nullable()
    .default(null),
  /** Lists come as objects with the keys "0", "1" and so on. */
  objectKeyed: z.boolean().default(false),
  /** Each page begins with the last row of the one before. */
  duplicateAcrossPages: z.boolean().default(false),
  /** The page asked for is not the one that comes. */
  wrongPage: z.boolean().default(false),
  /** Added to every count of a list. */
  countOff: z.number().int().default(0),
  /** `pagination.count` is of the page, not of the list. */
  countOfPage: z.boolean().default(false),
  /** Seats of a customer who has more of them than this answer 504. */
  seatsAtMost: z.number().int().nonnegative().nullable().default(null),
  /** The list of domains is late by this much; the real one takes 20 to 34 seconds. */
  slowDomainsMs: z.number().nonnegative().default(0),
  /** So are seats. */
  slowSeatsMs: z.number().nonnegative().default(0),
});
export type Faults = z.infer<typeof Faults>;
