import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { storeContract } from '../../contract/store.ts';
import { storeVersionsContract } from '../../contract/store-versions.ts';

let root: string;
let stores = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'icb-contract-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const folder = () => join(root, String(stores++));

storeContract('lowdbStore', () => lowdbStore({ dir: folder() }));
storeContract('lowdbStore that keeps one partition in memory', () =>
  lowdbStore({ dir: folder(), cachedRecords: 1 }),
);
storeVersionsContract('lowdbStore', () => lowdbStore({ dir: folder() }));
