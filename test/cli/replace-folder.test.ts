import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { sealed } from '../../src/adapters/store-lowdb/seal.ts';
import { openApi } from '../../src/cli/api.ts';
import { backup, restore } from '../../src/cli/backup.ts';
import { inStore, replaceFolder } from '../../src/cli/replace-folder.ts';
import { snapshots } from '../../src/cli/snapshots.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import { schema1Folder } from '../adapters/store-lowdb/schema-1-folder.ts';
import { organization, putting } from '../contract/store-records.ts';

let home: string;
let dir: string;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-replace-'));
  dir = join(home, 'db');
  environment = { ICB_DATA_DIR: dir, PORT: '1', ICB_BASE_URL: 'http://127.0.0.1:1' };
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Adds organizations of these names and tells which are there. */
async function organizations(...add: readonly string[]): Promise<string[]> {
  const store = await lowdbStore({ dir });
  try {
    const tenant = await store.for('default');
    for (const name of add) await tenant.commit(putting('organizations', organization(name, name)));
    return (await (await tenant.snapshot()).list('organizations')).map(({ name }) => name);
  } finally {
    await store.close();
  }
}

async function backedUp(): Promise<string> {
  const file = join(home, 'monday.ndjson');
  const api = await openApi(environment);
  try {
    await backup(api, file);
    return file;
  } finally {
    await api.close();
  }
}

/** Names beside the backup, a time in them left out. */
const beside = async (): Promise<string[]> =>
  (await readdir(home)).map((name) => name.replace(/before-.*/, 'before')).sort();

describe('a restore is not refused for what it replaces', () => {
  const newer = sealed('{"schema":99,"layout":2,"revision":1,"files":[]}\n').content;
  test.each([
    ['what names its files is damaged', '_tenant.json', 'x'],
    ['a newer icb wrote it', '_tenant.json', newer],
    ['its journal was cut', '_journal/acknowledged', '99\n'],
  ])('when %s', async (_name, file, content) => {
    await organizations('before');
    const saved = await backedUp();
    await writeFile(join(dir, 'default', file), content);
    const { text } = await restore(environment, { file: saved });
    expect(await organizations()).toEqual(['before']);
    const aside = /kept in (.+)\.$/.exec(text)?.[1] ?? '';
    expect(await readFile(join(aside, 'default', file))).toEqual(Buffer.from(content));
  });

  test('nor a snapshot', async () => {
    let now = Date.parse('2026-11-01T01:00:00Z');
    const store = await lowdbStore({ dir, snapshots: 2, now: () => now });
    const tenant = await store.for('default');
    await tenant.commit(putting('organizations', organization('1', 'before')));
    now = Date.parse('2026-11-02T01:00:00Z');
    await tenant.commit(putting('organizations', organization('2', 'after')));
    await store.close();
    await writeFile(join(dir, 'default/_tenant.json'), 'x');
    await restore(environment, { snapshot: '2026-11-02' });
    expect(await organizations()).toEqual(['before']);
  });
});

test('a slash at the end of its name does no harm', async () => {
  await organizations('before');
  const file = await backedUp();
  await restore({ ...environment, ICB_DATA_DIR: `${dir}/` }, { file });
  expect(await beside()).toEqual(['db', 'db.before', 'monday.ndjson']);
  expect(await organizations()).toEqual(['before']);
});

test('where nothing was, nothing is kept aside', async () => {
  await organizations('before');
  const file = await backedUp();
  await rm(dir, { recursive: true });
  const { text } = await restore(environment, { file });
  expect(text).not.toContain('kept in');
  expect(await beside()).toEqual(['db', 'monday.ndjson']);
  expect(await organizations()).toEqual(['before']);
});

test('the folder keeps its rights', async () => {
  await organizations('before');
  const file = await backedUp();
  await chmod(dir, 0o700);
  await restore(environment, { file });
  expect((await stat(dir)).mode & 0o777).toBe(0o700);
});

test('snapshots stay usable in both folders, and none is written over', async () => {
  await organizations('before');
  const file = await backedUp();
  const kept = join(dir, 'default/_snapshots/2026-11-01');
  await mkdir(kept, { recursive: true });
  await writeFile(
    join(kept, '_tenant.json'),
    sealed('{"schema":2,"layout":2,"revision":7,"files":[]}\n').content,
  );
  const { text } = await restore(environment, { file });
  const aside = /kept in (.+)\.$/.exec(text)?.[1] ?? '';
  const items = [{ name: '2026-11-01', revision: 7, records: 0 }];
  expect((await snapshots(environment)).json).toEqual({ items });
  expect((await snapshots({ ...environment, ICB_DATA_DIR: aside })).json).toEqual({ items });
});

test('one goes back to the snapshot before an upgrade, and keeps it', async () => {
  await schema1Folder(dir);
  const both = ['old', 'in the journal'];
  expect(await organizations()).toEqual(both);
  const name = 'before-schema-2-revision-2';
  for (let times = 0; times < 2; times++) {
    const { text } = await restore(environment, { snapshot: name });
    expect(text).toContain(`Restored 2 records of the snapshot ${name}.`);
    expect(await organizations()).toEqual(both);
    expect(await readdir(join(dir, 'default/_snapshots'))).toEqual([name]);
  }
});

describe('between the two renames', () => {
  const replaced = (failing: (from: string, to: string, times: number) => boolean) => {
    let times = 0;
    return replaceFolder(
      dir,
      inStore('a test', async (target: TenantStore) => {
        await target.commit(putting('organizations', organization('new', 'new')));
      }),
      {
        purpose: 'a test',
        rename: async (from, to) => {
          times += 1;
          if (failing(from, to, times)) throw new Error(`no ${times}`);
          await rename(from, to);
        },
      },
    );
  };

  test.each([1, 2])('what was there is put back when rename %i fails', async (failing) => {
    await organizations('before');
    await expect(replaced((_from, _to, times) => times === failing)).rejects.toThrow(`no ${failing}`);
    expect(await beside()).toEqual(['db']);
    expect(await organizations()).toEqual(['before']);
  });

  test('nothing starts with an empty store, nor clears up, when that fails too', async () => {
    await organizations('before');
    await expect(replaced((_from, _to, times) => times >= 2)).rejects.toThrow('no 2');
    expect(await beside()).toEqual(['db.before', 'db.filling']);
    for (const start of [organizations, () => replaced(() => false)])
      await expect(start()).rejects.toMatchObject({
        code: 'store-damaged',
        message: expect.stringMatching(
          /^The data folder .+db is missing.+rename .+db\.before-\S+ to .+db to have what was there before; rename .+db\.filling to .+ what was restored; make an empty folder/,
        ),
      });
    expect(await beside()).toEqual(['db.before', 'db.filling']);
    await rename(`${dir}.filling`, dir);
    expect(await organizations()).toEqual(['new']);
  });
});
