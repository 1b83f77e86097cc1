import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RECORD_KINDS, type RecordKind, type RecordOf } from '../../src/domain/records.ts';
import type { Store, TenantStore } from '../../src/ports/store.ts';
import { storeModel } from './store-model.ts';
import { example, itemOf, organization, putting } from './store-records.ts';

/** What every store must do. `open` gives an empty one; the suite closes it. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the store contract`, () => {
    let store: Store;
    let tenant: TenantStore;

    beforeEach(async () => {
      store = await open();
      tenant = await store.for('default');
    });
    afterEach(() => store.close());

    const items = async (range = {}) =>
      (await (await tenant.snapshot()).list('billingItems', range)).map((item) => item.id);

    it('starts empty', async () => {
      const snapshot = await tenant.snapshot();
      expect(snapshot.revision).toBe(0);
      expect(await snapshot.list('organizations')).toEqual([]);
      expect(await snapshot.get('organizations', '101')).toBeUndefined();
      expect(await snapshot.partitions('billingItems')).toEqual([]);
      expect(await snapshot.partitions('organizations')).toEqual([]);
    });

    it.each(RECORD_KINDS)('gives back %s as they were put', async (kind: RecordKind) => {
      const record = example(kind);
      await tenant.commit(putting(kind, record));
      const snapshot = await tenant.snapshot();
      expect(await snapshot.list(kind)).toEqual([record]);
      expect(await snapshot.get(kind, record.id)).toEqual(record);
      const [partition = 'none'] = await snapshot.partitions(kind);
      expect(await snapshot.get(kind, record.id, partition)).toEqual(record);
    });

    it('writes several kinds in one commit', async () => {
      const put = { organizations: [organization('1')], audit: [example('audit')] };
      expect(await tenant.commit({ put })).toBe(1);
      const snapshot = await tenant.snapshot();
      expect(await snapshot.list('organizations')).toEqual(put.organizations);
      expect(await snapshot.list('audit')).toEqual(put.audit);
    });

    it('replaces by id, the last of one commit counts, and leaves out undefined fields', async () => {
      await tenant.commit(putting('organizations', organization('1', 'old')));
      const named = { ...organization('1', 'newest'), parentId: undefined } as never;
      await tenant.commit(putting('organizations', organization('1', 'new'), named));
      const [only, ...others] = await (await tenant.snapshot()).list('organizations');
      expect(others).toEqual([]);
      expect(only).toStrictEqual(organization('1', 'newest'));
    });

    it('removes by id, and removing what is not there changes nothing', async () => {
      await tenant.commit({
        put: {
          organizations: [organization('1'), organization('2')],
          billingItems: [itemOf('a', '2026-03-01')],
        },
      });
      await tenant.commit({
        remove: [
          { kind: 'organizations', id: '1' },
          { kind: 'organizations', id: 'never' },
          { kind: 'billingItems', id: 'a', partition: '2026-02' },
        ],
      });
      const snapshot = await tenant.snapshot();
      expect((await snapshot.list('organizations')).map(({ id }) => id)).toEqual(['2']);
      expect(await items()).toEqual(['a']);
      await tenant.commit({ remove: [{ kind: 'billingItems', id: 'a', partition: '2026-03' }] });
      expect(await items()).toEqual([]);
      expect(await (await tenant.snapshot()).partitions('billingItems')).toEqual([]);
    });

    it('removes a partitioned record whose partition is not named', async () => {
      await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')));
      await tenant.commit({ remove: [{ kind: 'billingItems', id: 'a' }] });
      expect(await items()).toEqual(['b']);
    });

    it('puts after it removes', async () => {
      await tenant.commit(putting('organizations', organization('1', 'old')));
      await tenant.commit({
        ...putting('organizations', organization('1', 'new')),
        remove: [{ kind: 'organizations', id: '1' }],
      });
      expect((await (await tenant.snapshot()).get('organizations', '1'))?.name).toBe('new');
    });

    it('moves a record whose date puts it into another partition', async () => {
      await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01'), itemOf('b', '2026-03-01')));
      await tenant.commit(putting('billingItems', itemOf('a', '2026-05-01')));
      const snapshot = await tenant.snapshot();
      expect(await items()).toEqual(['a', 'b']);
      expect(await snapshot.get('billingItems', 'a', '2026-03')).toBeUndefined();
      expect((await snapshot.get('billingItems', 'a'))?.itemDate).toBe('2026-05-01');
      await tenant.commit(putting('billingItems', itemOf('b', '2026-05-01')));
      expect(await (await tenant.snapshot()).partitions('billingItems')).toEqual(['2026-05']);
    });

    it('lists in order of id over all partitions, and by a range of partitions, ends included', async () => {
      const dates = { d: '2026-01-31', c: '2026-02-01', a: '2026-03-15', b: '2026-04-01' };
      const put = Object.entries(dates).map(([id, start]) => itemOf(id, start));
      await tenant.commit({
        put: { billingItems: put, organizations: ['10', '9', 'B', 'a'].map((id) => organization(id)) },
      });
      expect(await items()).toEqual(['a', 'b', 'c', 'd']);
      expect(await items({ from: '2026-02', to: '2026-03' })).toEqual(['a', 'c']);
      expect(await items({ from: '2026-04' })).toEqual(['b']);
      expect(await items({ to: '2026-01' })).toEqual(['d']);
      expect(await items({ from: '2027-01' })).toEqual([]);
      const snapshot = await tenant.snapshot();
      expect(await snapshot.partitions('billingItems')).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
      expect((await snapshot.list('organizations')).map(({ id }) => id)).toEqual(['10', '9', 'B', 'a']);
    });

    it('leaves an old snapshot as it was, also where it had not looked yet', async () => {
      await tenant.commit({
        put: {
          billingItems: [itemOf('a', '2026-03-01'), itemOf('b', '2026-04-01')],
          organizations: [organization('1')],
        },
      });
      const before = await tenant.snapshot();
      await tenant.commit({
        put: { billingItems: [itemOf('a', '2026-03-01', 99), itemOf('c', '2026-06-01')] },
        remove: [
          { kind: 'billingItems', id: 'b', partition: '2026-04' },
          { kind: 'organizations', id: '1' },
        ],
      });
      const seen = await before.list('billingItems');
      expect(seen.map(({ id, units }) => [id, units])).toEqual([
        ['a', 1],
        ['b', 1],
      ]);
      expect(await before.get('billingItems', 'c')).toBeUndefined();
      expect(await before.get('organizations', '1')).toEqual(organization('1'));
      expect(await before.partitions('billingItems')).toEqual(['2026-03', '2026-04']);
      expect(before.revision).toBe(1);
      expect(await items()).toEqual(['a', 'c']);
    });

    it('refuses a commit based on a revision that is no longer the newest', async () => {
      const { revision } = await tenant.snapshot();
      await tenant.commit(putting('organizations', organization('1')), { basedOn: revision });
      const late = tenant.commit(putting('organizations', organization('2')), { basedOn: revision });
      await expect(late).rejects.toMatchObject({ code: 'conflict' });
      expect(await (await tenant.snapshot()).list('organizations')).toEqual([organization('1')]);
      await expect(tenant.commit({}, { basedOn: 1 })).resolves.toBe(2);
    });

    it('writes nothing when one record is wrong, and names record and field', async () => {
      const wrong = {
        ...itemOf('bad', '2026-03-01'),
        amount: '1.23456',
      } as unknown as RecordOf<'billingItems'>;
      const commit = tenant.commit({
        put: { organizations: [organization('1')], billingItems: [itemOf('good', '2026-03-01'), wrong] },
      });
      await expect(commit).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringMatching(/billingItems record bad .*amount/),
      });
      const snapshot = await tenant.snapshot();
      expect(snapshot.revision).toBe(0);
      expect(await snapshot.list('organizations')).toEqual([]);
      expect(await items()).toEqual([]);
    });

    it('lets nobody change a record from outside', async () => {
      const entry = example('audit', { after: { names: ['Ada'] } });
      await tenant.commit(putting('audit', entry));
      (entry.after as { names: string[] }).names.push('Bob');
      const [read] = await (await tenant.snapshot()).list('audit');
      const { names } = (read as { after: { names: string[] } }).after;
      expect(() => names.push('Eve')).toThrow(TypeError);
      const again = await (await tenant.snapshot()).get('audit', entry.id);
      expect(again?.after).toEqual({ names: ['Ada'] });
    });

    it('keeps tenants apart', async () => {
      const other = await store.for('other-msp');
      await tenant.commit(putting('organizations', organization('1')));
      expect((await other.snapshot()).revision).toBe(0);
      expect(await (await other.snapshot()).list('organizations')).toEqual([]);
      await other.commit(putting('organizations', organization('2')));
      expect(await (await tenant.snapshot()).list('organizations')).toEqual([organization('1')]);
      const again = await store.for('default');
      expect(await (await again.snapshot()).list('organizations')).toEqual([organization('1')]);
    });

    it.each(['', 'Default', '../other', 'a b', '-a', 'a/b'])('refuses the tenant name “%s”', async (bad) => {
      await expect(store.for(bad)).rejects.toMatchObject({ code: 'bad-input' });
    });

    it('puts concurrent commits one after the other, each with its own revision', async () => {
      const ids = Array.from({ length: 20 }, (_, n) => `o${String(n).padStart(2, '0')}`);
      const revisions = await Promise.all(
        ids.map((id) => tenant.commit(putting('organizations', organization(id)))),
      );
      expect(revisions).toEqual(ids.map((_, n) => n + 1));
      const snapshot = await tenant.snapshot();
      expect(snapshot.revision).toBe(ids.length);
      expect((await snapshot.list('organizations')).map(({ id }) => id)).toEqual(ids);
    });

    it('goes on after a refused commit', async () => {
      const bad = tenant.commit(putting('organizations', { ...organization('1'), name: ' ' }));
      const stale = tenant.commit({}, { basedOn: 7 });
      const good = tenant.commit(putting('organizations', organization('2')));
      await expect(bad).rejects.toMatchObject({ code: 'bad-input' });
      await expect(stale).rejects.toMatchObject({ code: 'conflict' });
      await expect(good).resolves.toBe(1);
    });

    storeModel(open);
  });
}
