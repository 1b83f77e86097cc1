import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskOn } from '../../../src/adapters/store-lowdb/disk.ts';
import { lowdbStore } from '../../../src/adapters/store-lowdb/lowdb-store.ts';
import type { Changes, TenantStore } from '../../../src/ports/store.ts';
import { example, itemOf, organization, putting } from '../../contract/store-records.ts';
import { dataFolder } from './data-folder.ts';
import { FAULTS, type Fault, faultyFiles } from './faulty-files.ts';
import { faultyNights } from './faulty-nights.ts';

const FIRST: Changes = {
  put: { organizations: [organization('1', 'old')], billingItems: [itemOf('a', '2026-03-01', 1)] },
};
/** Touches four partitions: one item moves, one comes, an organization changes, and the audit says so. */
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

const reopened = async <T>(dir: string, use: (tenant: TenantStore) => Promise<T>): Promise<T> => {
  const store = await lowdbStore({ dir });
  try {
    return await use(await store.for('default'));
  } finally {
    await store.close();
  }
};

/** Of a commit into a new segment: its folder, open, write, sync, the folder's sync; then the note. */
const OPERATIONS = [1, 2, 3, 4, 5, 6, 7];
const CASES = FAULTS.flatMap((fault) => OPERATIONS.map((at) => [fault, at] as const));

const LASTING = CASES.filter(([fault]) => fault === 'ENOSPC' || fault === 'EIO');

async function withFirst(journalBytes?: number) {
  const dir = await dataFolder();
  const faulty = faultyFiles();
  const store = await lowdbStore({
    dir,
    disk: diskOn(faulty.files),
    ...(journalBytes ? { journalBytes } : {}),
  });
  const tenant = await store.for('default');
  await tenant.commit(FIRST);
  return { dir, faulty, store, tenant };
}

/** Whether it was acknowledged; an error must be a sentence that says what to do. */
const tried = (tenant: TenantStore, changes: Changes): Promise<boolean> =>
  tenant.commit(changes).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({
        code: 'store-damaged',
        message: expect.stringMatching(/^Cannot (write|remove|rename) .*: .* \((ENOSPC|EIO|EACCES)\); .*\.$/),
      });
      return false;
    },
  );

describe('a disk that fails', () => {
  it.each(CASES)('once, with %s at operation %i of a commit: all of it or nothing', async (fault, at) => {
    const { dir, faulty, store, tenant } = await withFirst();
    faulty.fail((operation) => (operation === at ? fault : undefined));
    const done = await tried(tenant, SECOND);
    if (fault === 'short') expect(done).toBe(true);
    expect(await content(tenant)).toEqual(done ? AFTER : BEFORE);
    faulty.heal();
    await store.close();
    expect(await reopened(dir, content)).toEqual(done ? AFTER : BEFORE);
  });

  it.each(LASTING)('with %s from operation %i on: later commits work once it is well', async (fault, at) => {
    const { dir, faulty, store, tenant } = await withFirst();
    faulty.fail((operation) => (operation >= at ? fault : undefined));
    const done = await tried(tenant, SECOND);
    const again = await tried(tenant, putting('organizations', organization('3', 'third')));
    expect(again).toBe(done && fault === 'short');
    const died = join(await dataFolder(), 'copy');
    await cp(dir, died, { recursive: true, filter: (path) => !path.includes('icb.lock') });
    faulty.heal();
    const { revision, names } = await content(tenant);
    expect(await tenant.commit(putting('organizations', organization('2', 'other')))).toBe(revision + 1);
    const expected = {
      ...(done ? AFTER : BEFORE),
      revision: revision + 1,
      names: [...names.slice(0, 1), 'other', ...names.slice(1)],
    };
    expect(await content(tenant)).toEqual(expected);
    await store.close();
    expect(await reopened(dir, content)).toEqual(expected);
    // Had the process died while the disk was failing: what was refused is there as a whole or not at all.
    const left = await reopened(died, content);
    const possible = [BEFORE, AFTER, await contentWithThird(left)];
    expect(possible).toContainEqual(left);
    if (done) expect(left.revision).toBeGreaterThanOrEqual(2);
  });

  it('names missing rights and what to do', async () => {
    const { faulty, store, tenant } = await withFirst();
    faulty.fail(() => 'EACCES');
    await expect(tenant.commit(SECOND)).rejects.toMatchObject({
      message: expect.stringMatching(/this user may not do that there \(EACCES\); give the user/),
    });
    faulty.heal();
    await store.close();
  });
});

/** Where the third organization's commit is whole. */
const contentWithThird = async (left: typeof AFTER) => ({
  ...AFTER,
  revision: 3,
  names: ['new', 'third'],
  ...(left.revision === 2 && left.names.includes('third')
    ? { ...BEFORE, revision: 2, names: ['old', 'third'] }
    : {}),
});

const EVERY: readonly number[] = [2, 3, 5, 7, 11];
it.each(FAULTS.map((fault): [Fault] => [fault]))(
  'with %s at every n-th operation nothing acknowledged is lost and nothing refused is seen',
  async (fault) => {
    const sums = { commits: 0, acknowledged: 0, refused: 0, faults: 0, lost: 0, half: 0 };
    for (const every of EVERY) {
      const told = await faultyNights({ dir: await dataFolder(), fault, every, commits: 24, seed: every });
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += told[name];
    }
    console.log(`faulty disk, ${fault} at every ${EVERY.join('., ')}. operation: ${JSON.stringify(sums)}`);
    expect(sums).toMatchObject({ lost: 0, half: 0 });
    expect(sums.faults).toBeGreaterThan(20);
    expect(sums.acknowledged).toBeGreaterThan(5);
  },
);
