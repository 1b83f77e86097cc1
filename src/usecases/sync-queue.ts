import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/** One sync at a time in this process: a request during a run waits behind it. Holds the live state of runs. */
export class SyncQueue {
  #tail: Promise<unknown> = Promise.resolve();
  readonly #live = new Map<SyncRunId, SyncRun>();

  /** Runs `work` after everything queued before it. */
  enqueue(run: SyncRun, work: () => Promise<SyncRun>): Promise<SyncRun> {
    this.#live.set(run.id, run);
    const finished = this.#tail.then(work).finally(() => this.#live.delete(run.id));
    this.#tail = finished.catch(() => {});
    return finished;
  }

  /** A run that is queued or running, as it stands now. */
  live(id: SyncRunId): SyncRun | undefined {
    return this.#live.get(id);
  }

  all(): SyncRun[] {
    return [...this.#live.values()];
  }

  update(run: SyncRun): void {
    if (this.#live.has(run.id)) this.#live.set(run.id, run);
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#live.size > 0) await this.#tail;
  }
}
