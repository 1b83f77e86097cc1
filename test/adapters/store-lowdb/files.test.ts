import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Disk, durableDisk } from '../../../src/adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { RECORD_KINDS } from '../../../src/domain/records.ts';
import { example, itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

it('gives everything back after it is opened again, the revision included', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  const tenant = await first.for('default');
  await tenant.commit({ put: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, [example(kind)]])) });
  await tenant.commit(putting('organizations', organization('2')));
  await first.close();

  const second = await lowdbStore({ dir });
  const snapshot = await (await second.for('default')).snapshot();
  expect(snapshot.revision).toBe(2);
  for (const kind of RECORD_KINDS) expect(await snapshot.list(kind)).toContainEqual(example(kind));
  await second.close();
});

it('keeps a record a line, in order of id, under a first line that says what it is', async () => {
  const dir = await dataFolder();
  const store = await lowdbStore({ dir });
  await (await store.for('default')).commit(
    putting('billingItems', itemOf('b', '2026-03-01'), itemOf('a', '2026-03-31')),
  );
  await store.close();
  const lines = (await readFile(join(dir, 'default/billingItems/2026-03.json'), 'utf8')).split('\n');
  expect(lines).toEqual([
    '{"schema":2,"kind":"billingItems","partition":"2026-03","ids":["a","b"],"records":[',
    expect.stringMatching(/^\{"id":"a",.*\},$/),
    expect.stringMatching(/^\{"id":"b",.*\}$/),
    ']}',
    '',
  ]);
});

it('writes only the files a commit changes, the revision after them, and no intent stays', async () => {
  const dir = await dataFolder();
  const written: string[] = [];
  const disk: Disk = {
    ...durableDisk,
    write: (path, text) => {
      written.push(path.slice(dir.length + '/default/'.length));
      return durableDisk.write(path, text);
    },
  };
  const store = await lowdbStore({ dir, disk });
  const tenant = await store.for('default');
  await tenant.commit({
    put: {
      organizations: [organization('1')],
      billingItems: [itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')],
    },
  });
  written.length = 0;
  await tenant.commit({ put: { billingItems: [itemOf('a', '2026-03-01', 2)], audit: [example('audit')] } });
  expect(written).toEqual([
    '_commit.json',
    'billingItems/2026-03.json',
    'audit/2026-03.json',
    '_tenant.json',
  ]);
  expect(await durableDisk.read(join(dir, 'default/_commit.json'))).toBeUndefined();
  await store.close();
});

it('removes the file of a partition that has become empty, and takes away what a killed write left', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  const tenant = await first.for('default');
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')));
  await tenant.commit({ remove: [{ kind: 'billingItems', id: 'a', partition: '2026-03' }] });
  await first.close();
  const folder = join(dir, 'default/billingItems');
  await writeFile(join(folder, '2026-05.json.123456'), 'half a fi');

  const second = await lowdbStore({ dir });
  expect(await (await (await second.for('default')).snapshot()).partitions('billingItems')).toEqual([
    '2026-04',
  ]);
  expect(await durableDisk.list(folder)).toEqual(['2026-04.json']);
  await second.close();
});

it('reads a file when it is first needed and not before', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit(
    putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')),
  );
  await first.close();

  const reads: string[] = [];
  const disk: Disk = {
    ...durableDisk,
    read: (path) => {
      if (!path.includes('/_')) reads.push(path.slice(-'2026-03.json'.length));
      return durableDisk.read(path);
    },
  };
  const second = await lowdbStore({ dir, disk });
  const snapshot = await (await second.for('default')).snapshot();
  expect(reads).toEqual([]);
  await snapshot.list('billingItems', { from: '2026-04' });
  await snapshot.list('billingItems', { from: '2026-04' });
  expect(reads).toEqual(['2026-04.json']);
  expect((await snapshot.get('billingItems', 'a'))?.id).toBe('a');
  expect(reads).toEqual(['2026-04.json', '2026-03.json']);
  await second.close();
});
