import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { diskOn } from '../../../src/adapters/store-lowdb/disk.ts';
import { type Files, nodeFiles } from '../../../src/adapters/store-lowdb/files.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import { itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

const failing = (code: string) => Object.assign(new Error(code), { code });
const many = (count: number) => Array.from({ length: count }, (_, n) => organization(String(n)));
const filesOf = (dir: string, folder = '') =>
  readdir(join(dir, 'default', folder)).then((names) => names.filter((name) => !name.startsWith('_')).sort());

/** A store whose checkpoints and snapshots can be watched; its clock stands until it is set. */
async function watched(
  dir: string,
  options: { files?: Partial<Files>; journalBytes?: number; snapshots?: number },
) {
  const { files, ...more } = options;
  const warned: string[] = [];
  const clock = { now: Date.parse('2026-11-01T01:00:00Z') };
  const store = await lowdbStore({
    dir,
    ...more,
    disk: diskOn({ ...nodeFiles, ...files }),
    now: () => clock.now,
    warn: (error) => void warned.push((error as Error).message),
  });
  return { store, tenant: await store.for('default'), warned, clock };
}

/** As a process that is killed now leaves it. */
async function killed(dir: string): Promise<string> {
  const copy = join(await dataFolder(), 'db');
  await cp(dir, copy, { recursive: true, filter: (path) => !path.includes('icb.lock') });
  return copy;
}

describe('a checkpoint that fails', () => {
  it('leaves nothing behind and is not tried at every commit', async () => {
    const dir = await dataFolder();
    const first = await lowdbStore({ dir });
    const before = await first.for('default');
    await before.commit({ put: { organizations: many(50), billingItems: [itemOf('a', '2026-03-01', 1)] } });
    await first.close();
    const path = join(dir, 'default/billingItems/2026-03.1.json');
    const good = await readFile(path, 'utf8');
    await writeFile(path, good.replace('"units":1', '"units":9'));

    const { store, tenant, warned, clock } = await watched(dir, { journalBytes: 20_000 });
    await tenant.commit({ put: { organizations: many(400), billingItems: [itemOf('b', '2026-03-01')] } });
    await expect.poll(() => warned).toHaveLength(1);
    for (let n = 0; n < 30; n++) await tenant.commit(putting('organizations', organization(`x${n}`)));
    expect(warned).toEqual([expect.stringMatching(/2026-03\.1\.json is damaged/)]);
    expect(await filesOf(dir)).toEqual(['billingItems', 'organizations.1.json']);
    expect(await filesOf(dir, 'billingItems')).toEqual(['2026-03.1.json']);

    clock.now += 61_000;
    await tenant.commit(putting('organizations', organization('later')));
    await expect.poll(() => warned).toHaveLength(2);
    expect(await filesOf(dir)).toEqual(['billingItems', 'organizations.1.json']);
    await tenant.commit(putting('organizations', ...many(400)));
    await expect.poll(() => warned).toHaveLength(3);

    await writeFile(path, good);
    await store.close();
    expect(warned).toHaveLength(3);
    expect(await filesOf(dir)).toEqual([
      'billingItems',
      expect.stringMatching(/^organizations\.\d\d\.json$/),
    ]);
    expect(await readdir(join(dir, 'default/_journal'))).toEqual(['acknowledged']);
  });

  it('on a full disk gives back what it took', async () => {
    const dir = await dataFolder();
    let full = true;
    const { store, tenant, warned } = await watched(dir, {
      journalBytes: 1,
      files: {
        open: async (path, flags) => {
          const file = await nodeFiles.open(path, flags);
          const write: typeof file.write = async (bytes, at) => {
            if (!full || !path.includes('2026-05')) return file.write(bytes, at);
            await file.write(bytes.subarray(0, 40), at);
            throw failing('ENOSPC');
          };
          return { ...file, write };
        },
      },
    });
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-05-01')));
    await expect.poll(() => warned).toEqual([expect.stringMatching(/2026-05.*the disk is full/)]);
    expect(await filesOf(dir, 'billingItems')).toEqual([]);
    full = false;
    await store.close();
    expect(await filesOf(dir, 'billingItems')).toEqual(['2026-03.1.json', '2026-05.1.json']);
  });

  it.each([
    ['is not there', false, []],
    ['is there, though the disk says no', true, ['organizations.2.json']],
  ])('keeps the files of a manifest that %s', async (_name, there, left) => {
    const dir = await dataFolder();
    const first = await lowdbStore({ dir });
    await (await first.for('default')).commit(putting('organizations', organization('1', 'old')));
    await first.close();
    let broken = true;
    const { store, tenant, warned } = await watched(dir, {
      journalBytes: 1,
      files: {
        rename: async (from, to) => {
          if (broken && !to.endsWith('_tenant.json')) return nodeFiles.rename(from, to);
          if (there || !broken) await nodeFiles.rename(from, to);
          if (broken) throw failing('EIO');
        },
      },
    });
    await tenant.commit(putting('organizations', organization('1', 'new')));
    await expect.poll(() => warned).toHaveLength(1);
    await expect.poll(() => filesOf(dir)).toEqual(['organizations.1.json', ...left]);
    const names = async (at: string) => {
      const again = await lowdbStore({ dir: at });
      try {
        return (await (await (await again.for('default')).snapshot()).list('organizations')).map(
          ({ name }) => name,
        );
      } finally {
        await again.close();
      }
    };
    expect(await names(await killed(dir))).toEqual(['new']);
    broken = false;
    await tenant.commit(putting('organizations', organization('2', 'other')));
    await store.close();
    expect(await filesOf(dir)).toEqual(['organizations.3.json']);
    expect(await names(dir)).toEqual(['new', 'other']);
  });
});

