import type { Actor } from '../domain/actor.ts';
import { IcbError } from '../domain/errors.ts';
import type { Core } from './core.ts';
import { UNDOABLE_DECISIONS, undoDecisions } from './undo-decisions.ts';
import { UNDOABLE as UNDOABLE_MAPPINGS, type UndoneMappings, undoMappings } from './undo-mappings.ts';
import { UNDOABLE_SERVICES, undoServiceMappings } from './undo-service-mappings.ts';

/** Actions of the audit that can be taken back by their entry. */
export const UNDOABLE_CHANGES: ReadonlySet<string> = new Set([
  ...UNDOABLE_MAPPINGS,
  ...UNDOABLE_SERVICES,
  ...UNDOABLE_DECISIONS,
]);

/**
 * Takes a change back by its audit entry, for a day: organization mappings, and service mappings and decisions on held
 * counts as long as no sync has gone by them. Errors: `not-found`, `bad-input` for what cannot be undone, `conflict`.
 */
export async function undoChange(
  core: Core,
  request: { readonly by: Actor; readonly change: string },
): Promise<UndoneMappings> {
  const entry = await (await core.store.snapshot()).get('audit', request.change);
  if (!entry)
    throw new IcbError(
      'not-found',
      'This change is not known any more; see how things are now with /icb log.',
    );
  if (UNDOABLE_MAPPINGS.has(entry.action)) return undoMappings(core, request);
  if (UNDOABLE_SERVICES.has(entry.action)) return undoServiceMappings(core, request);
  if (UNDOABLE_DECISIONS.has(entry.action)) return undoDecisions(core, request);
  throw new IcbError('bad-input', `This cannot be undone: ${entry.text}. Change it back where it was made.`);
}
