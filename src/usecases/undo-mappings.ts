import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { ModuleOrganizationId } from '../domain/ids.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { OrganizationMapping } from '../domain/organization-mapping.ts';
import { RejectedPair, rejectedPairId } from '../domain/rejected-pair.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { mappingSentence, rejectionSentence } from './mapping-sentence.ts';
import { type Names, namesIn } from './names.ts';
import { refuseTooLate } from './undo-time.ts';

export interface UndoneMappings {
  /** A sentence for each mapping that was put back. */
  readonly lines: readonly string[];
  /** Names of module organizations that somebody changed since, which stay as they are. */
  readonly left: readonly string[];
}

/** What one saving may have changed. */
const Changed = z.array(z.union([OrganizationMapping, RejectedPair]).nullable());
type Changed = OrganizationMapping | RejectedPair;

/** Taking back is a saving too, and can be taken back. */
export const UNDOABLE: ReadonlySet<string> = new Set(['confirm-mappings', 'undo-mappings']);

/**
 * Takes one saving of organization mappings and rejected suggestions back: each module organization is what it was
 * before, unless somebody has changed that since. For a day.
 * @param change the audit entry of the saving
 * Errors: `not-found`, `conflict` when it is too old.
 */
export function undoMappings(
  core: Core,
  { by, change }: { readonly by: Actor; readonly change: string },
): Promise<UndoneMappings> {
  return commit(core, by, async (snapshot) => {
    const saved = await savedIn(snapshot, change, core.clock.now());
    const names = await namesIn(snapshot);
    const own = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
    const now = await recordsNow(snapshot);
    const subjects = [...Map.groupBy(saved, ({ before, after }) => subjectOf(before ?? after))];
    const stands = subjects.filter(
      ([id, records]) =>
        id !== undefined &&
        own.has(id) &&
        records.every(({ key, after }) => sameDecision(now.get(key), after)) &&
        isConsistent(records, now),
    );
    const common = { by, at: isoInstant(core.clock.now()) };
    const records = stands.flatMap(([, each]) => each);
    const lines = records.flatMap((record) => sentencesOf(record, own, names));
    const left = subjects
      .filter((each) => !stands.includes(each))
      .map(([id]) => (id && own.get(id)?.name) ?? 'a module organization that is gone');
    const put = records.flatMap(({ before }) => (before ? [{ ...before, ...common }] : []));
    return {
      changes: {
        put: { organizationMappings: put.filter(isMapping), rejectedPairs: put.filter(isRejection) },
        remove: records.flatMap(({ before, after }) =>
          before || !after
            ? []
            : [{ kind: isMapping(after) ? 'organizationMappings' : 'rejectedPairs', id: after.id } as const],
        ),
      },
      ...(lines.length > 0
        ? {
            audit: {
              action: 'undo-mappings',
              subject: change,
              text: lines.length === 1 ? `Taken back: ${lines[0]}` : `${lines.length} mappings taken back`,
              before: records.map(({ after }) => after ?? null),
              after: put,
            },
          }
        : {}),
      result: { lines, left },
    };
  });
}

interface Saved {
  /** Tells the records of both kinds apart. */
  readonly key: string;
  readonly before: Changed | undefined;
  readonly after: Changed | undefined;
}

/** What the saving changed; a record that is absent on one side means unmapped, or not rejected, there. */
async function savedIn(snapshot: Snapshot, change: string, now: Temporal.Instant): Promise<Saved[]> {
  const entry = await snapshot.get('audit', change);
  if (!entry || !UNDOABLE.has(entry.action))
    throw new IcbError('not-found', 'This change is not known any more; see the mappings as they are now.');
  refuseTooLate(entry, now);
  const byKey = (records: unknown) =>
    new Map(Changed.parse(records).flatMap((each) => (each ? [[keyOf(each), each] as const] : [])));
  const [before, after] = [byKey(entry.before), byKey(entry.after)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((key) => ({ key, before: before.get(key), after: after.get(key) }))
    .filter((each) => !sameDecision(each.before, each.after));
}

async function recordsNow(snapshot: Snapshot): Promise<Map<string, Changed>> {
  const all = [...(await snapshot.list('organizationMappings')), ...(await snapshot.list('rejectedPairs'))];
  return new Map(all.map((each) => [keyOf(each), each]));
}

const isMapping = (record: Changed): record is OrganizationMapping => 'status' in record;
const isRejection = (record: Changed): record is RejectedPair => !isMapping(record);
const keyOf = (record: Changed): string => `${isMapping(record) ? 'mapping' : 'rejected'} ${record.id}`;
const subjectOf = (record: Changed | undefined): ModuleOrganizationId | undefined =>
  record && (isMapping(record) ? record.id : record.moduleOrganizationId);

/** Nothing is put back by which an organization were mapped and rejected at once. */
function isConsistent(records: readonly Saved[], now: ReadonlyMap<string, Changed>): boolean {
  const then = new Map(now);
  for (const { key, before } of records) {
    if (before) then.set(key, before);
    else then.delete(key);
  }
  return records.every(({ before }) => {
    const moduleOrganizationId = subjectOf(before);
    if (!moduleOrganizationId) return true;
    const mapping = then.get(`mapping ${moduleOrganizationId}`);
    if (!mapping || !isMapping(mapping) || mapping.status !== 'mapped') return true;
    const { organizationId } = mapping;
    return !then.has(`rejected ${rejectedPairId({ moduleOrganizationId, organizationId })}`);
  });
}

/** What is so again. */
function sentencesOf(
  { before, after }: Saved,
  all: ReadonlyMap<ModuleOrganizationId, ModuleOrganization>,
  names: Names,
): string[] {
  const record = before ?? after;
  const own = all.get(subjectOf(record) as ModuleOrganizationId);
  if (!record || !own) return [];
  if (isRejection(record)) return [rejectionSentence(own, record, before !== undefined, names)];
  return [mappingSentence(own, before && isMapping(before) ? before : undefined, names)];
}

function sameDecision(a: Changed | undefined, b: Changed | undefined): boolean {
  return decisionIn(a) === decisionIn(b);
}

function decisionIn(record: Changed | undefined): string | undefined {
  if (!record) return undefined;
  if (isRejection(record)) return `not ${record.organizationId}`;
  return record.status === 'mapped' ? `to ${record.organizationId}` : `ignored: ${record.reason}`;
}
