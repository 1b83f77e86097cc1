import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/** One sync at a time in this process: a request during a run waits behind it. Holds the live state of runs. */
export class SyncQueue {
  #tail: Promise<unknown> = Promise.resolve();
  readonly #live = new Map<SyncRunId, SyncRun>();
  readonly #told = new Set<Promise<unknown>>();

  /**
   * Runs `work` after everything queued before it, then `tell`, which may take its time: the next run does not wait for
   * it. Resolves when both are done.
   */
  enqueue(
    run: SyncRun,
    work: () => Promise<SyncRun>,
    tell: (run: SyncRun) => Promise<void> = async () => {},
  ): Promise<SyncRun> {
    this.#live.set(run.id, run);
    const worked = this.#tail.then(work).finally(() => this.#live.delete(run.id));
    this.#tail = worked.catch(() => {});
    const finished = worked.then(async (result) => {
      await tell(result);
      return result;
    });
    const told = finished.catch(() => {}).finally(() => this.#told.delete(told));
    this.#told.add(told);
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
    while (this.#live.size > 0 || this.#told.size > 0) await Promise.all([this.#tail, ...this.#told]);
  }
}
