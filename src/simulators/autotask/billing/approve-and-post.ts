import { converted, shareInCents, toScaled } from '../exact.ts';
import { Refusal } from '../refusal.ts';
import type { Row, Tables } from '../tables.ts';
import { isPosted, type Ledger, rateOf } from './ledger.ts';
import { type Charge, chargeOf, type Segment } from './segments.ts';

export interface PostingWorld {
  readonly tables: Tables;
  readonly ledger: Ledger;
  /** The number of a billing item type or sub type by its label. */
  itemType(list: 'billingItemType' | 'subType', label: string): number;
  /** The resource who approves. */
  readonly approver: number;
}

/** A pending row with what it would be posted as. */
export interface PendingRow {
  readonly row: Row;
  readonly segment: Segment;
  readonly charge: Charge;
}

/** Rows that stand in Autotask's list of things to approve. Rows that charge nothing are never in it. */
export function pendingRows(ledger: Ledger): PendingRow[] {
  const pending = ledger.all().flatMap(({ row, segment }) => {
    const charge = isPosted(row) ? undefined : chargeOf(segment);
    return charge === undefined ? [] : [{ row, segment, charge }];
  });
  return pending.sort((a, b) =>
    a.segment.start < b.segment.start ? -1 : a.segment.start > b.segment.start ? 1 : 0,
  );
}

/** Closes rows that charge nothing in periods over by `last`: no item comes of them, and they take no more changes. */
export function closeEmpty(ledger: Ledger, last: string): void {
  for (const { row, segment } of ledger.all()) {
    if (segment.period.end > last || isPosted(row) || chargeOf(segment) !== undefined) continue;
    row.approveAndPostDate = segment.end;
  }
}

/** What a person does in Autotask's pages; its API cannot. @param at the instant of posting, ISO */
export function postRow(world: PostingWorld, { row, segment, charge }: PendingRow, at: string): Row {
  const { tables } = world;
  const { split, period } = segment;
  const contract = tables.row('Contracts', Number(row.contractID));
  const service = tables.row('Services', Number(row.serviceID));
  const rate = rateOf(tables, Number(row.contractID));
  const label = split === undefined ? 'Recurring Services' : 'Recurring Services Adjustment';
  row.approveAndPostDate = at.slice(0, 10);
  return tables.insert('BillingItems', {
    billingItemType: world.itemType('billingItemType', label),
    subType: world.itemType('subType', label),
    itemName: String(service?.name ?? ''),
    description: `${service?.name ?? ''} (${period.start} to ${period.end})`,
    quantity: charge.quantity,
    rate: charge.rate,
    extendedPrice: charge.price,
    ourCost: charge.cost,
    totalAmount: 0,
    taxDollars: 0,
    internalCurrencyRate: converted(charge.rate, rate),
    internalCurrencyExtendedPrice: shareInCents(toScaled(converted(charge.price, rate)), 1, 1),
    internalCurrencyTotalAmount: 0,
    internalCurrencyTaxDollars: 0,
    itemDate: segment.start,
    postedDate: at.slice(0, 10),
    postedOnTime: at,
    webServiceDate: null,
    nonBillable: 0,
    invoiceID: 0,
    sortOrderID: 0,
    companyID: Number(contract?.companyID),
    contractID: Number(row.contractID),
    serviceID: Number(row.serviceID),
    contractServiceID: Number(row.contractServiceID),
    contractServicePeriodID: periodIdOf(world, row, period.start),
    contractServiceAdjustmentID: split?.change.adjustmentId ?? null,
    billingCodeID: Number(service?.billingCodeID),
    itemApproverID: world.approver,
  });
}

/** A period goes by the id of its first row, which its adjustments share. */
function periodIdOf({ ledger }: PostingWorld, row: Row, periodStart: string): number {
  const line = Number(row.contractServiceID);
  // A service added inside a period has no row on the period's first day.
  const first = () => ledger.rowsOf(line).find((one) => String(one.startDate) >= periodStart);
  return (ledger.rowAt(line, periodStart) ?? first() ?? row).id;
}

/** Takes a posted item back: it vanishes and its row is pending again. */
export function unpost({ tables, ledger }: PostingWorld, billingItemId: number): void {
  const item = tables.row('BillingItems', billingItemId);
  if (item === undefined) throw new Refusal(404, `There is no posted billing item ${billingItemId}.`);
  if (item.invoiceID !== 0) throw new Refusal(409, 'The item is invoiced. Void its invoice first.');
  const row = ledger.rowsOf(Number(item.contractServiceID)).find((one) => one.startDate === item.itemDate);
  tables.remove('BillingItems', billingItemId);
  if (row !== undefined) row.approveAndPostDate = null;
  ledger.rewrite(Number(item.contractID));
}

/** Puts posted items that are on no invoice yet onto one for each company. */
export function invoice({ tables }: PostingWorld, throughDate: string): { invoiced: number } {
  const due = tables
    .rows('BillingItems')
    .filter((item) => item.invoiceID === 0 && String(item.itemDate) <= throughDate);
  const last = Math.max(30_000, ...tables.rows('BillingItems').map((item) => Number(item.invoiceID)));
  const companies = [...new Set(due.map((item) => item.companyID))];
  for (const item of due) {
    item.invoiceID = last + 1 + companies.indexOf(item.companyID);
    item.totalAmount = item.extendedPrice ?? 0;
    item.internalCurrencyTotalAmount = item.internalCurrencyExtendedPrice ?? 0;
  }
  return { invoiced: due.length };
}
