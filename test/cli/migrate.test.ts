import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { postgresStore } from '../../src/adapters/store-postgres/postgres-store.ts';
import { openApi } from '../../src/cli/api.ts';
import { backup, restore } from '../../src/cli/backup.ts';
import { migrate } from '../../src/cli/migrate.ts';
import { RECORD_KINDS } from '../../src/domain/records.ts';
import type { Changes, Store } from '../../src/ports/store.ts';
import { copyStore } from '../../src/usecases/copy-store.ts';
import { example, itemOf, organization, putting } from '../contract/store-records.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
let home: string;
let url: string;
let environment: NodeJS.ProcessEnv;
beforeAll(async () => {
  server = await postgresServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-migrate-'));
  url = await server.freshUrl();
  environment = { ICB_DATA_DIR: join(home, 'db'), PORT: '1', DATABASE_URL: url };
});
afterEach(() => rm(home, { recursive: true, force: true }));

const folder = (name = 'db'): Promise<Store> => lowdbStore({ dir: join(home, name) });
const database = (): Promise<Store> => postgresStore({ url });
const quiet = () => {};

async function within<T>(opening: Promise<Store>, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening;
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
const put = (opening: Promise<Store>, changes: Changes) =>
  within(opening, async (store) => (await store.for('default')).commit(changes));
const everything = (opening: Promise<Store>) =>
  within(opening, async (store) => {
    const snapshot = await (await store.for('default')).snapshot();
    return Promise.all(RECORD_KINDS.map((kind) => snapshot.list(kind)));
  });
async function connectedAs(name: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const { rowCount } = await client.query('select from pg_stat_activity where application_name = $1', [name]);
  await client.end();
  return rowCount ?? 0;
}
const oneOfEach: Changes = {
  put: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, [example(kind)]])),
};
const manyItems = putting(
  'billingItems',
  ...Array.from({ length: 2_500 }, (_, n) => itemOf(`i${n}`, `2026-0${1 + (n % 6)}-01`, n % 7)),
);

test('everything goes to PostgreSQL and back, with checksum and totals on both sides', async () => {
  await put(folder(), oneOfEach);
  await put(folder(), manyItems);
  const before = await everything(folder());
  const progress: string[] = [];
  const there = await migrate(environment, { to: true }, (text) => progress.push(text));
  expect(there.text).toMatch(
    new RegExp(
      `^Copied ${2_500 + RECORD_KINDS.length} records and read them back: checksum [0-9a-f]{64} on both sides`,
    ),
  );
  expect(there.text).toMatch(/pending billing items, \d+ units, [\d.]+ USD on both sides/);
  expect(progress).toContain('copied 2000 records');
  expect(progress).toContain('checked 2000 records');
  expect(await everything(database())).toEqual(before);
  await rm(join(home, 'db'), { recursive: true });
  const back = await migrate(environment, { from: url }, quiet);
  expect(await everything(folder())).toEqual(before);
  expect((back.json as { sha256: string }).sha256).toBe((there.json as { sha256: string }).sha256);
});

test('a target that holds something is refused, and replaced when told so', async () => {
  await put(folder(), putting('organizations', organization('folder')));
  await put(database(), putting('organizations', organization('database')));
  await expect(migrate(environment, { to: true }, quiet)).rejects.toThrow(
    'The database holds 1 records already; nothing was changed. To replace them, say --replace.',
  );
  await expect(migrate(environment, { from: true }, quiet)).rejects.toThrow(/holds records already/);
  expect((await everything(database()))[0]).toEqual([organization('database')]);
  expect((await everything(folder()))[0]).toEqual([organization('folder')]);
  await migrate(environment, { to: true, replace: true }, quiet);
  expect((await everything(database()))[0]).toEqual([organization('folder')]);
  await put(database(), putting('organizations', organization('later')));
  const { text } = await migrate(environment, { from: true, replace: true }, quiet);
  expect((await everything(folder()))[0]).toEqual([organization('folder'), organization('later')]);
  const aside = (await readdir(home)).find((name) => name.startsWith('db.before-')) ?? '';
  expect(text).toContain(aside);
  expect((await everything(folder(aside)))[0]).toEqual([organization('folder')]);
});

test('while an icb is connected nothing is copied', async () => {
  await put(folder(), putting('organizations', organization('1')));
  await within(database(), async () => {
    await expect(migrate(environment, { to: true }, quiet)).rejects.toThrow(
      /icb is running on that database/,
    );
  });
});

test('an icb that is just stopping is waited for', async () => {
  await put(folder(), putting('organizations', organization('1')));
  const stopping = await database();
  const copied = migrate(environment, { to: true }, quiet);
  await expect.poll(() => connectedAs('icb migrate')).toBeGreaterThan(0);
  await stopping.close();
  expect((await copied).text).toMatch(/^Copied 1 records/);
});

test('a copy that breaks off leaves the database as it was', async () => {
  await put(folder(), manyItems);
  await within(postgresStore({ url }), async (target) => {
    const { fill } = target as Awaited<ReturnType<typeof postgresStore>>;
    await within(folder(), async (source) => {
      const from = await source.for('default');
      const cut = fill(
        'default',
        (to) =>
          copyStore(from, to, () => {
            throw new Error('the plug was pulled');
          }),
        { replace: false },
      );
      await expect(cut).rejects.toThrow('the plug was pulled');
    });
    const snapshot = await (await target.for('default')).snapshot();
    expect([snapshot.revision, await snapshot.partitions('billingItems')]).toEqual([0, []]);
  });
});

test('a copy that is not the same is told', async () => {
  await put(folder(), manyItems);
  await within(folder(), async (source) => {
    const from = await source.for('default');
    await within(folder('other'), async (target) => {
      const to = await target.for('default');
      const forgetful = {
        snapshot: () => to.snapshot(),
        commit: ({ put: { billingItems = [] } = {} }: Changes) =>
          to.commit({ put: { billingItems: billingItems.slice(1) } }),
      };
      await expect(copyStore(from, forgetful)).rejects.toThrow(/not the same: 2498 records of 2500/);
    });
  });
});

test('one direction has to be said', async () => {
  await expect(migrate(environment, {}, quiet)).rejects.toThrow(/Say one of: --to/);
  await expect(migrate(environment, { to: true, from: true }, quiet)).rejects.toThrow(/Say one of/);
});

test('a backup goes into the database, over what is there only when told so', async () => {
  await put(database(), oneOfEach);
  const before = await everything(database());
  const file = join(home, 'monday.ndjson');
  const api = await openApi({ ...environment, ICB_BASE_URL: 'http://127.0.0.1:1' });
  await backup(api, file).finally(() => api.close());
  await put(database(), putting('organizations', organization('later')));
  await expect(restore(environment, { file })).rejects.toThrow(/holds \d+ records already.*--replace/);
  const { text } = await restore(environment, { file }, { replace: true });
  expect(text).toMatch(/^Restored \d+ records .*into the database\.$/);
  expect(await everything(database())).toEqual(before);
  await expect(restore(environment, { snapshot: '2026-11-02' })).rejects.toThrow(
    /Snapshots are of the embedded/,
  );
});
