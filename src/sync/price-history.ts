import type { IsoDate } from '../domain/calendar.ts';
import type { ContractService } from '../domain/contract.ts';

/** A contract service as it was just read: when it was read, and what it cost before, icb notes itself. */
export type ReadService = Omit<ContractService, 'readOn' | 'pastPrices' | 'units'> & {
  /** Left out: what is known stays. Unknown is not zero. */
  readonly units?: number | undefined;
};

/** Keeps the prices that were in force until today, and the day units were first read. */
export function withHistory(
  before: ContractService | undefined,
  service: ReadService,
  today: IsoDate,
): ContractService {
  const units = service.units ?? before?.units ?? 0;
  if (!before) return { ...service, units, readOn: today, pastPrices: [] };
  const samePrice = before.unitPrice === service.unitPrice && before.unitCost === service.unitCost;
  const past = {
    unitPrice: before.unitPrice,
    ...(before.unitCost ? { unitCost: before.unitCost } : {}),
    replacedOn: today,
  };
  // Corrected twice on one day: the price before that day is the one that was in force.
  const already = before.pastPrices.at(-1)?.replacedOn === today;
  return {
    ...service,
    units,
    readOn: before.units === units ? before.readOn : today,
    pastPrices: samePrice || already ? before.pastPrices : [...before.pastPrices, past],
  };
}
