import { z } from 'zod';
import { IsoDate, IsoInstant } from './calendar.ts';
import { BillingTypeName, ContractId, ContractServiceId, idOnContract, ModuleId } from './ids.ts';

/**
 * Every change of units that one billing type (or, with `module` null, the PSA itself) made on one contract service.
 * Units in force on a day are the sum of the changes effective by then; billing items follow from it.
 */
export const UnitLedger = z.object({
  id: z.string().min(1),
  contractId: ContractId,
  contractServiceId: ContractServiceId,
  module: ModuleId.nullable(),
  billingType: BillingTypeName.nullable(),
  changes: z.array(
    z.object({
      effectiveDate: IsoDate,
      /** Signed. */
      units: z.number().int(),
      /** The day whose count caused it; a recount of that day replaces the change. */
      countDate: IsoDate,
      /**
       * `count`: a usage count changed. `before-mapping`: the PSA held them before any mapping. `adopted`: taken over
       * from the PSA's own, from this day on billed under the module. `moved`: the billing type went to another service.
       */
      cause: z.enum(['count', 'before-mapping', 'adopted', 'moved']),
    }),
  ),
  /**
   * The counts applied under the mapping that began on `since`: the day the first one was applied as, the day of the
   * newest, and when the newest of them was taken. A report taken later than `at` for an earlier day is a recount. A
   * ledger stored as going `along` has since taken in what its module's `counted` says.
   */
  applied: z
    .object({
      since: IsoDate,
      first: IsoDate,
      through: IsoDate,
      at: IsoInstant.optional(),
      along: z.literal(true).optional(),
    })
    .optional(),
  /** Days whose counts were held and then dropped because a later count was within the limits; the last 31 days. */
  dropped: z.array(IsoDate).optional(),
  /** Start of the newest period whose item has been made. */
  itemsThrough: IsoDate.optional(),
});
export type UnitLedger = z.infer<typeof UnitLedger>;
export type UnitChange = UnitLedger['changes'][number];
export type AppliedCounts = NonNullable<UnitLedger['applied']>;

export const unitLedgerId = (
  contractId: string,
  contractServiceId: string,
  module: string | null,
  billingType: string | null,
): string => idOnContract('ul', contractId, contractServiceId, module ?? '', billingType ?? '');

/** Units in force on `date`. */
export const unitsOn = (changes: readonly UnitChange[], date: IsoDate): number =>
  changes.reduce((sum, change) => (change.effectiveDate <= date ? sum + change.units : sum), 0);

/** Units once every change has taken effect. */
export function finalUnits(changes: readonly UnitChange[]): number {
  let sum = 0;
  for (const { units } of changes) sum += units;
  return sum;
}
