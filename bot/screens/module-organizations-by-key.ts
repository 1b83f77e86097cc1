import type { ModuleOrganization } from '../../src/domain/module-organization.ts';
import type { Snapshot, TenantStore } from '../../src/ports/store.ts';
import { inSteps } from '../../src/usecases/in-steps.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { readModuleOrganizations } from '../../src/usecases/read-module-organizations.ts';
import { sameRecords } from '../../src/usecases/same-records.ts';
import type { BotContext } from '../bot-context.ts';
import { keyOf } from './choices.ts';

interface Known {
  readonly records: readonly ModuleOrganization[];
  readonly ids: Map<string, string>;
  readonly hashed: Set<string>;
}
interface Kept {
  readonly revision: number;
  readonly known: Promise<Known>;
}
/** Hashing a hundred thousand ids takes a while, so each is hashed once; one that is gone is found to be gone later. */
const KEPT = new WeakMap<TenantStore, Kept>();

/** However many ask at once after a change: it is read once, in steps that let others have their turn. */
async function idsByKey(store: TenantStore, snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
  const kept = KEPT.get(store);
  if (kept?.revision === snapshot.revision) return (await kept.known).ids;
  const known = readIds(snapshot, kept?.known);
  KEPT.set(store, { revision: snapshot.revision, known });
  known.catch(() => KEPT.delete(store));
  return (await known).ids;
}

async function readIds(snapshot: Snapshot, last: Promise<Known> | undefined): Promise<Known> {
  const records = await snapshot.list('moduleOrganizations');
  const before = await last?.catch(() => undefined);
  if (before && sameRecords(before, { records })) return before;
  const { ids, hashed } = before ?? { ids: new Map<string, string>(), hashed: new Set<string>() };
  await inSteps(hashing(records, ids, hashed));
  return { records, ids, hashed };
}

/** So many take a few milliseconds. */
const AT_ONCE = 2_000;

function* hashing(
  records: readonly ModuleOrganization[],
  ids: Map<string, string>,
  hashed: Set<string>,
): Generator<void, void> {
  let looked = 0;
  for (const { id } of records) {
    if (++looked % AT_ONCE === 0) yield;
    if (hashed.has(id)) continue;
    hashed.add(id);
    ids.set(keyOf(id), id);
  }
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
