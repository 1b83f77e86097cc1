import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import type { Snapshot } from '../../../src/ports/store.ts';
import { example, itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

const ITEMS = 'billingItems/2026-03.json';
const list = (snapshot: Snapshot) => snapshot.list('billingItems');

const halved = (text: string) => text.slice(0, text.length / 2);
const swapped = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

const CASES: readonly [name: string, damage: (text: string) => string, says: RegExp][] = [
  ['cut in half', halved, /2026-03\.json is damaged: it is not complete JSON.*backup/],
  ['emptied', () => '', /2026-03\.json is damaged.*backup/],
  ['with a wrong field', swapped('"units":2', '"units":2.5'), /damaged: record b, field units: .*backup/],
  [
    'with a date that does not exist',
    swapped('"itemDate":"2026-03-02"', '"itemDate":"2026-02-30"'),
    /record b, field itemDate/,
  ],
  ['with a record missing', swapped(/,\n\{"id":"b".*\n/, '\n'), /has 2 ids and it holds 1 records/],
  [
    'with a record of another id',
    swapped('{"id":"b"', '{"id":"x"'),
    /record x stands where its first line has b/,
  ],
  [
    'with a record of another month',
    swapped('"start":"2026-03-02"', '"start":"2026-07-02"'),
    /record b belongs in partition 2026-07/,
  ],
  ['of another month', swapped('"partition":"2026-03"', '"partition":"2026-04"'), /belongs in another file/],
  [
    'of a newer schema',
    swapped('"schema":2', '"schema":3'),
    /has schema 3, and this icb knows schema 2; it was left untouched. Start the icb that wrote it/,
  ],
  ['without a schema', swapped('"schema":2,', ''), /does not say which schema/],
];

it.each(CASES)('refuses a file %s, says so, and leaves it as it is', async (_name, damage, says) => {
  const dir = await dataFolder();
  const path = join(dir, 'default', ITEMS);
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit(
    putting('billingItems', itemOf('a', '2026-03-01', 1), itemOf('b', '2026-03-02', 2)),
  );
  await first.close();
  const good = await readFile(path, 'utf8');
  const bad = damage(good);
  expect(bad).not.toBe(good);
  await writeFile(path, bad);

  const second = await lowdbStore({ dir });
  const tenant = await second.for('default');
  const refused = { code: 'store-damaged', message: expect.stringMatching(says) };
  await expect(list(await tenant.snapshot())).rejects.toMatchObject(refused);
  await expect(tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 5)))).rejects.toMatchObject(
    refused,
  );
  expect(await readFile(path, 'utf8')).toBe(bad);

  // What is not damaged goes on working, and so does the file once it is put back.
  await tenant.commit(putting('organizations', organization('1')));
  await writeFile(path, good);
  expect((await list(await tenant.snapshot())).map(({ id }) => id)).toEqual(['a', 'b']);
  await second.close();
});

it('refuses a damaged or newer revision file', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit(putting('audit', example('audit')));
  await first.close();
  const path = join(dir, 'default/_tenant.json');
  const second = await lowdbStore({ dir });
  for (const [content, says] of [
    ['{"schema":2,"revi', /_tenant\.json is damaged/],
    ['{"schema":2,"revision":-1}', /_tenant\.json is damaged: field revision/],
    ['{"schema":9,"revision":1}', /_tenant\.json has schema 9/],
  ] as const) {
    await writeFile(path, content);
    await expect(second.for('default')).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(says),
    });
  }
  await writeFile(path, '{"schema":2,"revision":1}');
  expect((await (await second.for('default')).snapshot()).revision).toBe(1);
  await second.close();
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
