/**
 * Ids of a file that is not in memory, as four bytes each: what is not among them is certainly not there, and what is
 * there almost certainly is. A million ids as text would take ten times as much.
 */
export class IdHashes {
  readonly #slots: Int32Array;
  readonly #mask: number;

  constructor(ids: readonly string[]) {
    const size = 2 ** Math.ceil(Math.log2(ids.length * 2 + 2));
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
    for (const id of ids) {
      const hashed = hashOf(id);
      let slot = hashed & this.#mask;
      while (this.#slots[slot] !== 0 && this.#slots[slot] !== hashed) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = hashed;
    }
  }

  mayHave(hashed: number): boolean {
    for (let slot = hashed & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.#slots[slot];
      if (found === hashed) return true;
      if (found === 0) return false;
    }
  }
}

/** FNV-1a of the text's code units; never 0, which marks an empty slot. */
export function hashOf(id: string): number {
  let hashed = 0x811c9dc5 | 0;
  for (let at = 0; at < id.length; at++) hashed = Math.imul(hashed ^ id.charCodeAt(at), 0x01000193);
  hashed ^= hashed >>> 15;
  return hashed === 0 ? 1 : hashed;
}
