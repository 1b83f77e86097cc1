import { expect, test } from 'vitest';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import type { PartitionRange, Snapshot, TenantStore } from '../../src/ports/store.ts';
import { itemMonths } from '../../src/usecases/item-months.ts';
import { itemOf, putting } from '../contract/store-records.ts';

/** A store that notes which months are read. */
async function recorded(versions = true) {
  const store: TenantStore = await (await memoryStore()).for('default');
  const read: string[] = [];
  const snapshot = async (): Promise<Snapshot> => {
    const own = await store.snapshot();
    return {
      revision: own.revision,
      get: own.get.bind(own),
      partitions: own.partitions.bind(own),
      ...(versions && own.versions ? { versions: own.versions.bind(own) } : {}),
      list: (kind, range: PartitionRange = {}) => {
        read.push(String(range.from));
        return own.list(kind, range);
      },
    };
  };
  await store.commit(putting('billingItems', itemOf('a', '2026-01-01'), itemOf('b', '2026-02-01', 5)));
  return { store, read, snapshot };
}

const units = (months: Awaited<ReturnType<ReturnType<typeof itemMonths>['read']>>) =>
  months?.map(({ columns }) => [columns.month, columns.numbers.units.reduce((a, b) => a + b, 0)]);

test('a commit makes anew only the months it touched', async () => {
  const { store, read, snapshot } = await recorded();
  const months = itemMonths();
  const first = await months.read(await snapshot(), {});
  expect(units(first)).toEqual([
    ['2026-01', 1],
    ['2026-02', 5],
  ]);
  await months.read(await snapshot(), {});
  expect(read).toEqual(['2026-01', '2026-02']);
  await store.commit(putting('billingItems', itemOf('b', '2026-02-01', 7), itemOf('c', '2026-03-01')));
  const second = await months.read(await snapshot(), {});
  expect(units(second)).toEqual([
    ['2026-01', 1],
    ['2026-02', 7],
    ['2026-03', 1],
  ]);
  expect(read.slice(2)).toEqual(['2026-02', '2026-03']);
});

test('only the months asked for are read, and several who ask at once wait for one reading', async () => {
  const { read, snapshot } = await recorded();
  const months = itemMonths();
  const own = await snapshot();
  const range = { from: '2026-02', to: '2026-02' };
  const both = await Promise.all([months.read(own, range), months.read(own, range)]);
  expect(both.map(units)).toEqual([[['2026-02', 5]], [['2026-02', 5]]]);
  expect(read).toEqual(['2026-02']);
});

test('a month whose items moved away is gone', async () => {
  const { store, snapshot } = await recorded();
  const months = itemMonths();
  await months.read(await snapshot(), {});
  await store.commit(putting('billingItems', itemOf('a', '2026-02-01')));
  expect(units(await months.read(await snapshot(), {}))).toEqual([['2026-02', 6]]);
});

test('of a store that tells no versions, each commit makes all anew and the answer is right', async () => {
  const { store, read, snapshot } = await recorded(false);
  const months = itemMonths();
  await months.read(await snapshot(), {});
  await store.commit(putting('billingItems', itemOf('a', '2026-01-01', 3)));
  expect(units(await months.read(await snapshot(), {}))).toEqual([
    ['2026-01', 3],
    ['2026-02', 5],
  ]);
  expect(read).toHaveLength(4);
});

test('a month that cannot be read is tried again', async () => {
  const { snapshot } = await recorded();
  const months = itemMonths();
  const own = await snapshot();
  const broken: Snapshot = { ...own, list: () => Promise.reject(new Error('disk')) };
  await expect(months.read(broken, {})).rejects.toThrow('disk');
  expect(units(await months.read(own, {}))).toEqual([
    ['2026-01', 1],
    ['2026-02', 5],
  ]);
});
