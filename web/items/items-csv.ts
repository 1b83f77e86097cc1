import { csvLines, csvOf } from '../../src/domain/csv.ts';
import { ITEM_COLUMNS } from '../../src/usecases/file-columns.ts';
import type { BillingItemView } from '../../src/usecases/list-billing-items.ts';

/** The file piece by piece, as its rows are read: a million of them never stand in memory at once. */
export function itemsCsv(chunks: AsyncIterable<readonly BillingItemView[]>): ReadableStream<Uint8Array> {
  async function* pieces(): AsyncGenerator<string> {
    yield csvOf(ITEM_COLUMNS, []);
    for await (const items of chunks) yield csvLines(ITEM_COLUMNS, items);
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
