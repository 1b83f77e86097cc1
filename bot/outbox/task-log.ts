import type { SlackTask } from '../../src/domain/slack-task.ts';
import type { TenantStore } from '../../src/ports/store.ts';

const REMOVED_WITHIN_MS = 200;

/**
 * What people asked for and were not answered yet, kept outside the process. It has a tenant of its own in the store: its
 * many small writes come between no reading and writing of what is billed. One write carries whatever arrived while the
 * one before it ran, so that two hundred at once cost two.
 */
export class TaskLog {
  readonly #store: TenantStore;
  /** Taken by this process, and under way. */
  readonly #open = new Set<string>();
  /** Over here, and the person does not know. */
  readonly #left = new Set<string>();
  #put: SlackTask[] = [];
  #remove: string[] = [];
  #writing: Promise<unknown> = Promise.resolve();
  #queued: Promise<void> | undefined;
  #removing: Promise<void> | undefined;

  constructor(store: TenantStore) {
    this.#store = store;
  }

  /** Durable when it resolves. */
  accept(task: SlackTask): Promise<void> {
    this.#open.add(task.id);
    this.#put.push(task);
    return this.#written();
  }

  /** The person knows what came of it. */
  async end(id: string): Promise<void> {
    this.#remove.push(id);
    await this.#removed();
    this.#open.delete(id);
    this.#left.delete(id);
  }

  /** Resolves when what was taken so far is durable: work that begins before that would keep others from their ack. */
  async noted(): Promise<void> {
    await (this.#queued ?? this.#writing).catch(() => undefined);
  }

  /** Forgets at once what is over. */
  flush(): void {
    if (this.#remove.length > 0) void this.#written().catch(() => undefined);
  }

  /** It is over and the person could not be told. */
  leave(id: string): void {
    this.#left.add(id);
    this.#open.delete(id);
  }

  /**
   * What was taken, is not under way and was not told, oldest first.
   * @param before an instant: what others took since may be under way with them
   */
  async lost(before = '9999'): Promise<readonly SlackTask[]> {
    const all = await (await this.#store.snapshot()).list('slackTasks');
    return all
      .filter(({ id, at }) => !this.#open.has(id) && (this.#left.has(id) || at < before))
      .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Nobody waits for this: it goes with the next write, or with one of its own a little later. */
  #removed(): Promise<void> {
    this.#removing ??= new Promise<void>((resolve, reject) => {
      setTimeout(() => {
        this.#removing = undefined;
        const done = this.#remove.length > 0 ? this.#written() : this.#writing.then(() => undefined);
        done.then(resolve, reject);
      }, REMOVED_WITHIN_MS).unref();
    });
    return this.#removing;
  }

  #written(): Promise<void> {
    this.#queued ??= this.#writing.then(() => this.#write());
    return this.#queued;
  }

  async #write(): Promise<void> {
    this.#queued = undefined;
    const [put, remove] = [this.#put, this.#remove];
    this.#put = [];
    this.#remove = [];
    const gone = new Set(remove);
    const done = this.#store.commit({
      put: { slackTasks: put.filter(({ id }) => !gone.has(id)) },
      remove: remove.map((id) => ({ kind: 'slackTasks', id }) as const),
    });
    this.#writing = done.catch(() => undefined);
    await done;
  }
}
