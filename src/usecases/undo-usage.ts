import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { type ModuleOrganizationId, moduleOrganizationId } from '../domain/ids.ts';
import { type UsageReport, usageReportId } from '../domain/usage-count.ts';
import type { UploadedCount, UsageUpload } from '../domain/usage-upload.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { readCatalogue } from './read-catalogue.ts';
import { recountOf } from './recount.ts';

export const UNDO_HOURS = 24;

export const undoableUntil = ({ at }: Pick<UsageUpload, 'at'>): Temporal.Instant =>
  Temporal.Instant.from(at).add({ hours: UNDO_HOURS });

export async function usageUploadsSince(
  snapshot: Snapshot,
  since: Temporal.Instant,
): Promise<readonly UsageUpload[]> {
  return snapshot.list('usageUploads', { from: isoInstant(since).slice(0, 7) });
}

/**
 * Why an upload cannot be undone, in words; undefined where it can.
 * @param all at least the uploads that came after it
 */
export async function notUndoable(
  snapshot: Snapshot,
  now: Temporal.Instant,
  upload: UsageUpload,
  all: readonly UsageUpload[],
): Promise<string | undefined> {
  if (upload.undone) return `${upload.undone.by.name} has undone it already`;
  if (Temporal.Instant.compare(now, undoableUntil(upload)) > 0)
    return `it is more than ${UNDO_HOURS} hours old; send the right counts instead`;
  const own = new Set(upload.counts.map(keyOf));
  const later = all.find(
    (other) =>
      other.module === upload.module &&
      other.at > upload.at &&
      !other.undone &&
      other.counts.some((count) => own.has(keyOf(count))),
  );
  if (later)
    return `a later upload${later.file ? ` (${later.file})` : ''} by ${later.by.name} replaced some of its counts; undo that one first`;
  const byFeed = new Set(all.flatMap((each) => [each.at, ...(each.undone ? [each.undone.at] : [])]));
  for (const date of datesOf(upload)) {
    const report = await reportOf(snapshot, upload, date);
    if (report && report.takenAt > upload.at && !byFeed.has(report.takenAt))
      return `the module itself was counted again for ${date} since`;
  }
  return undefined;
}

/**
 * Puts back what was known before an upload, exactly: also that a count was unknown. Module organizations that came with
 * it and that nobody mapped go too. Units change with the next sync. Errors: `not-found`, `conflict`.
 */
export async function undoUsage(
  core: Core,
  { by, id }: { readonly by: Actor; readonly id: string },
): Promise<UsageUpload> {
  return commit(core, by, async (snapshot) => {
    const now = core.clock.now();
    const upload = await snapshot.get('usageUploads', id);
    if (!upload) throw new IcbError('not-found', 'There is no such upload of usage.');
    const all = await usageUploadsSince(snapshot, Temporal.Instant.from(upload.at));
    const because = await notUndoable(snapshot, now, upload, all);
    if (because)
      throw new IcbError('conflict', `This upload cannot be undone: ${because}. Nothing was changed.`);
    const at = isoInstant(now);
    const undone: UsageUpload = { ...upload, undone: { at, by } };
    const { put, remove } = await reportsBefore(snapshot, upload, at);
    const { gone, heirs } = await organizationsOf(snapshot, upload, all);
    const module = (await readCatalogue(snapshot)).find(upload.module);
    const state = await snapshot.get('moduleStates', upload.module);
    const recount = state && recountOf(state, datesOf(upload), core.clock.today(), at);
    return {
      changes: {
        put: {
          usageReports: put,
          usageUploads: [undone, ...heirs],
          moduleStates: state && recount?.recount ? [{ ...state, ...recount }] : [],
        },
        remove: [...(remove ?? []), ...gone.map((id) => ({ kind: 'moduleOrganizations' as const, id }))],
      },
      audit: {
        action: 'undo-usage',
        subject: upload.module,
        text: `${upload.changed} usage counts of ${module?.name ?? upload.module} put back as they were before ${upload.file ?? 'an upload'}`,
      },
      result: undone,
    };
  });
}

const keyOf = ({ date, externalId, billingType }: UploadedCount): string =>
  JSON.stringify([date, externalId, billingType]);

const datesOf = ({ counts }: UsageUpload) => new Set(counts.map(({ date }) => date));

const reportOf = (snapshot: Snapshot, { module }: UsageUpload, date: UploadedCount['date']) =>
  snapshot.get('usageReports', usageReportId(module, date), date.slice(0, 7));

async function reportsBefore(snapshot: Snapshot, upload: UsageUpload, takenAt: UsageReport['takenAt']) {
  const put: UsageReport[] = [];
  const remove: NonNullable<Changes['remove']>[number][] = [];
  for (const [date, own] of Map.groupBy(upload.counts, (count) => count.date)) {
    const report = await reportOf(snapshot, upload, date);
    if (!report || own.every(({ before, quantity }) => before === quantity)) continue;
    const counts = countsBefore(report, own);
    if (Object.keys(counts).length > 0 || report.complete) put.push({ ...report, takenAt, counts });
    else remove.push({ kind: 'usageReports', id: report.id, partition: date.slice(0, 7) });
  }
  return { put, remove };
}

function countsBefore(report: UsageReport, own: readonly UploadedCount[]): UsageReport['counts'] {
  const all = new Map(
    Object.entries(report.counts).map(([id, types]) => [id, new Map(Object.entries(types))]),
  );
  for (const { externalId, billingType, before } of own) {
    const types = all.get(externalId) ?? new Map<string, number>();
    // Of a complete report zero is what is absent.
    if (before === null || (report.complete && before === 0)) types.delete(billingType);
    else types.set(billingType, before);
    if (types.size > 0) all.set(externalId, types);
    else all.delete(externalId);
  }
  return Object.fromEntries([...all].map(([id, types]) => [id, Object.fromEntries(types)]));
}

/**
 * Module organizations that came with an upload: those that nobody mapped and no other upload names go with it; those
 * that a later upload names came with that one from now on, so that they go when it is undone too.
 */
async function organizationsOf(
  snapshot: Snapshot,
  upload: UsageUpload,
  all: readonly UsageUpload[],
): Promise<{ readonly gone: readonly ModuleOrganizationId[]; readonly heirs: readonly UsageUpload[] }> {
  const decided = new Set<string>((await snapshot.list('organizationMappings')).map(({ id }) => id));
  const others = all
    .filter((each) => each.id !== upload.id && each.module === upload.module && !each.undone)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const heirs = new Map<string, UsageUpload>();
  const gone: ModuleOrganizationId[] = [];
  for (const id of upload.newModuleOrganizations) {
    const next = others.find((each) =>
      each.counts.some(({ externalId }) => moduleOrganizationId(each.module, externalId) === id),
    );
    if (next) {
      const heir = heirs.get(next.id) ?? next;
      heirs.set(next.id, { ...heir, newModuleOrganizations: [...heir.newModuleOrganizations, id] });
    } else if (!decided.has(id)) gone.push(id);
  }
  return { gone, heirs: [...heirs.values()] };
}
