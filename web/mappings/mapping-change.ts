import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import type { MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import type { MappingSheetRow } from '../../src/usecases/mapping-sheet.ts';
import type { Names } from '../../src/usecases/names.ts';
import type { Choice } from './read-choices.ts';

/** One change on its way through the review: what it starts from is kept, so that nobody is overruled unseen. */
export const MappingChange = z.union([
  z.strictObject({ id: z.string(), was: z.string(), to: z.string() }),
  z.strictObject({ id: z.string(), was: z.string(), ignore: z.literal(true) }),
  z.strictObject({ id: z.string(), was: z.string(), unmap: z.literal(true) }),
  z.strictObject({ id: z.string(), was: z.string(), not: z.array(z.string()).min(1).max(100) }),
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
  if ('not' in choice) {
    const known = new Set((row.rejected ?? []).map(({ organizationId }) => organizationId));
    const not = choice.not.filter((id) => !known.has(id));
    return not.length > 0 ? { id: row.id, was, not } : undefined;
  }
  return was === 'unmapped' ? undefined : { id: row.id, was, unmap: true };
}

/** What the suggestion would change, where one organization alone is offered with good reason. */
export function suggestedChange(row: MappingSheetRow): MappingChange | undefined {
  const [best] = row.suggestion?.candidates ?? [];
  const offered = row.suggestion?.class === 'sure' || row.suggestion?.class === 'likely';
  return best && offered ? { id: row.id, was: stateOf(row), to: best.organizationId } : undefined;
}

/**
 * The decision on one module organization: what it is, what it is not, or both.
 * @param changes all of one module organization
 * @param reason of an ignored one
 */
export function decisionOf(changes: readonly MappingChange[], reason: string): MappingDecision {
  const not = changes.flatMap((change) => ('not' in change ? change.not : []));
  const [main, second] = changes.filter((change) => !('not' in change));
  const [first] = changes;
  if (!first || second)
    throw new IcbError(
      'bad-input',
      'One of these is decided twice; nothing was saved. Choose one of the two.',
    );
  const subject = { moduleOrganizationId: first.id, ...(not.length > 0 ? { reject: not } : {}) };
  if (!main) return { ...subject, reject: not };
  if ('unmap' in main) return { ...subject, unmap: true };
  if ('ignore' in main) return { ...subject, ignore: reason };
  if ('not' in main) return { ...subject, reject: main.not };
  const expect = main.was === 'unmapped' ? { expect: 'unmapped' as const } : {};
  return { ...subject, organizationId: main.to, ...expect };
}

/** `Daily Mail Ltd`, `not mapped`, `ignored`. */
export const stateWords = ({ mapping }: MappingSheetRow): string =>
  mapping.status === 'mapped'
    ? (mapping.organization ?? '')
    : mapping.status === 'ignored'
      ? 'ignored'
      : 'not mapped';

export function changeWords(change: MappingChange, names: Names): string {
  if ('to' in change) return names.organization(change.to);
  if ('not' in change) return `not ${change.not.map((id) => names.organization(id)).join(', nor ')}`;
  return 'unmap' in change ? 'not mapped' : 'ignored';
}
