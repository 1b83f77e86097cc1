import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresStore } from '../../src/adapters/store-postgres/postgres-store.ts';
import { openApi } from '../../src/cli/api.ts';
import { exportAll, importAll } from '../../src/cli/export.ts';
import { RECORD_KINDS } from '../../src/domain/records.ts';
import { example } from '../contract/store-records.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
let home: string;
beforeAll(async () => {
  server = await postgresServer();
  home = await mkdtemp(join(tmpdir(), 'icb-import-'));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true, force: true });
});

const environment = (url: string): NodeJS.ProcessEnv => ({
  ICB_DATA_DIR: join(home, 'db'),
  DATABASE_URL: url,
  PORT: '1',
  ICB_BASE_URL: 'http://127.0.0.1:1',
});

async function allIn(url: string, more?: (url: string) => Promise<unknown>): Promise<unknown[]> {
  await more?.(url);
  const store = await postgresStore({ url });
  try {
    const snapshot = await (await store.for('default')).snapshot();
    return await Promise.all(RECORD_KINDS.map((kind) => snapshot.list(kind)));
  } finally {
    await store.close();
  }
}

async function fill(url: string): Promise<void> {
  const store = await postgresStore({ url });
  const put = Object.fromEntries(RECORD_KINDS.map((kind) => [kind, [example(kind)]]));
  await (await store.for('default')).commit({ put });
  await store.close();
}

test('everything of one database goes out as lines and into another that is empty', {
  timeout: 180_000,
}, async () => {
  const [here, there] = [await server.freshUrl(), await server.freshUrl()];
  const before = await allIn(here, fill);
  const file = join(home, 'all.ndjson');
  const api = await openApi(environment(here));
  await exportAll(api, { file }, process.stdout);
  await api.close();
  expect((await importAll(environment(there), file)).text).toMatch(`Imported ${RECORD_KINDS.length} records`);
  expect(await allIn(there)).toEqual(before);
  await expect(importAll(environment(there), file)).rejects.toThrow(
    /There are records already.+icb restore .+ --replace puts it in their place/,
  );
});
