import type { PostRequest } from '../domain/post-request.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/** Tells people, where they talk. Failing to tell changes nothing that was billed. */
export interface Notifier {
  /**
   * Posts the summary of a run to the channel, or edits the one it posted before: a run whose failed modules are still
   * to be tried again is told of while it waits (`state` is `running`), and once more when it is over.
   */
  syncFinished(run: SyncRun): Promise<void>;
  /** Says where held counts are shown that somebody decided on some; returns without waiting for that. */
  linesDecided?(): Promise<void>;
  /** Shows approvers what a second person is asked to post, or what became of it. */
  postRequested?(request: PostRequest): Promise<void>;
}
