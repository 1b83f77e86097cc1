import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module } from '../domain/module.ts';
import type { RememberedMatching, UsageDraft } from '../domain/usage-file.ts';
import type { UsageUpload } from '../domain/usage-upload.ts';
import type { Changes, Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { moduleIn } from './known-module.ts';
import { parseInput } from './parse-input.ts';
import { readCatalogue } from './read-catalogue.ts';
import { recountOf } from './recount.ts';
import { countsThinnedThrough } from './thinned-days.ts';
import { undoableUntil, usageUploadsSince } from './undo-usage.ts';
import { usageChanges } from './usage-changes.ts';
import { readUsageRows, rowProblemText, type UsageRow } from './usage-rows.ts';

export const MOST_COUNTS = 50_000;

const Usage = z.object({ module: z.string().min(1), items: z.array(z.unknown()).min(1) });

export interface TakenIn {
  /** How many counts the batch held. */
  readonly accepted: number;
  /** How many of them differed from what was known. */
  readonly changed: number;
  /** Left out where nothing differed, so that nothing was written. */
  readonly upload?: UsageUpload;
}

/**
 * Takes usage counts that somebody sends for a module. What is not sent stays unknown; a count of the same day, module
 * organization and billing type is replaced, and the same batch again writes nothing. One bad row refuses all, and the
 * error lists every bad row. Errors: `bad-input`, `unknown-module`.
 */
export async function importUsage(
  core: Core,
  { by, usage }: { readonly by: Actor; readonly usage: unknown },
): Promise<TakenIn> {
  const { module: text, items } = parseInput(Usage, usage, 'The usage cannot be read; nothing was taken in.');
  refuseTooMany(items.length);
  return commit(core, by, async (snapshot) => {
    const module = moduleIn(await readCatalogue(snapshot), text);
    const { rows, problems } = readUsageRows(
      items,
      module,
      core.clock.today(),
      await countsThinnedThrough(snapshot, module.id),
    );
    if (problems.length > 0) {
      const wrong = new Set(problems.map(({ row }) => row)).size;
      throw new IcbError(
        'bad-input',
        `${wrong === 1 ? '1 usage count is' : `${wrong} usage counts are`} wrong; nothing was taken in.`,
        { details: problems.map(rowProblemText) },
      );
    }
    return takeIn(core, snapshot, by, { module, rows, accepted: items.length });
  });
}

/** Error: `bad-input`. */
export function refuseTooMany(counts: number): void {
  if (counts <= MOST_COUNTS) return;
  throw new IcbError(
    'bad-input',
    `These are ${counts.toLocaleString('en-US')} usage counts; icb takes at most 50,000 at a time. Send them in parts, by date or by organization.`,
  );
}

interface Batch {
  readonly module: Module;
  readonly rows: readonly UsageRow[];
  readonly accepted: number;
  /** The file it comes from, whose draft is done with, and its matching, to be offered next time. */
  readonly draft?: UsageDraft;
  readonly file?: string;
  readonly matching?: RememberedMatching;
}

/** What a batch without faults writes, decided on `snapshot`. */
export async function takeIn(core: Core, snapshot: Snapshot, by: Actor, batch: Batch) {
  const { module, rows, accepted, draft, file, matching } = batch;
  const at = isoInstant(core.clock.now());
  const changes = await usageChanges(snapshot, module.id, rows, at);
  const { changed } = changes;
  const done: Changes['remove'] = draft
    ? [{ kind: 'usageDrafts', id: draft.id, partition: draft.at.slice(0, 10) }]
    : [];
  const remembered = matching ? { columnMatchings: [matching] } : {};
  if (changed === 0 && changes.moduleOrganizations.length === 0)
    return { changes: { put: remembered, remove: done }, result: { accepted, changed } as TakenIn };
  const upload: UsageUpload = {
    id: core.newId('upload'),
    module: module.id,
    at,
    by,
    ...(file ? { file } : {}),
    accepted,
    changed,
    counts: [...changes.counts],
    newModuleOrganizations: [...changes.newModuleOrganizations],
  };
  const before = await snapshot.get('moduleStates', module.id);
  const state = before ?? { id: module.id, enabled: false, changedAt: at, changedBy: by };
  const recount = recountOf(
    state,
    changes.usageReports.map(({ date }) => date),
    core.clock.today(),
    at,
  );
  const countedBy = core.sources.has(module.id) ? ('api' as const) : ('feed' as const);
  return {
    changes: {
      put: {
        ...remembered,
        usageReports: changes.usageReports,
        moduleOrganizations: changes.moduleOrganizations,
        moduleStates: [{ ...state, lastCountedAt: at, ...recount, countedBy }],
        usageUploads: [...(await withoutOldCounts(core, snapshot)), upload],
      },
      remove: done,
    },
    audit: {
      action: 'import-usage',
      subject: module.id,
      text: `${counted(accepted)} taken in for ${module.name}${file ? ` from ${file}` : ''}`,
    },
    result: { accepted, changed, upload } as TakenIn,
  };
}

const counted = (count: number): string => (count === 1 ? '1 usage count' : `${count} usage counts`);

/** Uploads that can no longer be undone, without the counts that were kept for that. */
async function withoutOldCounts(core: Core, snapshot: Snapshot): Promise<UsageUpload[]> {
  const now = core.clock.now();
  return (await usageUploadsSince(snapshot, now.subtract({ hours: 24 * 40 })))
    .filter((upload) => upload.counts.length > 0 && Temporal.Instant.compare(undoableUntil(upload), now) < 0)
    .map((upload) => ({ ...upload, counts: [] }));
}
