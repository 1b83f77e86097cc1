import type { UsageUpload } from '../domain/usage-upload.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { namesIn } from './names.ts';
import { newestFirst } from './newest-first.ts';
import { notUndoable, undoableUntil, usageUploadsSince } from './undo-usage.ts';

export interface UsageUploadView extends Omit<UsageUpload, 'counts'> {
  readonly moduleName: string;
  /** The instant until which it can be undone; absent where it cannot. */
  readonly undoUntil?: string;
  /** Why it cannot be undone. */
  readonly notUndoable?: string;
}

/** Batches of usage that were taken in, newest first. Error: `unknown-module`. */
export async function listUsageUploads(
  core: Core,
  {
    module,
    limit = 20,
    cursor,
  }: {
    readonly module?: string | undefined;
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  } = {},
): Promise<{ readonly items: UsageUploadView[]; readonly nextCursor?: string }> {
  const only = module === undefined ? undefined : (await knownModule(core, module)).id;
  const snapshot = await core.store.snapshot();
  const { items, ...rest } = await newestFirst(snapshot, 'usageUploads', {
    keyOf: (upload) => `${upload.at}|${upload.id}`,
    limit,
    cursor,
    ...(only ? { test: (upload: UsageUpload) => upload.module === only } : {}),
  });
  const names = await namesIn(snapshot);
  const now = core.clock.now();
  const oldest = items.at(-1);
  const since = oldest ? await usageUploadsSince(snapshot, Temporal.Instant.from(oldest.at)) : [];
  const views = await Promise.all(
    items.map(async (upload): Promise<UsageUploadView> => {
      const because = await notUndoable(snapshot, now, upload, since);
      const { counts, ...rest } = upload;
      return {
        ...rest,
        moduleName: names.module(upload.module),
        ...(because ? { notUndoable: because } : { undoUntil: undoableUntil(upload).toString() }),
      };
    }),
  );
  return { items: views, ...rest };
}
