import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { openApi } from '../../src/cli/api.ts';
import { backup } from '../../src/cli/backup.ts';
import { compose } from '../../src/compose.ts';
import { readConfig } from '../../src/config.ts';
import { listen } from '../../src/serve.ts';
import { itemOf, organization, putting } from '../contract/store-records.ts';

let home: string;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-backup-'));
  environment = {
    ICB_DATA_DIR: join(home, 'db'),
    ICB_API_TOKEN: 'token-of-the-api-012345',
    ICB_SECRET: 'secret-of-sessions-01234',
    ICB_BASE_URL: 'http://127.0.0.1:1',
    ICB_TIMEZONE: 'UTC',
    HOST: '127.0.0.1',
    PORT: '0',
  };
  const store = await lowdbStore({ dir: join(home, 'db') });
  const tenant = await store.for('default');
  // More than one piece, so that the answer has begun when the damage is met.
  await tenant.commit(
    putting('organizations', ...Array.from({ length: 5_000 }, (_, n) => organization(String(n)))),
  );
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01')));
  await store.close();
  const damaged = join(home, 'db/default/billingItems/2026-03.2.json');
  await writeFile(damaged, (await readFile(damaged, 'utf8')).replace('"units":1', '"units":9'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('a backup that breaks off over HTTP is told in a sentence, and why is in the log with its request', {
  timeout: 90_000,
}, async () => {
  const printed = (['error', 'warn', 'log', 'info'] as const).map((name) => vi.spyOn(console, name));
  const log: string[] = [];
  const config = readConfig(environment, { live: false });
  const icb = await compose(config, { writeLog: (line) => void log.push(line) });
  const server = await listen(icb.fetch, config);
  const api = await openApi({ ...environment, PORT: String(server.port) });
  await expect(backup(api, join(home, 'b.ndjson'))).rejects.toMatchObject({
    code: 'store-unavailable',
    message: expect.stringMatching(/^The download from icb broke off .+ no file was written.+ try again\.$/),
  });
  await api.close();
  await icb.stop({ closeDoors: () => server.close() });
  expect(await readdir(home)).toEqual(['db']);
  const [line] = log.map((each) => JSON.parse(each)).filter(({ msg }) => msg === 'a backup broke off');
  expect(line).toMatchObject({
    level: 50,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    err: { message: expect.stringContaining('2026-03.2.json') },
  });
  for (const print of printed) expect(print).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

test('one that the command line makes itself is told by the store’s own sentence', {
  timeout: 90_000,
}, async () => {
  const api = await openApi({ ...environment, PORT: '1' });
  await expect(backup(api, join(home, 'b.ndjson'))).rejects.toMatchObject({ code: 'store-damaged' });
  await api.close();
  expect(await readdir(home)).toEqual(['db']);
});
