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

it('keeps a record a line, in order of id, between a line that says what it is and one that seals it', async () => {
  const dir = await dataFolder();
  const store = await lowdbStore({ dir });
  await (await store.for('default')).commit(
    putting('billingItems', itemOf('b', '2026-03-01'), itemOf('a', '2026-03-31')),
  );
  await store.close();
  const text = await readFile(join(dir, 'default/billingItems/2026-03.1.json'), 'utf8');
  const lines = text.split('\n');
  expect(lines).toEqual([
    expect.stringMatching(
      /^\{"schema":2,"kind":"billingItems","partition":"2026-03","shape":"[0-9a-f]{16}","crc":\d+,"ids":\["a","b"\],"records":\[$/,
    ),
    expect.stringMatching(/^\{"id":"a",.*\},$/),
    expect.stringMatching(/^\{"id":"b",.*\}$/),
    ']}',
    expect.stringMatching(/^\{"bytes":\d+,"sha256":"[0-9a-f]{64}"\}$/),
    '',
  ]);
  expect(await durableDisk.list(join(dir, 'default'))).toEqual(['_journal', '_tenant.json', 'billingItems']);
});

it('writes a commit once, into the journal, and later only the partitions that changed, then what names them', async () => {
  const dir = await dataFolder();
  const written: string[] = [];
  const note = (path: string) => void written.push(path.slice(dir.length + '/default/'.length));
  const disk: Disk = {
    ...durableDisk,
    write: (path, content) => {
      note(path);
      return durableDisk.write(path, content);
    },
    append: (path, at, content) => {
      note(path);
      return durableDisk.append(path, at, content);
    },
  };
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit({
    put: {
      organizations: [organization('1')],
      billingItems: [itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')],
    },
  });
  await first.close();
  const store = await lowdbStore({ dir, disk });
  const tenant = await store.for('default');
  await tenant.commit({ put: { billingItems: [itemOf('a', '2026-03-01', 2)], audit: [example('audit')] } });
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 3)));
  expect(written).toEqual(['_journal/000000000002.log', '_journal/000000000002.log']);
  written.length = 0;
  await store.close();
  expect(written).toEqual(['billingItems/2026-03.3.json', 'audit/2026-03.3.json', '_tenant.json']);
  expect(await durableDisk.list(join(dir, 'default/_journal'))).toEqual(['acknowledged']);
  expect(await durableDisk.list(join(dir, 'default/billingItems'))).toEqual([
    '2026-03.3.json',
    '2026-04.1.json',
  ]);
});

it('puts the journal into files while it runs once it is long, and an older snapshot still sees what it saw', async () => {
  const dir = await dataFolder();
  const store = await lowdbStore({ dir, journalBytes: 1, cachedRecords: 1 });
  const tenant = await store.for('default');
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 1), itemOf('b', '2026-03-01', 1)));
  await expect.poll(() => durableDisk.list(join(dir, 'default/billingItems'))).toEqual(['2026-03.1.json']);
  const old = await tenant.snapshot();
  for (let units = 2; units < 6; units++)
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', units)));
  await expect.poll(() => durableDisk.list(join(dir, 'default/billingItems'))).toContain('2026-03.5.json');
  await (await tenant.snapshot()).list('billingItems');
  expect((await old.list('billingItems')).map(({ units }) => units)).toEqual([1, 1]);
  await store.close();
  expect(await durableDisk.list(join(dir, 'default/billingItems'))).toEqual(['2026-03.5.json']);
});

it('puts what was committed during a checkpoint into files too, without another commit', async () => {
  const dir = await dataFolder();
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const disk: Disk = {
    ...durableDisk,
    write: async (path, content) => {
      if (path.endsWith('2026-03.1.json')) {
        begun.resolve();
        await gate.promise;
      }
      return durableDisk.write(path, content);
    },
  };
  const store = await lowdbStore({ dir, disk, journalBytes: 1 });
  const tenant = await store.for('default');
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', 1)));
  await begun.promise;
  for (let units = 2; units < 6; units++)
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01', units)));
  gate.resolve();
  await expect.poll(() => durableDisk.list(join(dir, 'default/billingItems'))).toContain('2026-03.5.json');
  await store.close();
});

it('has no file of a partition that has become empty, and takes away what a killed checkpoint left', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  const tenant = await first.for('default');
  await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')));
  await first.close();
  const again = await lowdbStore({ dir });
  await (await again.for('default')).commit({
    remove: [{ kind: 'billingItems', id: 'a', partition: '2026-03' }],
  });
  await again.close();
  const folder = join(dir, 'default/billingItems');
  expect(await durableDisk.list(folder)).toEqual(['2026-04.1.json']);
  for (const left of ['2026-05.7.json.partial', '2026-05.7.json'])
    await writeFile(join(folder, left), 'half a fi');

  const second = await lowdbStore({ dir });
  expect(await (await (await second.for('default')).snapshot()).partitions('billingItems')).toEqual([
    '2026-04',
  ]);
  expect(await durableDisk.list(folder)).toEqual(['2026-04.1.json']);
  await second.close();
});

it('finds ids in which a line would end elsewhere', async () => {
  const dir = await dataFolder();
  const first = await lowdbStore({ dir });
  await (await first.for('default')).commit(
    putting('billingItems', itemOf('a\u2028b\u2029c', '2026-03-01', 1), itemOf('d', '2026-02-01', 1)),
  );
  await first.close();
  const second = await lowdbStore({ dir });
  const tenant = await second.for('default');
  await tenant.commit(putting('billingItems', itemOf('a\u2028b\u2029c', '2026-04-01', 2)));
  expect((await (await tenant.snapshot()).list('billingItems')).map(({ units }) => units)).toEqual([2, 1]);
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
      if (path.includes('billingItems')) reads.push(path.slice(-'2026-03.1.json'.length));
      return durableDisk.read(path);
    },
  };
  const second = await lowdbStore({ dir, disk });
  const snapshot = await (await second.for('default')).snapshot();
  expect(reads).toEqual([]);
  await snapshot.list('billingItems', { from: '2026-04' });
  await snapshot.list('billingItems', { from: '2026-04' });
  expect(reads).toEqual(['2026-04.1.json']);
  expect((await snapshot.get('billingItems', 'a'))?.id).toBe('a');
  expect(reads).toEqual(['2026-04.1.json', '2026-03.1.json']);
  await second.close();
});
