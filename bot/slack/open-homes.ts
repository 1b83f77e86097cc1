const KEPT = 500;

interface OpenHome {
  /** Which state of it they see, by Slack. */
  readonly hash: string | undefined;
  /** The page of what waits for them, counted from 0. */
  readonly page: number;
}

/**
 * Who has looked at the Home tab, and what of it they see. Lost with a restart: then the tab is redrawn when it is next
 * opened.
 */
export class OpenHomes {
  readonly #homes = new Map<string, OpenHome>();

  keep(user: string, hash: string | undefined): void {
    this.#set(user, { hash, page: this.pageOf(user) });
  }

  /** The next drawing shows that page, or the last one where there are fewer. */
  turn(user: string, page: number): void {
    this.#set(user, { hash: this.hashOf(user), page });
  }

  has(user: string): boolean {
    return this.#homes.has(user);
  }

  hashOf(user: string): string | undefined {
    return this.#homes.get(user)?.hash;
  }

  pageOf(user: string): number {
    return this.#homes.get(user)?.page ?? 0;
  }

  users(): readonly string[] {
    return [...this.#homes.keys()];
  }

  #set(user: string, home: OpenHome): void {
    this.#homes.delete(user);
    this.#homes.set(user, home);
    const [oldest] = this.#homes.keys();
    if (this.#homes.size > KEPT && oldest !== undefined) this.#homes.delete(oldest);
  }
}
