import { z } from 'zod';
import { IsoDate } from './calendar.ts';
import { BillingTypeName, ContractId, ContractServiceId, ModuleId, stableId } from './ids.ts';

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
      cause: z.enum(['count', 'before-mapping', 'adopted', 'moved']),
    }),
  ),
  /** The last day whose count has been applied; undefined before the first. */
  appliedThrough: IsoDate.optional(),
  /** Start of the newest period whose item has been made. */
  itemsThrough: IsoDate.optional(),
});
export type UnitLedger = z.infer<typeof UnitLedger>;
export type UnitChange = UnitLedger['changes'][number];

export const unitLedgerId = (
  contractServiceId: string,
  module: string | null,
  billingType: string | null,
): string => stableId('ul', contractServiceId, module ?? '', billingType ?? '');

export const unitsOn = (ledger: Pick<UnitLedger, 'changes'>, date: IsoDate): number =>
  ledger.changes.reduce((sum, change) => (change.effectiveDate <= date ? sum + change.units : sum), 0);
