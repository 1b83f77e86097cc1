import type { ModuleOrganization } from '../../src/domain/module-organization.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { readModuleOrganizations } from '../../src/usecases/read-module-organizations.ts';
import type { BotContext } from '../bot-context.ts';
import { keyOf } from './choices.ts';

interface KeptIds {
  readonly of: readonly ModuleOrganization[];
  readonly ids: ReadonlyMap<string, string>;
}
/** Hashing a hundred thousand ids takes a while, and they stay the same from one sync to the next. */
const KEPT = new WeakMap<TenantStore, KeptIds>();

/** The module organizations behind short keys; of keys that stand for none there is no entry. */
export async function moduleOrganizationsByKey(
  { core }: Pick<BotContext, 'core'>,
  keys: Iterable<string>,
): Promise<ReadonlyMap<string, ModuleOrganizationView>> {
  const wanted = [...keys];
  if (wanted.length === 0) return new Map();
  const snapshot = await core.store.snapshot();
  const all = await snapshot.list('moduleOrganizations');
  const kept = KEPT.get(core.store);
  const ids = kept?.of === all ? kept.ids : new Map(all.map(({ id }) => [keyOf(id), id as string]));
  KEPT.set(core.store, { of: all, ids });
  const found = wanted.flatMap((key) => ids.get(key) ?? []);
  return new Map((await readModuleOrganizations(snapshot, found)).map((one) => [keyOf(one.id), one]));
}
