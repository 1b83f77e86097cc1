import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { durableDisk } from '../../../src/adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import type { TenantStore } from '../../../src/ports/store.ts';
import { itemOf, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

const using = async <T>(dir: string, use: (tenant: TenantStore) => Promise<T>): Promise<T> => {
  const store = await lowdbStore({ dir });
  try {
    return await use(await store.for('default'));
  } finally {
    await store.close();
  }
};
const kept = async (tenant: TenantStore) => {
  const bytes = await (await tenant.snapshot()).derived?.('billingItems', '2026-03', 'sums');
  return bytes && Buffer.from(bytes).toString();
};
const keep = async (tenant: TenantStore, text: string) =>
  (await tenant.snapshot()).derive?.('billingItems', '2026-03', 'sums', Buffer.from(text));

it('what was made of records is there for a later process, until they change or it is not whole', async () => {
  const dir = await dataFolder();
  await using(dir, async (tenant) => {
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 1)));
    await keep(tenant, 'of the journal'); // No file holds just these records yet.
    expect(await kept(tenant)).toBeUndefined();
  });
  await using(dir, (tenant) => keep(tenant, 'one'));
  expect(await using(dir, kept)).toBe('one');
  const path = join(dir, 'default/billingItems/2026-03.1.sums.derived');
  const good = await readFile(path);
  await writeFile(path, good.subarray(0, -1));
  expect(await using(dir, kept)).toBeUndefined();
  await writeFile(path, good);
  await using(dir, async (tenant) => {
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 2)));
    expect(await kept(tenant)).toBeUndefined();
  });
  expect(await durableDisk.list(join(dir, 'default/billingItems'))).toEqual(['2026-03.2.json']);
});
