import { z } from 'zod';
import { commonFaults } from '../kit/common-faults.ts';

/** What can be made to go wrong with calls under `/v3`, each switched on by itself. Pages count from 1, as the API does. */
export const Faults = z.strictObject({
  ...commonFaults,
  /** The JSON of this page of every list is cut in half. */
  brokenPage: z.number().int().positive().nullable().default(null),
  /** This field has another name in every answer. */
  changedField: z
    .enum(['totalCount', 'data', 'id', 'customerId', 'accountId', 'monitoredAccounts'])
    .nullable()
    .default(null),
  /** Each page begins with the last row of the one before. */
  duplicateAcrossPages: z.boolean().default(false),
  /** The page asked for is not the one that comes. */
  wrongPage: z.boolean().default(false),
  /** Added to every total of a list. */
  totalCountOff: z.number().int().default(0),
  /** Added to the number of rows a page says it has. */
  dataCountOff: z.number().int().default(0),
  /** `totalPages` says one, however many there are. */
  onePage: z.boolean().default(false),
  /** The path that lists accounts; the other one is unknown. */
  accountPath: z.enum(['account', 'accounts']).default('account'),
});
export type Faults = z.infer<typeof Faults>;
