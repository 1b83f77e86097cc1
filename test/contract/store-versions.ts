import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store, TenantStore } from '../../src/ports/store.ts';
import { itemOf, organization, putting } from './store-records.ts';

/** What a store that tells versions of partitions must do. */
export function storeVersionsContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} tells which partitions changed`, () => {
    let store: Store;
    let tenant: TenantStore;
    beforeEach(async () => {
      store = await open();
      tenant = await store.for('default');
    });
    afterEach(() => store.close());

    const versions = async () => (await (await tenant.snapshot()).versions?.('billingItems')) ?? new Map();

    it('a version stays while the records of its partition do', async () => {
      await tenant.commit(putting('billingItems', itemOf('a', '2026-01-01'), itemOf('b', '2026-02-01')));
      const before = await versions();
      expect([...before.keys()].sort()).toEqual(['2026-01', '2026-02']);
      await tenant.commit(putting('organizations', organization('1')));
      expect(await versions()).toEqual(before);
      await tenant.commit(putting('billingItems', itemOf('c', '2026-02-01')));
      const after = await versions();
      expect(after.get('2026-01')).toBe(before.get('2026-01'));
      expect(after.get('2026-02')).not.toBe(before.get('2026-02'));
    });

    it('moving and removing records changes the partitions they leave', async () => {
      await tenant.commit(putting('billingItems', itemOf('a', '2026-01-01'), itemOf('b', '2026-01-01')));
      const one = (await versions()).get('2026-01');
      await tenant.commit(putting('billingItems', itemOf('a', '2026-03-01')));
      const two = (await versions()).get('2026-01');
      expect(two).not.toBe(one);
      await tenant.commit({ remove: [{ kind: 'billingItems', id: 'b', partition: '2026-01' }] });
      expect([...(await versions()).keys()]).toEqual(['2026-03']);
    });

    it('an old snapshot keeps telling its own', async () => {
      await tenant.commit(putting('billingItems', itemOf('a', '2026-01-01')));
      const old = await tenant.snapshot();
      const before = await old.versions?.('billingItems');
      await tenant.commit(putting('billingItems', itemOf('b', '2026-01-01')));
      expect(await old.versions?.('billingItems')).toEqual(before);
    });
  });
}
