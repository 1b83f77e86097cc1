import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/**
 * One sync at a time in this process: a request during a run waits behind it. Holds the live state of runs. Other
 * processes are kept out by the store's own lock on the data folder.
 */
export class SyncQueue {
  #tail: Promise<unknown> = Promise.resolve();
  readonly #live = new Map<SyncRunId, SyncRun>();
  readonly #told = new Set<Promise<unknown>>();
  /** Runs that have not had their turn. */
  #behind = 0;
  #stopped = false;
  #pause: AbortController | undefined;

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
    this.#behind += 1;
    this.#pause?.abort();
    const started = () => {
      this.#behind -= 1;
      return work();
    };
    const worked = this.#tail.then(started).finally(() => this.#live.delete(run.id));
    this.#tail = worked.catch(() => {});
    const finished = worked.then(async (result) => {
      await tell(result);
      return result;
    });
    const told = finished.catch(() => {}).finally(() => this.#told.delete(told));
    this.#told.add(told);
    return finished;
  }

  /**
   * Lets the run whose turn it is wait, but never while another stands behind it or once icb stops.
   * @returns why it ended: the time was `over`, another run `queued`, or icb `stopped`
   */
  async pause(wait: (signal: AbortSignal) => Promise<void>): Promise<'over' | 'queued' | 'stopped'> {
    const pause = new AbortController();
    this.#pause = pause;
    if (this.#behind === 0 && !this.#stopped) await wait(pause.signal);
    this.#pause = undefined;
    if (this.#stopped) return 'stopped';
    return this.#behind > 0 ? 'queued' : 'over';
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

  /** No run waits for a later try any more; it goes on when icb starts again. */
  stop(): void {
    this.#stopped = true;
    this.#pause?.abort();
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves when nothing is queued or running. */
  async idle(): Promise<void> {
    while (this.#live.size > 0 || this.#told.size > 0) await Promise.all([this.#tail, ...this.#told]);
  }
}
