import type { Actor } from '../domain/actor.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';

const whose = (by: Actor): string => (by.kind === 'slack' ? by.userId : by.kind);

/** The drill-in's columns as this person chose them; undefined for those who chose none. */
export async function readItemColumns(core: Core, by: Actor): Promise<readonly string[] | undefined> {
  return (await (await core.store.snapshot()).get('preferences', whose(by)))?.itemColumns;
}

/** Keeps them; none at all means icb's own again. No audit: it changes nothing that others see. */
export async function saveItemColumns(core: Core, by: Actor, columns: readonly string[]): Promise<void> {
  await commit(core, by, async (snapshot) => {
    const { itemColumns: _, ...rest } = (await snapshot.get('preferences', whose(by))) ?? { id: whose(by) };
    const kept = columns.length > 0 ? { ...rest, itemColumns: [...columns] } : rest;
    return { changes: { put: { preferences: [kept] } }, result: undefined };
  });
}
