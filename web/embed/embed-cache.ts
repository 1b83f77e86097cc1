import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface Answer {
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

interface Kept {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly packed: Uint8Array<ArrayBuffer> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string;
  readonly revision: number;
  /** Milliseconds of the machine's clock; never later than the credential's own end. */
  readonly until: number;
}

export interface EmbedCache {
  /**
   * The answer kept under an address, token included, or undefined. It is given out only while the store is at the
   * revision at which the token was verified and the figures were read: a revoked link is another revision.
   */
  find(address: string, revision: number, now: number): Kept | undefined;
  keep(address: string, answer: Answer, revision: number, until: number): Promise<Kept>;
}

const pack = promisify(gzip);

const PACKABLE = /^(text|application\/json|image\/svg)/;

const bytes = (body: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof body === 'string' ? new TextEncoder().encode(body) : Uint8Array.from(body);

/** Answers by address; those longest unused are forgotten. */
export function createEmbedCache(capacity = 500): EmbedCache {
  const entries = new Map<string, Kept>();
  return {
    find(address, revision, now) {
      const entry = entries.get(address);
      if (!entry) return undefined;
      entries.delete(address);
      if (entry.revision !== revision || entry.until <= now) return undefined;
      entries.set(address, entry);
      return entry;
    },
    async keep(address, { body, headers }, revision, until) {
      const plain = bytes(body);
      const packed = PACKABLE.test(headers['Content-Type'] ?? '')
        ? Uint8Array.from(await pack(plain))
        : undefined;
      const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
      const entry = { plain, packed, headers, etag, revision, until };
      entries.delete(address);
      entries.set(address, entry);
      const oldest = entries.keys().next().value;
      if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
      return entry;
    },
  };
}
