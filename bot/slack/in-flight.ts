/** Work that goes on after Slack was answered: Bolt's own stop() does not wait for it (facts/slack.md §5.5). */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];

  track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const done = () => this.#work.delete(work);
    work.then(done, done);
    return work;
  }

  /**
   * Resolves when it is this work's turn: one piece begins each time round the event loop. What waits for an answer
   * within 3 s is answered in between, however much people ask for at once.
   */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#waiting.push(resolve) === 1) setImmediate(this.#next);
    });
  }

  readonly #next = (): void => {
    this.#waiting.shift()?.();
    if (this.#waiting.length > 0) setImmediate(this.#next);
  };

  get size(): number {
    return this.#work.size;
  }

  /** Waits until nothing is under way, at most `limitMs`. Says whether all was done. */
  async drain(limitMs: number): Promise<boolean> {
    const deadline = Date.now() + limitMs;
    while (this.#work.size > 0) {
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await withinMs(left, Promise.allSettled([...this.#work]));
    }
    return true;
  }
}

const LATE = Symbol('late');

/** The value of `work`, or `LATE` when it takes longer than `ms`; the work itself goes on. */
export async function raceDeadline<T>(ms: number, work: Promise<T>): Promise<{ value: T } | undefined> {
  const value = await withinMs(ms, work);
  return value === LATE ? undefined : { value: value as T };
}

async function withinMs<T>(ms: number, work: Promise<T>): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
