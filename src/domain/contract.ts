import { z } from 'zod';
import { IsoDate } from './calendar.ts';
import { ContractId, ContractServiceId, OrganizationId } from './ids.ts';
import { Currency, MoneyInput } from './money.ts';
import { sharedText } from './shared-text.ts';

export const ContractType = z.enum([
  'recurring-service',
  'time-and-materials',
  'fixed-price',
  'block-hours',
  'retainer',
  'per-ticket',
]);

/** A contract in the PSA; usage bills only through recurring service contracts of monthly period. */
export const Contract = z
  .object({
    id: ContractId,
    organizationId: OrganizationId,
    name: z.string().trim().min(1),
    type: ContractType,
    periodType: z.enum(['monthly', 'quarterly', 'semi-annually', 'yearly']),
    status: z.enum(['active', 'inactive']),
    startDate: IsoDate,
    /** Null: open-ended. */
    endDate: IsoDate.nullable().default(null),
  })
  .refine((contract) => contract.endDate === null || contract.endDate >= contract.startDate, {
    path: ['endDate'],
    message: 'the contract ends before it starts',
  });
export type Contract = z.infer<typeof Contract>;

const prices = { unitPrice: MoneyInput, unitCost: MoneyInput.optional() };

/** A service on a contract. `id` is the contract service's, `service` the name the customer sees on the invoice. */
export const ContractService = z.object({
  id: ContractServiceId,
  contractId: ContractId,
  service: z.string().trim().min(1).overwrite(sharedText),
  ...prices,
  currency: Currency,
  /** Units the PSA held before icb billed on it, and the day icb first read them. */
  units: z.number().int().nonnegative().default(0),
  readOn: IsoDate,
  /** Prices in force until icb read a newer one, oldest first. */
  pastPrices: z.array(z.object({ ...prices, replacedOn: IsoDate })).default([]),
});
export type ContractService = z.infer<typeof ContractService>;

/**
 * The prices of periods that start on `periodStart`: a change applies to periods begun after it was read, so a period
 * already running on the day of the change keeps the price it began with. Source: product.md "Price and cost".
 */
export function pricesAt(
  service: ContractService,
  periodStart: IsoDate,
): Pick<ContractService, 'unitPrice' | 'unitCost'> {
  for (const past of service.pastPrices) if (periodStart <= past.replacedOn) return past;
  return service;
}

/** Why usage cannot bill on this contract, in words for people; undefined when it can. */
export function notBillableBecause(contract: Contract, serviceCount: number): string | undefined {
  if (contract.type !== 'recurring-service') return 'it is not a recurring service contract';
  if (contract.periodType !== 'monthly') return `its period is ${contract.periodType}, not monthly`;
  if (contract.status !== 'active') return 'it is inactive';
  if (serviceCount === 0) return 'it holds no services yet; add them in the PSA first';
  return undefined;
}

/** As `notBillableBecause`, on a day: a contract that has ended bills no more. */
export const notBillableOn = (contract: Contract, serviceCount: number, today: IsoDate): string | undefined =>
  notBillableBecause(contract, serviceCount) ??
  (contract.endDate !== null && contract.endDate < today ? `it ended on ${contract.endDate}` : undefined);
