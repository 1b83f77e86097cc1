import type { Snapshot, TenantStore } from '../../src/ports/store.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { readModuleOrganizations } from '../../src/usecases/read-module-organizations.ts';
import type { BotContext } from '../bot-context.ts';
import { keyOf } from './choices.ts';

interface KeptIds {
  revision: number;
  readonly ids: Map<string, string>;
  readonly hashed: Set<string>;
}
/** Hashing a hundred thousand ids takes a while, so each is hashed once; one that is gone is found to be gone later. */
const KEPT = new WeakMap<TenantStore, KeptIds>();

async function idsByKey(store: TenantStore, snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
  const kept: KeptIds = KEPT.get(store) ?? { revision: -1, ids: new Map(), hashed: new Set() };
  KEPT.set(store, kept);
  if (kept.revision === snapshot.revision) return kept.ids;
  for (const { id } of await snapshot.list('moduleOrganizations')) {
    if (kept.hashed.has(id)) continue;
    kept.hashed.add(id);
    kept.ids.set(keyOf(id), id);
  }
  kept.revision = snapshot.revision;
  return kept.ids;
}

/** The module organizations behind short keys; of keys that stand for none there is no entry. */
export async function moduleOrganizationsByKey(
  { core }: Pick<BotContext, 'core'>,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, ModuleOrganizationView>> {
  const wanted = [...keys];
  if (wanted.length === 0) return new Map();
  const snapshot = await core.store.snapshot();
  const ids = await idsByKey(core.store, snapshot);
  const found = wanted.flatMap((key) => ids.get(key) ?? []);
  return new Map((await readModuleOrganizations(snapshot, found)).map((one) => [keyOf(one.id), one]));
}
