import type { Call } from '../../http/vendor-session.ts';

/**
 * Does the work for every item at once, as far as the vendor's client lets it, and gives the results in the items'
 * order. The first failure stops the rest: a count that cannot be complete asks nothing more.
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  call: Call,
  work: (item: Item, call: Call) => Promise<Result>,
  onProgress?: (done: number, total: number) => void,
): Promise<Result[]> {
  const stop = new AbortController();
  const own = { ...call, signal: AbortSignal.any([call.signal, stop.signal]) };
  let done = 0;
  try {
    return await Promise.all(
      items.map(async (item) => {
        const result = await work(item, own);
        onProgress?.(++done, items.length);
        return result;
      }),
    );
  } catch (error) {
    stop.abort();
    throw error;
  }
}
