import type { SyncRun } from '../domain/sync-run.ts';

/** Tells people, where they talk. Failing to tell changes nothing that was billed. */
export interface Notifier {
  /** Posts the summary of a finished run to the channel. */
  syncFinished(run: SyncRun): Promise<void>;
}
