import { hash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import { openApi } from '../../src/cli/api.ts';
import { restore } from '../../src/cli/backup.ts';
import { exportAll, importAll, isWholeExport } from '../../src/cli/export.ts';
import { RECORD_KINDS, RECORD_SCHEMA } from '../../src/domain/records.ts';
import { example } from '../contract/store-records.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'icb-export-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const environment = (folder: string): NodeJS.ProcessEnv => ({
  ICB_DATA_DIR: join(home, folder),
  PORT: '1',
  ICB_BASE_URL: 'http://127.0.0.1:1',
});

async function inFolder<T>(
  folder: string,
  work: (tenant: Awaited<ReturnType<Awaited<ReturnType<typeof lowdbStore>>['for']>>) => Promise<T>,
): Promise<T> {
  const store = await lowdbStore({ dir: join(home, folder) });
  try {
    return await work(await store.for('default'));
  } finally {
    await store.close();
  }
}

/** One record of every kind there is. */
const fill = (folder: string) =>
  inFolder(folder, (tenant) =>
    tenant.commit({ put: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, [example(kind)]])) }),
  );

const allIn = (folder: string) =>
  inFolder(folder, async (tenant) => {
    const snapshot = await tenant.snapshot();
    return Promise.all(
      RECORD_KINDS.map(async (kind) => ({ kind, records: (await snapshot.list(kind)) as readonly object[] })),
    );
  });

async function exported(folder: string, options: { file?: string; kind?: string } = {}) {
  const api = await openApi(environment(folder));
  let text = '';
  const out = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  try {
    const told = await exportAll(api, options, out);
    return {
      told: told?.text,
      lines: text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    };
  } finally {
    await api.close();
  }
}

test('everything goes out as lines and comes in elsewhere as it was', async () => {
  await fill('here');
  const file = join(home, 'all.ndjson');
  const { told } = await exported('here', { file });
  expect(told).toContain(`into ${file}.`);
  expect(await isWholeExport(file)).toBe(true);
  const { text } = await importAll(environment('there'), file);
  expect(text).toMatch(new RegExp(`^Imported ${RECORD_KINDS.length} records`));
  expect(await allIn('there')).toEqual(await allIn('here'));
});

test('to standard output: a head, a line a record with its kind, an end', async () => {
  await fill('here');
  const { lines } = await exported('here');
  expect(lines[0]).toMatchObject({ icb: 'backup' });
  expect(lines.slice(1, -1).map(({ kind }) => kind)).toEqual(RECORD_KINDS);
  expect(lines.at(-1)).toMatchObject({ end: true });
});

test('some kinds only, for other programs; such a file is not taken in', async () => {
  await fill('here');
  const { lines } = await exported('here', { kind: 'billingItems,audit' });
  expect(lines.slice(1, -1)).toEqual([
    { kind: 'billingItems', record: example('billingItems') },
    { kind: 'audit', record: example('audit') },
  ]);
  const file = join(home, 'some.ndjson');
  await exported('here', { file, kind: 'audit' });
  expect(await isWholeExport(file)).toBe(true);
  await expect(importAll(environment('there'), file)).rejects.toThrow(
    'This is an export of some kinds only (audit), which is no backup. Export everything: leave --kind out.',
  );
  await expect(restore(environment('here'), { file })).rejects.toThrow('which is no backup');
  await expect(exported('here', { kind: 'invoices' })).rejects.toThrow(/a kind of record: organizations/);
});

test('nothing is taken in over what is there, nor from a damaged file', async () => {
  await fill('here');
  const file = join(home, 'all.ndjson');
  await exported('here', { file });
  await expect(importAll(environment('here'), file)).rejects.toThrow(
    /There are records already.+icb restore/,
  );
  await writeFile(file, (await readFile(file, 'utf8')).replace('"14"', '"15"').replace(':14', ':15'));
  await expect(importAll(environment('there'), file)).rejects.toThrow('its checksum');
  expect((await allIn('there')).flatMap(({ records }) => records)).toEqual([]);
});

test('a record that is refused late leaves none of those before it', async () => {
  // More than go into one commit; the last one is a record of no kind's schema, with the right checksum.
  const record = (id: string) => ({ ...example('organizations'), id });
  const lines = [
    { icb: 'backup', schema: RECORD_SCHEMA, revision: 1, takenAt: '2026-11-01T01:00:00Z' },
    ...Array.from({ length: 20_000 }, (_, n) => ({ kind: 'organizations', record: record(`o${n}`) })),
    { kind: 'organizations', record: { id: 'last', name: 7 } },
  ].map((line) => `${JSON.stringify(line)}\n`);
  const sha256 = hash('sha256', lines.join(''));
  const end = JSON.stringify({ end: true, records: { organizations: 20_001 }, sha256 });
  const file = join(home, 'all.ndjson');
  await writeFile(file, `${lines.join('')}${end}\n`);
  await expect(importAll(environment('there'), file)).rejects.toThrow(/organizations/);
  expect((await allIn('there')).flatMap(({ records }) => records)).toEqual([]);
  expect(await readdir(home)).toEqual(['all.ndjson', 'there']);
});

test('a book to import is no such file', async () => {
  const file = join(home, 'book.json');
  await writeFile(file, '{"organizations":[]}');
  expect(await isWholeExport(file)).toBe(false);
  expect(await isWholeExport(join(home, 'nothing'))).toBe(false);
  await expect(isWholeExport(home)).rejects.toThrow('is a folder; name the file');
});
