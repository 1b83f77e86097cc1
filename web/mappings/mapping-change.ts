import { z } from 'zod';
import type { MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import type { MappingSheetRow } from '../../src/usecases/mapping-sheet.ts';
import type { Names } from '../../src/usecases/names.ts';
import type { Choice } from './read-choices.ts';

/** One change on its way through the review: what it starts from is kept, so that nobody is overruled unseen. */
export const MappingChange = z.union([
  z.strictObject({ id: z.string(), was: z.string(), to: z.string() }),
  z.strictObject({ id: z.string(), was: z.string(), ignore: z.literal(true) }),
  z.strictObject({ id: z.string(), was: z.string(), unmap: z.literal(true) }),
]);
export type MappingChange = z.infer<typeof MappingChange>;

/** Says what is so now, and stays the same while that does. */
export const stateOf = ({ mapping }: MappingSheetRow): string =>
  mapping.status === 'mapped' ? `to:${mapping.organizationId}` : mapping.status;

/** A choice as a change; undefined where it is so already. */
export function changeOf(choice: Choice, row: MappingSheetRow): MappingChange | undefined {
  const was = stateOf(row);
  if ('to' in choice) return was === `to:${choice.to}` ? undefined : { id: row.id, was, to: choice.to };
  if ('ignore' in choice) return { id: row.id, was, ignore: true };
  return was === 'unmapped' ? undefined : { id: row.id, was, unmap: true };
}

/** What the suggestion would change, where one organization alone is offered with good reason. */
export function suggestedChange(row: MappingSheetRow): MappingChange | undefined {
  const [best] = row.suggestion?.candidates ?? [];
  const offered = row.suggestion?.class === 'sure' || row.suggestion?.class === 'likely';
  return best && offered ? { id: row.id, was: stateOf(row), to: best.organizationId } : undefined;
}

/** @param reason of an ignored one */
export function decisionOf(change: MappingChange, reason: string): MappingDecision {
  const moduleOrganizationId = change.id;
  if ('unmap' in change) return { moduleOrganizationId, unmap: true };
  if ('ignore' in change) return { moduleOrganizationId, ignore: reason };
  const expect = change.was === 'unmapped' ? { expect: 'unmapped' as const } : {};
  return { moduleOrganizationId, organizationId: change.to, ...expect };
}

/** `Daily Mail Ltd`, `not mapped`, `ignored`. */
export const stateWords = ({ mapping }: MappingSheetRow): string =>
  mapping.status === 'mapped'
    ? (mapping.organization ?? '')
    : mapping.status === 'ignored'
      ? 'ignored'
      : 'not mapped';

export const changeWords = (change: MappingChange, names: Names): string =>
  'to' in change ? names.organization(change.to) : 'unmap' in change ? 'not mapped' : 'ignored';
