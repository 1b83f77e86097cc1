/** Slack asks for no more edits of one message than this (facts/slack.md §1.4). */
const BETWEEN_EDITS_MS = 2_000;

interface Pace {
  /** Milliseconds by the machine's clock. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

interface Waiting {
  edit: () => Promise<void>;
  done: Promise<void>;
}

/**
 * Edits of messages, each message at most once in two seconds. Of several that wait for the same message only the last is
 * made: an edit shows the whole state, so that the last one always arrives.
 */
export class Edits {
  readonly #pace: Pace;
  readonly #lastAt = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #waiting = new Map<string, Waiting>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Resolves once this edit, or one that came later and took its place, was made; rejects as that does. */
  run(message: string, edit: () => Promise<void>): Promise<void> {
    const waiting = this.#waiting.get(message);
    if (waiting) {
      waiting.edit = edit;
      return waiting.done;
    }
    const mine: Waiting = { edit, done: Promise.resolve() };
    this.#waiting.set(message, mine);
    mine.done = this.#inTurn(message, mine);
    return mine.done;
  }

  async #inTurn(message: string, mine: Waiting): Promise<void> {
    await this.#running.get(message)?.catch(() => undefined);
    const left =
      (this.#lastAt.get(message) ?? Number.NEGATIVE_INFINITY) + BETWEEN_EDITS_MS - this.#pace.now();
    if (left > 0) await this.#pace.wait(left);
    this.#waiting.delete(message);
    const running = mine.edit();
    this.#running.set(message, running);
    try {
      await running;
    } finally {
      this.#ended(message);
    }
  }

  #ended(message: string): void {
    this.#running.delete(message);
    const now = this.#pace.now();
    for (const [old, at] of this.#lastAt) {
      if (at + BETWEEN_EDITS_MS > now) break;
      this.#lastAt.delete(old);
    }
    this.#lastAt.delete(message);
    this.#lastAt.set(message, now);
  }
}
