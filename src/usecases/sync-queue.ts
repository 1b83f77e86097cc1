import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/** What is done beside every run; nothing of it changes how a run goes. */
export interface SyncQueueHooks {
  /** Runs each part of a run: the work, and telling people of it. */
  readonly around?: <T>(run: SyncRun, part: () => Promise<T>) => Promise<T>;
  /** Told of a run that is over. */
  readonly ended?: (run: SyncRun) => void;
}

/**
 * One sync at a time in this process: a request during a run waits behind it. Holds the live state of runs. Other
 * processes are kept out by the store's own lock on the data folder.
 */
export class SyncQueue {
  readonly #hooks: SyncQueueHooks;

  #tail: Promise<unknown> = Promise.resolve();
  readonly #live = new Map<SyncRunId, SyncRun>();
  readonly #told = new Set<Promise<unknown>>();
  /** Runs that have not had their turn. */
  #behind = 0;
  #stopped = false;
  #pause: AbortController | undefined;

  constructor(hooks: SyncQueueHooks = {}) {
    this.#hooks = hooks;
  }

  /**
   * Runs `work` after everything queued before it, then `tell`, which may take its time: the next run does not wait for
   * it. Resolves when both are done. A run whose turn comes once icb stops is left as it is: it goes on at the next start.
   */
  enqueue(
    run: SyncRun,
    work: () => Promise<SyncRun>,
    tell: (run: SyncRun) => Promise<void> = async () => {},
  ): Promise<SyncRun> {
    this.#live.set(run.id, run);
    this.#behind += 1;
    this.#pause?.abort();
    const { ended } = this.#hooks;
    let begun = false;
    const started = () => {
      this.#behind -= 1;
      if (this.#stopped) return run;
      begun = true;
      return this.partOf(run, work);
    };
    const worked = this.#tail.then(started).finally(() => this.#live.delete(run.id));
    this.#tail = worked.catch(() => {});
    const finished = worked.then(async (result) => {
      if (!begun) return result;
      if (result.state !== 'running') ended?.(result);
      await this.partOf(run, () => tell(result));
      return result;
    });
    const told = finished.catch(() => {}).finally(() => this.#told.delete(told));
    this.#told.add(told);
    return finished;
  }

  /** Runs something that belongs to a run, such as telling people of it later. */
  partOf<T>(run: SyncRun, part: () => Promise<T>): Promise<T> {
    return this.#hooks.around ? this.#hooks.around(run, part) : part();
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
