import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskOn, durableDisk } from '../../../src/adapters/store-lowdb/disk.ts';
import { type Files, nodeFiles } from '../../../src/adapters/store-lowdb/files.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { layOutSnapshot, listSnapshots } from '../../../src/adapters/store-lowdb/snapshots.ts';
import { idOnContract, stableId } from '../../../src/domain/ids.ts';
import { serviceMappingId } from '../../../src/domain/service-mapping.ts';
import { unitLedgerId } from '../../../src/domain/unit-ledger.ts';
import type { TenantStore } from '../../../src/ports/store.ts';
import { example, itemOf, organization } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';
import { schema1Folder } from './schema-1-folder.ts';

const using = async <T>(dir: string, use: (tenant: TenantStore) => Promise<T>): Promise<T> => {
  const store = await lowdbStore({ dir });
  try {
    return await use(await store.for('default'));
  } finally {
    await store.close();
  }
};

type Raw = { readonly id: string };
/** Files as the first layout had them. */
async function firstLayout(
  schema: number,
  revision: number,
  files: Record<string, readonly Raw[]>,
  intent?: object,
) {
  const dir = await dataFolder();
  const folder = join(dir, 'default');
  await mkdir(join(folder, 'billingItems'), { recursive: true });
  for (const [name, records] of Object.entries(files)) {
    const [kind, partition = ''] = name.split('/');
    const ids = records.map(({ id }) => id);
    const head = JSON.stringify({ schema, kind, partition, ids }).slice(0, -1);
    const lines = records.map((record) => JSON.stringify(record)).join(',\n');
    await writeFile(join(folder, `${name}.json`), `${head},"records":[\n${lines}\n]}\n`);
  }
  if (revision > 0)
    await writeFile(join(folder, '_tenant.json'), `${JSON.stringify({ schema, revision })}\n`);
  if (intent) await writeFile(join(folder, '_commit.json'), JSON.stringify({ schema, ...intent }));
  return dir;
}

const read = (dir: string) =>
  using(dir, async (tenant) => {
    const snapshot = await tenant.snapshot();
    return {
      revision: snapshot.revision,
      names: (await snapshot.list('organizations')).map(({ name }) => name),
      items: (await snapshot.list('billingItems')).map(({ id, units }) => `${id}:${units}`),
    };
  });

describe('files of the first layout', () => {
  const files = {
    organizations: [organization('1', 'old')],
    'billingItems/2026-03': [itemOf('a', '2026-03-01', 1)],
  };

  it('are taken over, and stay as a snapshot', async () => {
    const dir = await firstLayout(2, 7, files);
    expect(await read(dir)).toEqual({ revision: 8, names: ['old'], items: ['a:1'] });
    expect((await readdir(join(dir, 'default'))).sort()).toEqual(
      ['_snapshots', '_tenant.json', 'billingItems', 'organizations.8.json'].sort(),
    );
    const kept = join(dir, 'default/_snapshots/before-schema-2-revision-7');
    expect((await readdir(kept)).sort()).toEqual(['_tenant.json', 'billingItems', 'organizations.json']);
    expect(await readFile(join(kept, 'organizations.json'), 'utf8')).toContain('"name":"old"');
    expect(await read(dir)).toEqual({ revision: 8, names: ['old'], items: ['a:1'] });
  });

  const intent = (revision: number) => ({
    revision,
    edits: [
      { kind: 'organizations', partition: '', remove: [], put: [organization('1', 'new')] },
      { kind: 'billingItems', partition: '2026-03', remove: ['a'], put: [] },
      { kind: 'billingItems', partition: '2026-04', remove: [], put: [itemOf('a', '2026-04-01', 2)] },
    ],
  });
  it.each([
    [8, { revision: 9, names: ['new'], items: ['a:2'] }],
    [7, { revision: 8, names: ['old'], items: ['a:1'] }],
  ])('with a commit under way of revision %i after revision 7', async (revision, expected) => {
    expect(await read(await firstLayout(2, 7, files, intent(revision)))).toEqual(expected);
  });

  it('with the first commit of all under way', async () => {
    expect(await read(await firstLayout(2, 0, files, intent(1)))).toEqual({
      revision: 2,
      names: ['new'],
      items: ['a:2'],
    });
  });

  it('that are damaged or newer are refused and left', async () => {
    const dir = await firstLayout(2, 7, files);
    const path = join(dir, 'default/organizations.json');
    await writeFile(path, (await readFile(path, 'utf8')).slice(0, 50));
    await expect(read(dir)).rejects.toMatchObject({
      message: expect.stringMatching(/organizations\.json is damaged: it is not complete/),
    });
    await expect(read(await firstLayout(3, 7, files))).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(
        /_tenant\.json has schema 3, and this icb knows schema 2; it was left untouched/,
      ),
    });
  });
});

