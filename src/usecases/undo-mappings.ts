import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { OrganizationMapping } from '../domain/organization-mapping.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { mappingSentence } from './mapping-sentence.ts';
import { namesIn } from './names.ts';

export interface UndoneMappings {
  /** A sentence for each mapping that was put back. */
  readonly lines: readonly string[];
  /** Names of module organizations that somebody changed since, which stay as they are. */
  readonly left: readonly string[];
}

const Mappings = z.array(OrganizationMapping.nullable());

/** Taking back is a saving too, and can be taken back. */
export const UNDOABLE: ReadonlySet<string> = new Set(['confirm-mappings', 'undo-mappings']);

/**
 * Takes one saving of organization mappings back: each is what it was before, unless somebody has changed it since.
 * @param change the audit entry of the saving
 * Error: `not-found`.
 */
export function undoMappings(
  core: Core,
  { by, change }: { readonly by: Actor; readonly change: string },
): Promise<UndoneMappings> {
  return commit(core, by, async (snapshot) => {
    const saved = await savedIn(snapshot, change);
    const names = await namesIn(snapshot);
    const own = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
    const nameOf = (id: OrganizationMapping['id']) =>
      own.get(id)?.name ?? 'a module organization that is gone';
    const now = new Map((await snapshot.list('organizationMappings')).map((each) => [each.id, each]));
    const stands = saved.filter(({ id, after }) => own.has(id) && sameDecision(now.get(id), after));
    const common = { by, at: isoInstant(core.clock.now()) };
    const lines = stands.flatMap(({ id, before }) => {
      const subject = own.get(id);
      return subject ? [mappingSentence(subject, before, names)] : [];
    });
    const left = saved.filter((each) => !stands.includes(each)).map(({ id }) => nameOf(id));
    const put = stands.flatMap(({ before }) => (before ? [{ ...before, ...common }] : []));
    const remove = stands.flatMap(({ id, before }) =>
      before ? [] : [{ kind: 'organizationMappings' as const, id }],
    );
    return {
      changes: { put: { organizationMappings: put }, remove },
      ...(lines.length > 0
        ? {
            audit: {
              action: 'undo-mappings',
              subject: change,
              text: lines.length === 1 ? `Taken back: ${lines[0]}` : `${lines.length} mappings taken back`,
              before: stands.map(({ after }) => after ?? null),
              after: put,
            },
          }
        : {}),
      result: { lines, left },
    };
  });
}

interface Saved {
  readonly id: OrganizationMapping['id'];
  readonly before: OrganizationMapping | undefined;
  readonly after: OrganizationMapping | undefined;
}

/** What the saving changed; a record that is absent on one side means unmapped there. */
async function savedIn(snapshot: Snapshot, change: string): Promise<Saved[]> {
  const entry = await snapshot.get('audit', change);
  if (!entry || !UNDOABLE.has(entry.action))
    throw new IcbError('not-found', 'This change is not known any more; see the mappings as they are now.');
  const byId = (records: unknown) =>
    new Map(Mappings.parse(records).flatMap((each) => (each ? [[each.id, each] as const] : [])));
  const [before, after] = [byId(entry.before), byId(entry.after)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((id) => ({ id, before: before.get(id), after: after.get(id) }))
    .filter((each) => !sameDecision(each.before, each.after));
}

function sameDecision(a: OrganizationMapping | undefined, b: OrganizationMapping | undefined): boolean {
  const decision = (mapping: OrganizationMapping | undefined) =>
    mapping && (mapping.status === 'mapped' ? mapping.organizationId : `ignored: ${mapping.reason}`);
  return a?.status === b?.status && decision(a) === decision(b);
}
