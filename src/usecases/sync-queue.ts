import { isIcbError } from '../domain/errors.ts';
import type { SyncRunId } from '../domain/ids.ts';
import type { SyncRun } from '../domain/sync-run.ts';

/**
 * Runs `work` while no other process that shares the store runs any. Undefined where `signal` ended the waiting, or where
 * another process is at it and `wait` is false.
 */
export type Alone = <T>(
  work: () => Promise<T>,
  options: { readonly wait: boolean; readonly signal?: AbortSignal },
) => Promise<{ readonly result: T } | undefined>;

/** What is done beside every run; nothing of it changes how a run goes. */
export interface SyncQueueHooks {
  /** Runs each part of a run: the work, and telling people of it. */
  readonly around?: <T>(run: SyncRun, part: () => Promise<T>) => Promise<T>;
  /** Told of a run that is over. */
  readonly ended?: (run: SyncRun) => void;
  /** Given where several processes share the store: of all their runs one at a time has its turn. */
  readonly alone?: Alone;
}

/**
 * One sync at a time: a request during a run waits behind it. Holds the live state of this process's runs. Other
 * processes are kept out by the store's own lock on the data folder, or wait for their turn too (`alone`).
 */
export class SyncQueue {
  readonly #hooks: SyncQueueHooks;

  #tail: Promise<unknown> = Promise.resolve();
  readonly #live = new Map<SyncRunId, SyncRun>();
  readonly #told = new Set<Promise<unknown>>();
  /** Runs that have not had their turn. */
  #behind = 0;
  #stopped = false;
  readonly #stopping = new AbortController();
  /** A run of another process waits for its turn. */
  #behindElsewhere = false;
  #pause: AbortController | undefined;

  constructor(hooks: SyncQueueHooks = {}) {
    this.#hooks = hooks;
  }

  /**
   * Runs `work` after everything queued before it, then `tell`, which may take its time: the next run does not wait for
   * it. Resolves when both are done. A run whose turn comes once icb stops is left as it is: it goes on at the next start.
   * @param doneElsewhere asked when its turn has come: the run as another process ended it
   */
  enqueue(
    run: SyncRun,
    work: () => Promise<SyncRun>,
    tell: (run: SyncRun) => Promise<void> = async () => {},
    doneElsewhere: () => Promise<SyncRun | undefined> = async () => undefined,
  ): Promise<SyncRun> {
    this.#live.set(run.id, run);
    this.#behind += 1;
    this.#pause?.abort();
    const { ended } = this.#hooks;
    let begun = false;
    const started = async () => {
      this.#behind -= 1;
      if (this.#stopped) return run;
      const turn = await this.#alone(async () => {
        const done = await doneElsewhere();
        if (done) return done;
        begun = true;
        return this.partOf(run, work);
      }).catch((error: unknown) => {
        if (!isIcbError(error) || error.code !== 'taken-over') throw error;
        begun = false; // It goes on in another process, which tells people.
        return undefined;
      });
      return turn ? turn.result : run;
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

  #alone: <T>(work: () => Promise<T>) => Promise<{ readonly result: T } | undefined> = async (work) => {
    const { alone } = this.#hooks;
    if (!alone) return { result: await work() };
    return alone(work, { wait: true, signal: this.#stopping.signal });
  };

  /** Whether other processes have runs of their own on the same store. */
  get isShared(): boolean {
    return this.#hooks.alone !== undefined;
  }

  /** Does `work` if no run has its turn in another process; undefined where one has. */
  async ifAlone<T>(work: () => Promise<T>): Promise<{ readonly result: T } | undefined> {
    const { alone } = this.#hooks;
    return alone ? alone(work, { wait: false }) : { result: await work() };
  }

  /** The run that waits for a later try lets a run of another process go first. */
  letOthers(): void {
    if (!this.#pause) return;
    this.#behindElsewhere = true;
    this.#pause.abort();
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
    const isWanted = this.#behind > 0 || this.#behindElsewhere;
    this.#behindElsewhere = false;
    if (this.#stopped) return 'stopped';
    return isWanted ? 'queued' : 'over';
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
    this.#stopping.abort();
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
