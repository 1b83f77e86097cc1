import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { openApi } from '../../src/cli/api.ts';
import { backup, linesOf, restore } from '../../src/cli/backup.ts';
import { Organization } from '../../src/domain/organization.ts';

let home: string;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-backup-'));
  environment = { ICB_DATA_DIR: join(home, 'db'), PORT: '1', ICB_BASE_URL: 'http://127.0.0.1:1' };
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** What stands in the data folder; `add` puts one more there first. */
async function organizations(add?: string): Promise<string[]> {
  const store = await lowdbStore({ dir: join(home, 'db') });
  try {
    const tenant = await store.for('default');
    if (add)
      await tenant.commit({
        put: { organizations: [Organization.parse({ id: add, name: add, type: 'customer', active: true })] },
      });
    return (await (await tenant.snapshot()).list('organizations')).map(({ name }) => name);
  } finally {
    await store.close();
  }
}

async function backUp(file: string): Promise<string> {
  const api = await openApi(environment);
  try {
    return (await backup(api, file)).text;
  } finally {
    await api.close();
  }
}

test('what was backed up comes back, and what was there meanwhile is kept aside', async () => {
  await organizations('before');
  const file = join(home, 'monday.ndjson');
  expect(await backUp(file)).toMatch(/^Backed up 1 records .+ into .+monday\.ndjson\.$/);
  expect(await organizations('after')).toEqual(['after', 'before']);
  const { text } = await restore(environment, { file });
  expect(await organizations()).toEqual(['before']);
  const aside = /kept in (.+)\.$/.exec(text)?.[1] ?? '';
  expect(await readdir(join(aside, 'default'))).toContain('organizations.2.json');
});

test('a file that is there already is not written over', async () => {
  const file = join(home, 'monday.ndjson');
  await writeFile(file, 'precious');
  await expect(backUp(file)).rejects.toThrow('is there already; give another name');
  expect(await readFile(file, 'utf8')).toBe('precious');
});

test('a damaged backup changes nothing', async () => {
  await organizations('before');
  const file = join(home, 'monday.ndjson');
  await backUp(file);
  await writeFile(file, (await readFile(file, 'utf8')).replace('"before"', '"beforf"'));
  await expect(restore(environment, { file })).rejects.toThrow(/damaged at line 3: its checksum/);
  expect(await organizations()).toEqual(['before']);
  expect(await readdir(home)).toEqual(['db', 'monday.ndjson']);
});

test('whatever may stand in a text comes back', async () => {
  const names = ['A\u2028B', 'C\u2029D', 'E\u0085F', 'G\rH\nI', 'J\ufeffK', 'ä€🙂'];
  for (const name of names) await organizations(name);
  const file = join(home, 'monday.ndjson');
  await backUp(file);
  await restore(environment, { file });
  expect((await organizations()).sort()).toEqual(names.sort());
});

test('a name that is no file to read or to write is told in a sentence', async () => {
  await organizations('before');
  await expect(restore(environment, { file: home })).rejects.toMatchObject({
    code: 'bad-input',
    message: `${home} is a folder; name the file that is in it.`,
  });
  await expect(restore(environment, { file: join(home, 'none') })).rejects.toThrow('There is no file');
  await expect(backUp(join(home, 'none/monday.ndjson'))).rejects.toMatchObject({
    code: 'bad-input',
    message: `There is no folder ${join(home, 'none')}; make it, or give another name.`,
  });
  await expect(Array.fromAsync(linesOf(home))).rejects.toThrow('EISDIR');
  expect(await readdir(home)).toEqual(['db']);
});

test('no line is lost while the store is still looked at', async () => {
  const file = join(home, 'lines');
  await writeFile(file, 'one\ntwo\n');
  const lines = linesOf(file);
  for (let round = 0; round < 50; round++) await readFile(file);
  expect(await Array.fromAsync(lines)).toEqual(['one', 'two']);
});

test('while icb holds the folder nothing is restored', async () => {
  await organizations('before');
  const file = join(home, 'monday.ndjson');
  await backUp(file);
  const server = await lowdbStore({ dir: join(home, 'db') });
  try {
    await expect(restore(environment, { file: file }, { lockWaitMs: 0 })).rejects.toThrow(
      /in use|holds|another/i,
    );
  } finally {
    await server.close();
  }
});
