import { z } from 'zod';
import { addedModule, moduleProblems, slugOf } from '../catalog/added-module.ts';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { BillingTypeName, stableId } from '../domain/ids.ts';
import type { AddedModule, Module } from '../domain/module.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { moduleIn } from './known-module.ts';
import { parseInput } from './parse-input.ts';
import { readCatalogue } from './read-catalogue.ts';

/** Names become keys of counts, and `__proto__` is none. */
const TypeName = BillingTypeName.refine((name) => (name as string) !== '__proto__', 'choose another name');

export const AddedModuleInput = z.strictObject({
  name: z.string().trim().min(1, 'say what the module is called').max(80),
  billingTypes: z
    .array(
      z.strictObject({
        name: TypeName,
        label: z.string().trim().max(80).optional(),
        unit: z.enum(['count', 'true-false']),
        contains: z.array(TypeName).optional(),
      }),
    )
    .max(50),
});
export type AddedModuleInput = z.input<typeof AddedModuleInput>;

const UNREADABLE = 'The module cannot be saved; nothing was changed.';

/**
 * Adds a module to the catalogue; from then on it stands wherever modules stand. Errors: `bad-input` with everything that
 * is wrong.
 */
export async function addModule(
  core: Core,
  { by, module: given }: { readonly by: Actor; readonly module: unknown },
): Promise<AddedModule> {
  const { name, billingTypes } = parseInput(AddedModuleInput, given, UNREADABLE);
  return commit(core, by, async (snapshot) => {
    refuse(moduleProblems(await readCatalogue(snapshot), { name, types: billingTypes }));
    const id = slugOf(name) || stableId('module', name).replace('_', '-');
    const added: AddedModule = {
      ...addedModule(id, name, billingTypes),
      addedAt: isoInstant(core.clock.now()),
      addedBy: by,
    };
    return {
      changes: { put: { addedModules: [added] } },
      audit: { action: 'add-module', subject: added.id, text: `Module ${name} added`, after: added },
      result: added,
    };
  });
}

/**
 * Changes a module that people added. Billing types that may be in use neither go nor change their unit; its id stays.
 * Errors: `unknown-module`, `not-found` (a built-in one), `conflict`, `bad-input`.
 */
export async function changeModule(
  core: Core,
  { by, id, module: given }: { readonly by: Actor; readonly id: string; readonly module: unknown },
): Promise<AddedModule> {
  const { name, billingTypes } = parseInput(AddedModuleInput, given, UNREADABLE);
  return commit(core, by, async (snapshot) => {
    const catalogue = await readCatalogue(snapshot);
    const before = await ownModule(snapshot, moduleIn(catalogue, id));
    refuse(moduleProblems(catalogue, { id: before.id, name, types: billingTypes }));
    const used = await usedBecause(snapshot, before);
    const lost = before.billingTypes.find(
      (type) => !billingTypes.some((other) => other.name === type.name && other.unit === type.unit),
    );
    if (used && lost)
      throw new IcbError(
        'conflict',
        `${before.name} is in use (${used}), so the billing type "${lost.label}" keeps its name and unit. Add another one instead; nothing was changed.`,
      );
    const after: AddedModule = { ...before, ...addedModule(before.id, name, billingTypes) };
    return {
      changes: { put: { addedModules: [after] } },
      audit: { action: 'change-module', subject: before.id, text: `Module ${name} changed`, before, after },
      result: after,
    };
  });
}

/** Takes a module that people added out of the catalogue, while nothing uses it. Errors: as `changeModule`. */
export async function removeModule(
  core: Core,
  { by, id }: { readonly by: Actor; readonly id: string },
): Promise<void> {
  return commit(core, by, async (snapshot) => {
    const before = await ownModule(snapshot, moduleIn(await readCatalogue(snapshot), id));
    const used = await usedBecause(snapshot, before);
    if (used)
      throw new IcbError(
        'conflict',
        `${before.name} is in use (${used}), so it stays: its counts and billing items would lose their name. Switch it off instead.`,
      );
    return {
      changes: {
        remove: [
          { kind: 'addedModules', id: before.id },
          { kind: 'columnMatchings', id: before.id },
          { kind: 'moduleStates', id: before.id },
        ],
      },
      audit: { action: 'remove-module', subject: before.id, text: `Module ${before.name} removed`, before },
      result: undefined,
    };
  });
}

/** Modules that people added, by name, each with why it cannot be removed where it is in use. */
export async function listAddedModules(
  core: Core,
): Promise<readonly (AddedModule & { readonly used?: string })[]> {
  const snapshot = await core.store.snapshot();
  const all = await Promise.all(
    (await snapshot.list('addedModules')).map(async (module) => {
      const used = await usedBecause(snapshot, module);
      return { ...module, ...(used ? { used } : {}) };
    }),
  );
  return all.sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

async function ownModule(snapshot: Snapshot, { id, name }: Module): Promise<AddedModule> {
  const own = await snapshot.get('addedModules', id);
  if (own) return own;
  throw new IcbError('not-found', `${name} came with icb and cannot be changed. Add a module of your own.`);
}

async function usedBecause(snapshot: Snapshot, { id }: Pick<Module, 'id'>): Promise<string | undefined> {
  if ((await snapshot.list('moduleOrganizations')).some(({ module }) => module === id))
    return 'it has module organizations';
  if ((await snapshot.list('serviceMappings')).some(({ module }) => module === id))
    return 'it is mapped to services';
  if ((await snapshot.get('moduleStates', id))?.enabled) return 'it is switched on';
  // Counts that were undone leave nothing; counts of any month would lose their name.
  const counted = (await snapshot.list('usageReports')).some(({ module }) => module === id);
  return counted ? 'it has usage counts' : undefined;
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new IcbError('bad-input', UNREADABLE, { details: problems });
}
