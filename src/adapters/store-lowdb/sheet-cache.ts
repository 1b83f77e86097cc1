interface Forgetful {
  /** Records it holds. */
  readonly count: number;
  forget(): void;
}

/** Keeps the sheets used last in memory, up to a number of records; one that is let go reads its file again. */
export class SheetCache {
  readonly #limit: number;
  /** Oldest use first, with the records each held when it was used. */
  readonly #used = new Map<Forgetful, number>();
  #records = 0;
  #book: SheetCache | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * The cache of a partition's sheet. Kinds that do not grow by the month are the book that everything looks things up
   * in: however large, they stay, because a book that does not fit would be read from its files at each look.
   */
  of(partition: string): SheetCache {
    if (partition !== '') return this;
    this.#book ??= new SheetCache(Number.POSITIVE_INFINITY);
    return this.#book;
  }

  use(sheet: Forgetful): void {
    this.drop(sheet);
    this.#used.set(sheet, sheet.count);
    this.#records += sheet.count;
    for (const [oldest] of this.#used) {
      if (this.#records <= this.#limit || oldest === sheet) return;
      this.drop(oldest);
      oldest.forget();
    }
  }

  drop(sheet: Forgetful): void {
    const records = this.#used.get(sheet);
    if (records === undefined) return;
    this.#records -= records;
    this.#used.delete(sheet);
  }
}
