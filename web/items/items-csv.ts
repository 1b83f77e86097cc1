import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';
import { type Cell, csvRows, toCsv } from '../csv.ts';

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

/** The file piece by piece, as its rows are read: a million of them never stand in memory at once. */
export function itemsCsv(chunks: AsyncIterable<readonly BillingItemView[]>): ReadableStream<Uint8Array> {
  const cells = Object.values(COLUMNS);
  const header = Object.keys(COLUMNS);
  async function* pieces(): AsyncGenerator<string> {
    yield toCsv(header, []);
    for await (const items of chunks) yield csvRows(items.map((item) => cells.map((of) => of(item))));
  }
  const iterator = pieces();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return(undefined);
    },
  });
}
