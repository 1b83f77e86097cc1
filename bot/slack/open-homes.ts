const KEPT = 500;

/**
 * Who has looked at the Home tab, and which state of it they see by Slack's hash. Lost with a restart: then the tab is
 * redrawn when it is next opened.
 */
export class OpenHomes {
  readonly #hashes = new Map<string, string | undefined>();

  keep(user: string, hash: string | undefined): void {
    this.#hashes.delete(user);
    this.#hashes.set(user, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > KEPT && oldest !== undefined) this.#hashes.delete(oldest);
  }

  has(user: string): boolean {
    return this.#hashes.has(user);
  }

  hashOf(user: string): string | undefined {
    return this.#hashes.get(user);
  }

  users(): readonly string[] {
    return [...this.#hashes.keys()];
  }
}
