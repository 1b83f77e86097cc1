import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, durableDisk } from '../../../src/adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import type { Changes, TenantStore } from '../../../src/ports/store.ts';
import { example, itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';

const FIRST: Changes = {
  put: { organizations: [organization('1', 'old')], billingItems: [itemOf('a', '2026-03-01', 1)] },
};
/** Touches four files: one item moves, one comes, an organization changes, and the audit says so. */
const SECOND: Changes = {
  put: {
    organizations: [organization('1', 'new')],
    billingItems: [itemOf('a', '2026-04-01', 2), itemOf('b', '2026-04-01', 3)],
    audit: [example('audit')],
  },
};

const content = async (tenant: TenantStore) => {
  const snapshot = await tenant.snapshot();
  return {
    revision: snapshot.revision,
    names: (await snapshot.list('organizations')).map(({ name }) => name),
    items: (await snapshot.list('billingItems')).map(({ id, units }) => `${id}:${units}`),
    audits: (await snapshot.list('audit')).length,
  };
};
const BEFORE = { revision: 1, names: ['old'], items: ['a:1'], audits: 0 };
const AFTER = { revision: 2, names: ['new'], items: ['a:2', 'b:3'], audits: 1 };

/** A disk whose changes fail from the `at`-th on while `broken`, as a full disk does; `times` of them when given. */
function failingDisk(at: number, times = Number.POSITIVE_INFINITY, code = 'ENOSPC') {
  const state = { changes: 0, armed: false };
  const step = (): void => {
    if (!state.armed) return;
    state.changes++;
    if (state.changes >= at && state.changes < at + times) throw Object.assign(new Error(code), { code });
  };
  const disk: Disk = {
    ...durableDisk,
    write: async (path, text) => {
      step();
      return durableDisk.write(path, text);
    },
    remove: async (path) => {
      step();
      return durableDisk.remove(path);
    },
  };
  return { disk, state };
}

const reopened = async <T>(dir: string, use: (tenant: TenantStore) => Promise<T>): Promise<T> => {
  const store = await lowdbStore({ dir });
  try {
    return await use(await store.for('default'));
  } finally {
    await store.close();
  }
};

/** Of SECOND: the intent, four files, the revision. */
const CHANGES_BEFORE_ACKNOWLEDGED = [1, 2, 3, 4, 5, 6];

describe('a write that fails', () => {
  it.each(CHANGES_BEFORE_ACKNOWLEDGED)(
    'at change %i of a commit leaves memory and disk as before',
    async (at) => {
      const dir = await dataFolder();
      const { disk, state } = failingDisk(at, 1);
      const store = await lowdbStore({ dir, disk });
      const tenant = await store.for('default');
      await tenant.commit(FIRST);
      state.armed = true;
      await expect(tenant.commit(SECOND)).rejects.toMatchObject({
        code: 'store-damaged',
        message: expect.stringMatching(
          /^Cannot (write|remove) .*default.*: the disk is full \(ENOSPC\); free some space/,
        ),
      });
      expect(await content(tenant)).toEqual(BEFORE);
      await store.close();
      await reopened(dir, async (again) => {
        expect(await content(again)).toEqual(BEFORE);
        await again.commit(SECOND);
        expect(await content(again)).toEqual(AFTER);
      });
    },
  );

  it.each(CHANGES_BEFORE_ACKNOWLEDGED)(
    'for good at change %i is made good by the next commit',
    async (at) => {
      const dir = await dataFolder();
      const { disk, state } = failingDisk(at);
      const store = await lowdbStore({ dir, disk });
      const tenant = await store.for('default');
      await tenant.commit(FIRST);
      state.armed = true;
      await expect(tenant.commit(SECOND)).rejects.toMatchObject({ code: 'store-damaged' });
      await expect(tenant.commit(SECOND)).rejects.toMatchObject({ code: 'store-damaged' });
      expect(await content(tenant)).toEqual(BEFORE);
      state.armed = false;
      expect(await tenant.commit(putting('organizations', organization('2', 'other')))).toBe(2);
      const expected = { ...BEFORE, revision: 2, names: ['old', 'other'] };
      expect(await content(tenant)).toEqual(expected);
      await store.close();
      expect(await reopened(dir, content)).toEqual(expected);
    },
  );

  it.each(CHANGES_BEFORE_ACKNOWLEDGED)(
    'for good at change %i, then a crash: all of the commit or nothing',
    async (at) => {
      const dir = await dataFolder();
      const { disk, state } = failingDisk(at);
      const store = await lowdbStore({ dir, disk });
      const tenant = await store.for('default');
      await tenant.commit(FIRST);
      state.armed = true;
      await expect(tenant.commit(SECOND)).rejects.toMatchObject({ code: 'store-damaged' });
      await store.close(); // Nothing more reaches the disk: the same as a crash here.
      expect(await reopened(dir, content)).toEqual(at === 1 ? BEFORE : AFTER);
    },
  );

  it('to take the intent away costs nothing: the commit is done and the intent is void', async () => {
    const dir = await dataFolder();
    const { disk, state } = failingDisk(7);
    const store = await lowdbStore({ dir, disk });
    const tenant = await store.for('default');
    await tenant.commit(FIRST);
    state.armed = true;
    expect(await tenant.commit(SECOND)).toBe(2);
    await store.close();
    expect(await durableDisk.read(join(dir, 'default/_commit.json'))).toBeDefined();
    expect(await reopened(dir, content)).toEqual(AFTER);
    expect(await durableDisk.read(join(dir, 'default/_commit.json'))).toBeUndefined();
  });

  it('names missing rights', async () => {
    const { disk, state } = failingDisk(2, 1, 'EACCES');
    const store = await lowdbStore({ dir: await dataFolder(), disk });
    state.armed = true;
    await expect((await store.for('default')).commit(FIRST)).rejects.toMatchObject({
      message: expect.stringMatching(
        /organizations\.json: this user may not do that there \(EACCES\); give the user/,
      ),
    });
    await store.close();
  });
});

describe('an intent found at start', () => {
  const intent = {
    schema: 2,
    revision: 2,
    edits: [
      { kind: 'organizations', partition: '', remove: [], put: SECOND.put?.organizations },
      { kind: 'billingItems', partition: '2026-03', remove: ['a'], put: [] },
      { kind: 'billingItems', partition: '2026-04', remove: [], put: SECOND.put?.billingItems },
      { kind: 'audit', partition: '2026-03', remove: [], put: SECOND.put?.audit },
    ],
  };
  const withIntent = async (text: string): Promise<string> => {
    const dir = await dataFolder();
    await reopened(dir, (tenant) => tenant.commit(FIRST));
    await writeFile(join(dir, 'default/_commit.json'), text);
    return dir;
  };

  it('is finished, and only once', async () => {
    const dir = await withIntent(JSON.stringify(intent));
    expect(await reopened(dir, content)).toEqual(AFTER);
    expect(await reopened(dir, content)).toEqual(AFTER);
  });

  it('is put aside when torn: it was never begun', async () => {
    const torn = JSON.stringify(intent).slice(0, 300);
    const dir = await withIntent(torn);
    expect(await reopened(dir, content)).toEqual(BEFORE);
    expect(await readFile(join(dir, 'default/_commit.json.torn'), 'utf8')).toBe(torn);
    expect(await reopened(dir, (tenant) => tenant.commit(SECOND))).toBe(2);
  });

  it('is void when its revision is already there', async () => {
    const dir = await withIntent(JSON.stringify({ ...intent, revision: 1 }));
    expect(await reopened(dir, content)).toEqual(BEFORE);
  });

  it.each([
    ['of a newer schema', { ...intent, schema: 3 }, /_commit\.json has schema 3/],
    [
      'with a partition that is a path',
      { ...intent, edits: [{ ...intent.edits[1], partition: '../x' }] },
      /edits\.0\.partition/,
    ],
    [
      'with a wrong record',
      { ...intent, edits: [{ ...intent.edits[0], put: [{ id: '1' }] }] },
      /organizations record 1, field name/,
    ],
  ])('is refused when it is complete and %s', async (_name, wrong, says) => {
    const dir = await withIntent(JSON.stringify(wrong));
    await expect(reopened(dir, content)).rejects.toMatchObject({
      code: 'store-damaged',
      message: expect.stringMatching(says),
    });
    expect(await readFile(join(dir, 'default/_commit.json'), 'utf8')).toBe(JSON.stringify(wrong));
  });
});
