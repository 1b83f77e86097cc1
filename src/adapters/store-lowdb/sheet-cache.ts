interface Forgetful {
  forget(): void;
}

/** Keeps the sheets used last in memory. A sheet that is dropped reads its file again when it is next used. */
export class SheetCache {
  readonly #limit: number;
  /** Oldest use first. */
  readonly #used = new Set<Forgetful>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  use(sheet: Forgetful): void {
    this.#used.delete(sheet);
    this.#used.add(sheet);
    for (const oldest of this.#used) {
      if (this.#used.size <= this.#limit) return;
      this.#used.delete(oldest);
      oldest.forget();
    }
  }

  drop(sheet: Forgetful): void {
    this.#used.delete(sheet);
  }
}
