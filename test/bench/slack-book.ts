import type { ModuleId } from '../../src/domain/ids.ts';
import type { Changes, Snapshot, TenantStore } from '../../src/ports/store.ts';
import { example } from '../contract/store-records.ts';
import { inventNames } from './matching-names.ts';

export const ORGANIZATIONS = 5_000;
/** Of 200 module organizations one is not decided yet. */
const OPEN_EVERY = 200;

/** 5,000 organizations, each in every one of `modules`; nearly all of them mapped. */
export function slackBook(modules: readonly ModuleId[]): Changes {
  const names = inventNames(
    { organizations: ORGANIZATIONS, moduleOrganizations: 0 },
    'slack',
  ).organizations.map(({ name }) => name);
  const pairs = modules.flatMap((module, m) =>
    names.map((name, n) => ({
      id: `${module}:${n}`,
      module,
      externalId: String(n),
      name,
      open: (n + m) % OPEN_EVERY === 0,
      n,
    })),
  );
  return {
    put: {
      organizations: names.map((name, n) => example('organizations', { id: String(n + 1), name })),
      moduleStates: modules.map((id) => example('moduleStates', { id, enabled: true })),
      moduleOrganizations: pairs.map(({ id, module, externalId, name }) =>
        example('moduleOrganizations', { id, module, externalId, name }),
      ),
      organizationMappings: pairs
        .filter(({ open }) => !open)
        .map(({ id, n }) =>
          example('organizationMappings', { id, status: 'mapped', organizationId: String(n + 1) }),
        ),
    },
  };
}

/** The same store with a count of the records that were read from it. */
export function countedStore(store: TenantStore): { readonly store: TenantStore; taken(): number } {
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
      commit: (changes, options) => store.commit(changes, options),
      snapshot: async () => counted(await store.snapshot()),
    },
    taken() {
      const before = read;
      read = 0;
      return before;
    },
  };
}