it('records of schema 1 get the ids of schema 2, and what names them follows', async () => {
  const item = itemOf('x', '2026-03-31');
  const { contractId, contractServiceId, module, billingType } = item;
  const oldLedger = stableId('ul', contractServiceId, module ?? '', billingType ?? '');
  const oldMapping = stableId('sm', contractId, module ?? '', billingType ?? '');
  const posted = { ...item, id: stableId('bi', oldLedger, item.itemDate) };
  const again = { ...item, id: stableId('bi', oldLedger, item.itemDate, '1'), corrects: posted.id };
  const found = { ...item, id: 'bi_found_in_the_psa' };
  const dir = await firstLayout(1, 4, {
    serviceMappings: [example('serviceMappings', { id: oldMapping, contractId, module, billingType })],
    lineDecisions: [example('lineDecisions', { id: oldMapping })],
    unitLedgers: [
      example('unitLedgers', { id: oldLedger, contractId, contractServiceId, module, billingType }),
    ],
    'billingItems/2026-03': [posted, again, found].sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
  const mapping = serviceMappingId(contractId, module ?? '', billingType ?? '');
  const ledger = unitLedgerId(contractId, contractServiceId, module, billingType);
  const ids = [
    idOnContract('bi', contractId, ledger, item.itemDate),
    idOnContract('bi', contractId, ledger, item.itemDate, '1'),
  ];
  await using(dir, async (tenant) => {
    const snapshot = await tenant.snapshot();
    expect((await snapshot.list('serviceMappings')).map(({ id }) => id)).toEqual([mapping]);
    expect((await snapshot.list('lineDecisions')).map(({ id }) => id)).toEqual([mapping]);
    expect((await snapshot.list('unitLedgers')).map(({ id }) => id)).toEqual([ledger]);
    const items = await snapshot.list('billingItems');
    expect(items.map(({ id }) => String(id)).sort()).toEqual([...ids, found.id].sort());
    expect(items.find(({ id }) => id === ids[1])?.corrects).toBe(ids[0]);
  });
});

describe('a tenant of this layout with records of schema 1', () => {
  const names = ['old', 'in the journal'];

  it('is migrated, its journal included, and stays as a snapshot that holds both', async () => {
    const dir = join(await dataFolder(), 'db');
    await schema1Folder(dir);
    expect(await read(dir)).toEqual({ revision: 3, names, items: [] });
    const folder = join(dir, 'default');
    expect(await readFile(join(folder, '_tenant.json'), 'utf8')).toContain(
      '{"schema":2,"layout":2,"revision":3',
    );
    expect(await listSnapshots(durableDisk, folder)).toEqual([
      { name: 'before-schema-2-revision-2', revision: 2, records: 1 },
    ]);
    const again = join(await dataFolder(), 'db');
    await layOutSnapshot(durableDisk, folder, 'before-schema-2-revision-2', join(again, 'default'));
    expect(await read(again)).toEqual({ revision: 3, names, items: [] });
  });

  it.each(['organizations.3.json', '_tenant.json'])(
    'is as it was when the upgrade dies at %s',
    async (file) => {
      const dir = join(await dataFolder(), 'db');
      await schema1Folder(dir);
      const rename: Files['rename'] = async (from, to) => {
        if (to.endsWith(`default/${file}`)) throw Object.assign(new Error('EIO'), { code: 'EIO' });
        await nodeFiles.rename(from, to);
      };
      const store = await lowdbStore({ dir, disk: diskOn({ ...nodeFiles, rename }) });
      await expect(store.for('default')).rejects.toThrow('(EIO)');
      await store.close();
      expect(await read(dir)).toEqual({ revision: 3, names, items: [] });
    },
  );
});
