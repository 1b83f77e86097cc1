import { z } from 'zod';
import { IsoDate } from './calendar.ts';
import { ContractServiceId } from './ids.ts';
import { Money } from './money.ts';

/** Units of a contract service over some days of one billing period, as a PSA that lives elsewhere was last seen to hold them. */
export const PsaUnitRow = z.object({
  id: z.string().min(1),
  contractServiceId: ContractServiceId,
  /** Both inclusive. */
  start: IsoDate,
  end: IsoDate,
  units: z.number().int(),
  /** Of one unit for a whole period. */
  unitPrice: Money.optional(),
  /** Left out while it is pending. */
  postedOn: IsoDate.optional(),
});
export type PsaUnitRow = z.infer<typeof PsaUnitRow>;
