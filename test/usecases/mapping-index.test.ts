import { expect, test } from 'vitest';
import { memoryStore } from '../../src/adapters/store-memory/memory-store.ts';
import type { Snapshot, TenantStore } from '../../src/ports/store.ts';
import { listDecided } from '../../src/usecases/list-decided.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { testCore } from '../bot/test-core.ts';
import { example } from '../contract/store-records.ts';

/** A store that counts the records which are read. */
async function counting(): Promise<{ store: TenantStore; read: () => number }> {
  const store = await memoryStore().for('default');
  let read = 0;
  const counted = (snapshot: Snapshot): Snapshot => ({
    revision: snapshot.revision,
    partitions: (kind) => snapshot.partitions(kind),
    async list(kind, range) {
      const found = await snapshot.list(kind, range);
      read += found.length;
      return found;
    },
    async get(kind, id, partition) {
      read += 1;
      return snapshot.get(kind, id, partition);
    },
  });
  return {
    store: {
      commit: (...given) => store.commit(...given),
      snapshot: async () => counted(await store.snapshot()),
    },
    read: () => {
      const before = read;
      read = 0;
      return before;
    },
  };
}

const DECIDED = 95;

async function filled() {
  const { store, read } = await counting();
  const core = { ...(await testCore({ info() {}, warn() {}, error() {} })), store };
  const names = Array.from({ length: 100 }, (_, n) => `Site ${String(n).padStart(3, '0')}`);
  await store.commit({
    put: {
      organizations: [example('organizations', { id: '10', name: 'Daily Mail' })],
      moduleStates: [example('moduleStates', { id: 'datto-rmm', enabled: true })],
      moduleOrganizations: names.map((name, n) =>
        example('moduleOrganizations', {
          id: `datto-rmm:${n}`,
          module: 'datto-rmm',
          externalId: String(n),
          name,
        }),
      ),
      organizationMappings: names
        .slice(0, DECIDED)
        .map((_, n) =>
          example('organizationMappings', { id: `datto-rmm:${n}`, status: 'mapped', organizationId: '10' }),
        ),
    },
  });
  return { core, store, read };
}

test('a page is read and not the book', async () => {
  const { core, read } = await filled();
  await listDecided(core, {}, { page: 0, size: 10 });
  expect(read()).toBeGreaterThan(100);
  const second = await listDecided(core, {}, { page: 1, size: 10 });
  expect(second.items.map((each) => each.name)).toEqual(
    Array.from({ length: 10 }, (_, n) => `Site ${String(n + 10).padStart(3, '0')}`),
  );
  expect([second.total, second.page]).toEqual([DECIDED, 1]);
  // A module organization, its mapping and its organization for each row shown.
  expect(read()).toBe(30);
  expect(await listSuggestions(core)).toHaveLength(100 - DECIDED);
  expect(read()).toBe(0);
});

test('past the end is the last page; narrowed, only what fits counts', async () => {
  const { core } = await filled();
  expect(await listDecided(core, {}, { page: 99, size: 10 })).toMatchObject({ page: 9, total: DECIDED });
  expect(await listDecided(core, { search: 'SITE 00' }, { page: 0, size: 10 })).toMatchObject({ total: 10 });
  expect(await listDecided(core, { search: 'mail' }, { page: 0, size: 10 })).toMatchObject({
    total: DECIDED,
  });
  expect(await listDecided(core, { organization: '11' }, { page: 3, size: 10 })).toEqual({
    items: [],
    total: 0,
    page: 0,
  });
});

test('a change of the book shows at once', async () => {
  const { core, store } = await filled();
  expect(await listSuggestions(core)).toHaveLength(5);
  await store.commit({ remove: [{ kind: 'organizationMappings', id: 'datto-rmm:0' }] });
  expect(await listSuggestions(core)).toHaveLength(6);
  expect(await listDecided(core, {}, { page: 0, size: 10 })).toMatchObject({ total: DECIDED - 1 });
});

test('many who look at once after a change have it read once', async () => {
  const { core, store, read } = await filled();
  await listSuggestions(core);
  await store.commit({ remove: [{ kind: 'organizationMappings', id: 'datto-rmm:0' }] });
  read();
  const one = (await listSuggestions(core)).length;
  const once = read();
  await store.commit({ remove: [{ kind: 'organizationMappings', id: 'datto-rmm:1' }] });
  const all = await Promise.all(Array.from({ length: 20 }, () => listSuggestions(core)));
  expect(all.map((each) => each.length)).toEqual(Array(20).fill(one + 1));
  expect(read()).toBeLessThan(once * 2);
});

test('nobody who decides meanwhile gets suggestions of another state of the book', async () => {
  const { core, store } = await filled();
  const [before] = await Promise.all([
    listSuggestions(core),
    store.commit({ put: { organizations: [example('organizations', { id: '11', name: 'Site 099' })] } }),
  ]);
  expect(before.every((each) => each.candidates.every(({ organizationId }) => organizationId === '10'))).toBe(
    true,
  );
  const after = await listSuggestions(core);
  expect(after.find((each) => each.name === 'Site 099')?.candidates[0]?.organizationId).toBe('11');
});