describe('the file of a partition that was emptied', () => {
  const emptied = async () => {
    const dir = await dataFolder();
    const { store, tenant } = await watched(dir, { journalBytes: 1 });
    await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')));
    await expect.poll(() => filesOf(dir, 'billingItems')).toEqual(['2026-03.1.json', '2026-04.1.json']);
    return { dir, store, tenant };
  };
  const removal = { remove: [{ kind: 'billingItems' as const, id: 'a', partition: '2026-03' }] };

  it('goes while icb runs, once nothing in memory reads it', async () => {
    setFlagsFromString('--expose-gc');
    const gc: () => void = runInNewContext('gc');
    const { dir, store, tenant } = await emptied();
    let old: Awaited<ReturnType<typeof tenant.snapshot>> | undefined = await tenant.snapshot();
    await tenant.commit(removal);
    await expect
      .poll(async () => (await readFile(join(dir, 'default/_tenant.json'), 'utf8')).includes('2026-03'))
      .toBe(false);
    gc();
    expect((await old.list('billingItems')).map(({ id }) => id)).toEqual(['a', 'b']);
    old = undefined;
    const files = () => {
      gc();
      return filesOf(dir, 'billingItems');
    };
    await expect.poll(files).toEqual(['2026-04.1.json']);
    await store.close();
  });

  it('goes at the next checkpoint where the journal emptied it', async () => {
    const { dir, store } = await emptied();
    await store.close();
    const second = await lowdbStore({ dir });
    await (await second.for('default')).commit(removal);
    const copy = await killed(dir);
    await second.close();
    const third = await watched(copy, { journalBytes: 1 });
    await third.tenant.commit(putting('organizations', organization('1')));
    await expect.poll(() => filesOf(copy, 'billingItems')).toEqual(['2026-04.1.json']);
    await third.store.close();
  });
});

describe('a snapshot that could not be taken', () => {
  it('is tried again the same day, and rotates no good one out', async () => {
    const dir = await dataFolder();
    let broken = false;
    const { store, tenant, warned, clock } = await watched(dir, {
      snapshots: 2,
      files: {
        link: async (from, to) => {
          if (broken && to.includes('_snapshots')) throw failing('EIO');
          return nodeFiles.link(from, to);
        },
      },
    });
    const taken = () => filesOf(dir, '_snapshots').catch(() => []);
    const commitOn = (day: string, time = '01:00') => {
      clock.now = Date.parse(`2026-11-${day}T${time}:00Z`);
      return tenant.commit(putting('organizations', organization(`${day} ${time}`)));
    };
    await commitOn('01');
    await commitOn('02');
    await expect.poll(taken).toEqual(['2026-11-02']);
    await commitOn('03');
    await expect.poll(taken).toEqual(['2026-11-02', '2026-11-03']);
    broken = true;
    for (const [at, day] of ['04', '05'].entries()) {
      await commitOn(day);
      await expect.poll(() => warned).toHaveLength(at + 1);
    }
    expect(await taken()).toEqual(['2026-11-02', '2026-11-03']);
    broken = false;
    await commitOn('05', '01:02');
    await expect.poll(taken).toEqual(['2026-11-03', '2026-11-05']);
    await store.close();
  });
});
