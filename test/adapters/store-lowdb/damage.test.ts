import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import type { TenantStore } from '../../../src/ports/store.ts';
import { example, itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

const ITEMS = 'default/billingItems/2026-03.1.json';
const MANIFEST = 'default/_tenant.json';
const JOURNAL = 'default/_journal/000000000001.log';

const halved = (text: string) => text.slice(0, text.length / 2);
const swapped = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
const damaged = (says: string) => new RegExp(`${says}.*left untouched.*icb snapshots.*icb restore`);

const filled = async (): Promise<string> => {
  const dir = await dataFolder();
  const store = await lowdbStore({ dir });
  await (await store.for('default')).commit(
    putting('billingItems', itemOf('a', '2026-03-01', 1), itemOf('b', '2026-03-02', 2)),
  );
  await store.close();
  return dir;
};

/** The folder of a process that was killed after two commits: they are in the journal alone. */
const killed = async (): Promise<string> => {
  const dir = await dataFolder();
  const copy = join(await dataFolder(), 'db');
  const store = await lowdbStore({ dir });
  const tenant = await store.for('default');
  await tenant.commit(putting('organizations', organization('1'), organization('2')));
  await tenant.commit(putting('organizations', organization('2', 'two'), organization('3')));
  await cp(dir, copy, { recursive: true, filter: (path) => !path.includes('icb.lock') });
  await store.close();
  return copy;
};

const using = async <T>(dir: string, use: (tenant: TenantStore) => Promise<T>): Promise<T> => {
  const store = await lowdbStore({ dir });
  try {
    return await use(await store.for('default'));
  } finally {
    await store.close();
  }
};
const names = (dir: string) =>
  using(dir, async (tenant) =>
    (await (await tenant.snapshot()).list('organizations')).map(({ name }) => name),
  );

const CASES: readonly [name: string, damage: (text: string) => string, says: RegExp][] = [
  ['cut in half', halved, damaged('2026-03.1.json is damaged: its last line, the seal, is missing')],
  ['emptied', () => '', damaged('its last line, the seal, is missing')],
  [
    'with another figure',
    swapped('"units":2', '"units":3'),
    damaged('its checksum is not that of its content'),
  ],
  [
    'with a line less',
    swapped(/,\n\{"id":"b".*\n/, '\n'),
    damaged('it holds \\d+ bytes and was written with'),
  ],
  ['with a line more', (text) => `${text}\n`, damaged('the seal, is missing')],
];

it.each(CASES)('refuses a file %s, says so, and leaves it as it is', async (_name, damage, says) => {
  const dir = await filled();
  const path = join(dir, ITEMS);
  const good = await readFile(path, 'utf8');
  const bad = damage(good);
  expect(bad).not.toBe(good);
  await writeFile(path, bad);
  await using(dir, async (tenant) => {
    const refused = { code: 'store-damaged', message: expect.stringMatching(says) };
    const list = async () => (await tenant.snapshot()).list('billingItems');
    await expect(list()).rejects.toMatchObject(refused);
    expect(await readFile(path, 'utf8')).toBe(bad);
    // What is not damaged goes on working, and so does the file once it is put back.
    await tenant.commit(putting('organizations', organization('1')));
    await writeFile(path, good);
    expect((await list()).map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

it('tells a whole file of another time, and one that has gone, from the right one', async () => {
  const dir = await filled();
  const old = await readFile(join(dir, ITEMS));
  await using(dir, (tenant) => tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 9))));
  const path = join(dir, 'default/billingItems/2026-03.2.json');
  const list = () => using(dir, async (tenant) => (await tenant.snapshot()).list('billingItems'));
  await writeFile(path, old);
  await expect(list()).rejects.toMatchObject({
    message: expect.stringMatching(
      /2026-03\.2\.json is damaged: it is another version than the one that _tenant\.json/,
    ),
  });
  await rm(path);
  await expect(list()).rejects.toMatchObject({
    message: expect.stringMatching(/2026-03\.2\.json is damaged: it has gone/),
  });
});

it('refuses ids that were changed where they are read without the records', async () => {
  const dir = await filled();
  await writeFile(
    join(dir, ITEMS),
    (await readFile(join(dir, ITEMS), 'utf8')).replace('"ids":["a"', '"ids":["x"'),
  );
  await using(dir, async (tenant) => {
    await expect(tenant.commit(putting('billingItems', itemOf('c', '2026-04-01')))).rejects.toMatchObject({
      message: expect.stringMatching(/the checksum of its first line/),
    });
  });
});

describe('what names the files', () => {
  it.each([
    ['cut', halved, /_tenant\.json is damaged: its last line/],
    ['changed', swapped('"revision":1', '"revision":2'), /_tenant\.json is damaged: its checksum/],
  ])('is refused when it was %s', async (_name, damage, says) => {
    const dir = await filled();
    await writeFile(join(dir, MANIFEST), damage(await readFile(join(dir, MANIFEST), 'utf8')));
    await expect(names(dir)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(says),
    });
  });

  it('must be there where data is', async () => {
    const dir = await filled();
    await rm(join(dir, MANIFEST));
    await expect(names(dir)).rejects.toMatchObject({
      message: expect.stringMatching(/_tenant\.json is damaged: it has gone, and there is data beside it/),
    });
  });
});

describe('a journal found at start', () => {
  it('is taken in', async () => {
    const dir = await killed();
    expect(await names(dir)).toEqual(['Organization 1', 'two', 'Organization 3']);
    expect(await names(dir)).toEqual(['Organization 1', 'two', 'Organization 3']);
  });

  /** A third commit that the process died in. */
  const withTail = async (tail: Buffer) => {
    const dir = await killed();
    const path = join(dir, JOURNAL);
    await writeFile(path, Buffer.concat([await readFile(path), tail]));
    return dir;
  };
  const head = `{"commit":3,"bytes":400,"sha256":"${'a'.repeat(64)}"}\n`;
  it.each([
    ['half a line', Buffer.from(head.slice(0, 30))],
    ['less than it says', Buffer.from(`${head}{"kind":`)],
    ['blocks that were never written', Buffer.alloc(600)],
    ['a line, and blocks that were never written', Buffer.concat([Buffer.from(head), Buffer.alloc(500)])],
  ])('keeps aside a last commit that breaks off with %s: it was never acknowledged', async (_name, tail) => {
    const dir = await withTail(tail);
    expect(await names(dir)).toEqual(['Organization 1', 'two', 'Organization 3']);
    expect(await readFile(join(dir, `${JOURNAL}.torn`))).toEqual(tail);
    expect(await using(dir, (tenant) => tenant.commit(putting('audit', example('audit'))))).toBe(3);
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'changed',
      swapped('"name":"two"', '"name":"twa"'),
      /000000000001\.log is damaged: the checksum of commit 2/,
    ],
    ['changed in its numbers', swapped('"commit":2', '"commit":4'), /commit 2 is missing before commit 4/],
    [
      'changed where a commit begins',
      swapped('{"commit":2', '{"comit":2'),
      /the line at byte \d+ does not begin a commit/,
    ],
    [
      'cut at a commit',
      (text) => text.slice(0, text.indexOf('{"commit":2')),
      /ends with commit 1, and commit 2 was ack/,
    ],
    [
      'cut within one that was acknowledged',
      (text) => text.slice(0, -40),
      /ends with commit 1, and commit 2 was ack/,
    ],
  ])('is refused when it was %s', async (_name, damage, says) => {
    const dir = await killed();
    const bad = damage(await readFile(join(dir, JOURNAL), 'utf8'));
    await writeFile(join(dir, JOURNAL), bad);
    await expect(names(dir)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(says),
    });
    expect(await readFile(join(dir, JOURNAL), 'utf8')).toBe(bad);
    expect(await readdir(join(dir, 'default/_journal'))).toEqual(['000000000001.log', 'acknowledged']);
  });

  it('is missed when it was taken away', async () => {
    const dir = await killed();
    await rm(join(dir, JOURNAL));
    expect(await readdir(join(dir, 'default/_journal'))).toEqual(['acknowledged']);
    await expect(names(dir)).rejects.toMatchObject({
      message: expect.stringMatching(/ends with commit 0, and commit 2/),
    });
  });
});

it('says which folder cannot be made', async () => {
  const dir = await dataFolder();
  await writeFile(join(dir, 'file'), '');
  await expect(lowdbStore({ dir: join(dir, 'file/db') })).rejects.toMatchObject({
    code: 'store-damaged',
    message: expect.stringMatching(
      /Cannot write .*file\/db: a file stands where a folder is needed \(ENOTDIR\)/,
    ),
  });
});
