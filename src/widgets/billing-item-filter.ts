import { z } from 'zod';
import type { BillingItem } from '../domain/billing-item.ts';
import { IsoMonth, monthOf } from '../domain/calendar.ts';
import { BillingTypeName, ContractId, ModuleId, OrganizationId } from '../domain/ids.ts';
import { Currency, compareMoney, Money, roundToCents } from '../domain/money.ts';

const Service = z.string().min(1);

const lists = {
  module: z.array(ModuleId).optional(),
  organization: z.array(OrganizationId).optional(),
  contract: z.array(ContractId).optional(),
  billingType: z.array(BillingTypeName).optional(),
  service: z.array(Service).optional(),
};

/**
 * Which billing items are meant; all parts must hold. A list holds when the item has one of its values. `noModule`
 * adds items without a module to the `module` list, or asks for them alone when there is none; `noBillingType`
 * likewise. `except` leaves out what its lists name: the rows behind a chart's "Other".
 */
export const BillingItemFilter = z.strictObject({
  status: z.enum(['pending', 'posted']).optional(),
  ...lists,
  noModule: z.boolean().optional(),
  noBillingType: z.boolean().optional(),
  currency: Currency.optional(),
  kind: z.enum(['period', 'adjustment']).optional(),
  /** Part of the service's name, small or capital letters alike. */
  serviceContains: z.string().trim().min(1).max(200).optional(),
  minAmount: Money.optional(),
  maxAmount: Money.optional(),
  minUnits: z.number().int().optional(),
  maxUnits: z.number().int().optional(),
  /** Months of the billing period's start, both ends included. */
  period: z.strictObject({ from: IsoMonth.optional(), to: IsoMonth.optional() }).optional(),
  except: z
    .strictObject({ ...lists, noModule: z.boolean().optional(), noBillingType: z.boolean().optional() })
    .optional(),
});
export type BillingItemFilter = z.infer<typeof BillingItemFilter>;
export type FilterLists = NonNullable<BillingItemFilter['except']>;

type Test = (item: BillingItem) => boolean;

function member(
  values: readonly string[] | undefined,
  orNull: boolean | undefined,
  of: (item: BillingItem) => string | null,
): Test | undefined {
  if (!values && !orNull) return undefined;
  const wanted = new Set<string | null>(values);
  if (orNull) wanted.add(null);
  return (item) => wanted.has(of(item));
}

function listTests(lists: FilterLists): Test[] {
  return [
    member(lists.module, lists.noModule, (item) => item.module),
    member(lists.organization, false, (item) => item.organizationId),
    member(lists.contract, false, (item) => item.contractId),
    member(lists.billingType, lists.noBillingType, (item) => item.billingType),
    member(lists.service, false, (item) => item.service),
  ].filter((test) => test !== undefined);
}

function periodTest(period: BillingItemFilter['period']): Test | undefined {
  if (!period?.from && !period?.to) return undefined;
  const { from = '0000-01', to = '9999-12' } = period;
  return (item) => {
    const month = monthOf(item.period.start);
    return from <= month && month <= to;
  };
}

/** Text and limits; amounts are compared at the two decimals people see. */
function valueTests(filter: BillingItemFilter): Test[] {
  const { kind, serviceContains, minAmount, maxAmount, minUnits, maxUnits } = filter;
  const part = serviceContains?.toLowerCase();
  return [
    kind && ((item: BillingItem) => item.kind === kind),
    part && ((item: BillingItem) => item.service.toLowerCase().includes(part)),
    minAmount && ((item: BillingItem) => compareMoney(roundToCents(item.amount), minAmount) >= 0),
    maxAmount && ((item: BillingItem) => compareMoney(roundToCents(item.amount), maxAmount) <= 0),
    minUnits !== undefined && ((item: BillingItem) => item.units >= minUnits),
    maxUnits !== undefined && ((item: BillingItem) => item.units <= maxUnits),
  ].filter((test) => typeof test === 'function');
}

/** The filter as one test, for use over many items. */
export function filterTest(filter: BillingItemFilter): Test {
  const { status, currency } = filter;
  const wanted = [...listTests(filter), ...valueTests(filter)];
  const unwanted = listTests(filter.except ?? {});
  const inPeriod = periodTest(filter.period);
  if (status) wanted.push((item) => item.status === status);
  if (currency) wanted.push((item) => item.currency === currency);
  if (inPeriod) wanted.push(inPeriod);
  return (item) => wanted.every((test) => test(item)) && !unwanted.some((test) => test(item));
}

export const matchesFilter = (item: BillingItem, filter: BillingItemFilter): boolean =>
  filterTest(filter)(item);
