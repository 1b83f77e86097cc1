import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import { type Cell, toCsv } from '../csv.ts';

const COLUMNS: Readonly<Record<string, (item: BillingItemView) => Cell>> = {
  id: (item) => item.id,
  status: (item) => item.status,
  kind: (item) => item.kind,
  organization: (item) => item.organization,
  contract: (item) => item.contract,
  service: (item) => item.service,
  module: (item) => (item.module === null ? '' : item.moduleName),
  billingType: (item) => item.billingType,
  periodStart: (item) => item.period.start,
  periodEnd: (item) => item.period.end,
  itemDate: (item) => item.itemDate,
  units: (item) => item.units,
  unitPrice: (item) => item.unitPrice,
  amount: (item) => item.amount,
  cost: (item) => item.cost,
  currency: (item) => item.currency,
  postedAt: (item) => item.postedAt,
  postedBy: (item) => item.postedBy?.name,
  corrects: (item) => item.corrects,
};

export function itemsCsv(items: readonly BillingItemView[]): string {
  const cells = Object.values(COLUMNS);
  return toCsv(
    Object.keys(COLUMNS),
    items.map((item) => cells.map((of) => of(item))),
  );
}
