import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PartitionRange, Snapshot } from '../ports/store.ts';
import type { ItemMonth } from '../widgets/gather-columns.ts';
import { columnsBuilder, type Dictionaries, newDictionaries } from '../widgets/item-columns.ts';
import { rollUp } from '../widgets/roll-up.ts';
import { keepMonth, keptMonth } from './kept-month.ts';

/** What is kept of the billing items for charts: each month as columns and summed up, some 60 bytes an item. */
export interface ItemMonths {
  readonly dictionaries: Dictionaries;
  /** Undefined where a month has figures too large for columns. */
  read(snapshot: Snapshot, range: PartitionRange): Promise<readonly ItemMonth[] | undefined>;
}

interface Kept {
  readonly version: unknown;
  readonly made: Promise<ItemMonth | undefined>;
}

/** Others have their turn after so many items. */
const ITEMS_AT_ONCE = 2_000;

/** Makes each month once per version of its partition; several who ask at once wait for the same. */
export function itemMonths(): ItemMonths {
  const dictionaries = newDictionaries();
  const kept = new Map<string, Kept>();
  /** One after another, so that not all months' items are in memory at once. */
  let last: Promise<unknown> = Promise.resolve();

  const month = (snapshot: Snapshot, partition: string, version: unknown): Kept['made'] => {
    const known = kept.get(partition);
    if (known && known.version === version) return known.made;
    const made = last.then(
      async () =>
        (await keptMonth(snapshot, partition, dictionaries)) ?? makeMonth(snapshot, partition, dictionaries),
    );
    last = made.catch(() => undefined);
    kept.set(partition, { version, made });
    made.catch(() => kept.get(partition)?.made === made && kept.delete(partition));
    return made;
  };

  return {
    dictionaries,
    async read(snapshot, { from = '', to = '9999-12' }) {
      const versions = await versionsOf(snapshot);
      for (const partition of kept.keys()) if (!versions.has(partition)) kept.delete(partition);
      const wanted = [...versions].filter(([partition]) => from <= partition && partition <= to);
      const found = await Promise.all(
        wanted.map(([partition, version]) => month(snapshot, partition, version)),
      );
      return found.every((each) => each !== undefined) ? found : undefined;
    },
  };
}

/** Of a store that cannot tell, each month may have changed with each commit. */
async function versionsOf(snapshot: Snapshot): Promise<ReadonlyMap<string, unknown>> {
  const known = await snapshot.versions?.('billingItems');
  if (known) return known;
  const partitions = await snapshot.partitions('billingItems');
  return new Map(partitions.map((partition) => [partition, snapshot.revision]));
}

async function makeMonth(
  snapshot: Snapshot,
  partition: string,
  dictionaries: Dictionaries,
): Promise<ItemMonth | undefined> {
  const items = await snapshot.list('billingItems', { from: partition, to: partition });
  const builder = columnsBuilder(partition, items.length, dictionaries);
  for (let at = 0; at < items.length; at++) {
    const item = items[at];
    if (item) builder.add(item);
    if (at % ITEMS_AT_ONCE === ITEMS_AT_ONCE - 1) await nextTurn();
  }
  const columns = builder.finish();
  const made = columns && { columns, cells: rollUp(columns) };
  if (made) await keepMonth(snapshot, partition, made, dictionaries).catch(() => undefined);
  return made;
}
