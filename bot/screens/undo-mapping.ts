import type { Button } from '@slack/types';
import type { z } from 'zod';
import { confirmMappings, type MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import type { ModuleOrganizationView } from '../../src/usecases/list-module-organizations.ts';
import { ACTIONS, UndoValue, write } from '../action-ids.ts';
import { button } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import type { Call } from '../slack/call.ts';
import { UNMAP } from './map-choices.ts';
import { readTargets, type Targets } from './map-rows.ts';
import { codeOf, IGNORED, moduleOrganizationsByKey } from './mapping-changes.ts';

export type UndoChange = z.infer<typeof UndoValue>['changes'][number];

/** The Undo button, or nothing when there is more to take back than a button can carry. */
export function undoButton(changes: readonly UndoChange[]): Button | undefined {
  const value = write(UndoValue, { v: 1, changes: [...changes] });
  return changes.length > 0 && value.length <= 2000 ? button(ACTIONS.undo, 'Undo', { value }) : undefined;
}

/**
 * Puts mappings back to what they were, but only those nobody has changed since.
 * @returns a sentence for each that was put back, and names of those left alone
 */
export async function undoMapping(
  bot: BotContext,
  call: Call,
  changes: readonly UndoChange[],
): Promise<{ readonly lines: readonly string[]; readonly left: readonly string[] }> {
  const [rows, targets] = await Promise.all([moduleOrganizationsByKey(bot), readTargets(bot)]);
  const mappings: MappingDecision[] = [];
  const left: string[] = [];
  for (const [key, before, after] of changes) {
    const row = rows.get(key);
    const back = row && codeOf(row.mapping) === after ? wayBack(row, before, targets) : undefined;
    if (back) mappings.push(back);
    else left.push(row?.name ?? 'a module organization that is gone');
  }
  if (mappings.length === 0) return { lines: [], left };
  const { lines } = await confirmMappings(bot.core, { by: call.by, mappings });
  return { lines, left };
}

function wayBack(
  { id }: ModuleOrganizationView,
  before: string,
  targets: Targets,
): MappingDecision | undefined {
  if (before === UNMAP) return { moduleOrganizationId: id, unmap: true };
  if (before === IGNORED) return { moduleOrganizationId: id, ignore: 'Ignored before; put back by undo' };
  const target = targets.get(before);
  return target && { moduleOrganizationId: id, organizationId: target.id };
}
