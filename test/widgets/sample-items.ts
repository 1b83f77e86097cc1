import { BillingItem } from '../../src/domain/billing-item.ts';
import { addMonths, isoDate } from '../../src/domain/calendar.ts';
import { money, times } from '../../src/domain/money.ts';
import type { Names } from '../../src/widgets/heading.ts';

let serial = 0;

export interface ItemSketch {
  status?: 'pending' | 'posted';
  organization?: string;
  contract?: string;
  module?: string | null;
  billingType?: string | null;
  service?: string;
  start?: string;
  units?: number;
  price?: string;
  cost?: string;
  amount?: string;
  currency?: string;
}

/** A whole billing item from the few fields a test is about. `amount` and `cost` are the item's, not per unit. */
export function makeItem(sketch: ItemSketch = {}): BillingItem {
  const { start = '2026-11-01', units = 1, price = '10.00' } = sketch;
  const end = isoDate(
    Temporal.PlainDate.from(addMonths(isoDate(start), 1))
      .subtract({ days: 1 })
      .toString(),
  );
  serial += 1;
  return BillingItem.parse({
    id: `item-${serial}`,
    status: sketch.status ?? 'pending',
    kind: 'period',
    organizationId: sketch.organization ?? '1',
    contractId: sketch.contract ?? '100',
    contractServiceId: '1000',
    service: sketch.service ?? 'Desktop Monitoring',
    module: sketch.module === undefined ? 'datto-rmm' : sketch.module,
    billingType: sketch.billingType === undefined ? 'AllDevicesMetric' : sketch.billingType,
    period: { start, end, days: 30 },
    itemDate: start,
    days: 30,
    units,
    unitPrice: price,
    amount: sketch.amount ?? times(money(price), units),
    ...(sketch.cost && { cost: sketch.cost }),
    currency: sketch.currency ?? 'USD',
  });
}

export const noNames: Names = { module: new Map(), organization: new Map(), billingType: new Map() };
