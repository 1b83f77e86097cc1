import { z } from 'zod';
import { IsoDate, IsoInstant } from './calendar.ts';

/** How far a PSA that lives elsewhere has been read. */
export const PsaState = z.object({
  id: z.literal('psa'),
  /** The PSA's own mark of the last book, for the next reading. */
  bookmark: z.string(),
  /** The day of the last reading of every organization, which alone tells of those that are gone. */
  allOn: IsoDate,
  /** When posted items were last read; absent until the first time. */
  postedReadAt: IsoInstant.optional(),
});
export type PsaState = z.infer<typeof PsaState>;
