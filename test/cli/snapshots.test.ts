import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { restore } from '../../src/cli/backup.ts';
import { restoreFrom, snapshots } from '../../src/cli/snapshots.ts';
import { organization, putting } from '../contract/store-records.ts';

let home: string;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-snapshots-'));
  environment = { ICB_DATA_DIR: join(home, 'db'), PORT: '1', ICB_BASE_URL: 'http://127.0.0.1:1' };
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Commits one organization after another, each on its own day, and tells which are there. */
async function onDays(...days: readonly string[]): Promise<string[]> {
  let now = 0;
  const store = await lowdbStore({ dir: join(home, 'db'), snapshots: 2, now: () => now });
  try {
    const tenant = await store.for('default');
    for (const day of days) {
      now = Date.parse(`${day}T01:15:00Z`);
      await tenant.commit(putting('organizations', organization(day)));
    }
    return (await (await tenant.snapshot()).list('organizations')).map(({ id }) => id);
  } finally {
    await store.close();
  }
}

test('a snapshot is taken before the first commit of a day, and the newest few are kept', async () => {
  expect((await snapshots(environment)).text).toMatch(/^No snapshot has been taken/);
  await onDays('2026-11-01', '2026-11-02', '2026-11-02', '2026-11-03', '2026-11-04');
  expect((await snapshots(environment)).json).toEqual({
    items: [
      { name: '2026-11-03', revision: 3, records: 2 },
      { name: '2026-11-04', revision: 4, records: 3 },
    ],
  });
  await onDays('2026-11-04', '2026-11-05');
  expect((await snapshots(environment)).text).toMatch(/^2026-11-04 .* 3 records .*\n2026-11-05 .* 4 records/);
});

test('one goes back to a snapshot, and from there to another; what was there is kept aside', async () => {
  await onDays('2026-11-01', '2026-11-02', '2026-11-03');
  const { text } = await restore(environment, { snapshot: '2026-11-02' });
  expect(text).toMatch(/^Restored 1 records of the snapshot 2026-11-02\. What was there before is kept in /);
  expect(await onDays()).toEqual(['2026-11-01']);
  await restore(environment, { snapshot: '2026-11-03' });
  expect(await onDays()).toEqual(['2026-11-01', '2026-11-02']);
});

test('an unknown snapshot, or nothing to restore, changes nothing', async () => {
  await onDays('2026-11-01', '2026-11-02');
  await expect(restore(environment, { snapshot: '2026-10-01' })).rejects.toThrow(
    'There is no snapshot “2026-10-01”; there are 2026-11-02.',
  );
  expect(() => restoreFrom(undefined, undefined)).toThrow('Say what to restore');
  expect(() => restoreFrom('file', 'name')).toThrow('Say what to restore');
  expect(await onDays()).toEqual(['2026-11-01', '2026-11-02']);
});
