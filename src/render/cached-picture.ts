import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface CachedSvg {
  readonly svg: string;
  /** The same, packed once for everybody who takes gzip. */
  readonly gzip: Uint8Array<ArrayBuffer>;
  /** Quoted, ready for the header. */
  readonly etag: string;
}

export interface SvgCache {
  /**
   * The picture under `key`, drawn once also when several ask at the same time. The key must name everything the
   * picture depends on: definition, data revision, theme, locale, size, links. A failed drawing is not kept.
   */
  get(key: string, draw: () => Promise<string>): Promise<CachedSvg>;
}

/** Keeps the most recently used pictures; about 20 KB each. */
export function createSvgCache(capacity = 500): SvgCache {
  const entries = new Map<string, Promise<CachedSvg>>();

  const remember = (key: string, entry: Promise<CachedSvg>): void => {
    entries.delete(key);
    entries.set(key, entry);
    const oldest = entries.keys().next().value;
    if (entries.size > capacity && oldest !== undefined) entries.delete(oldest);
  };

  return {
    get(key, draw) {
      const known = entries.get(key);
      const entry = known ?? draw().then(withEtag);
      remember(key, entry);
      if (!known) entry.catch(() => entries.get(key) === entry && entries.delete(key));
      return entry;
    },
  };
}

const withEtag = (svg: string): CachedSvg => ({
  svg,
  gzip: Uint8Array.from(gzipSync(svg)),
  etag: `"${createHash('sha256').update(svg).digest('base64url').slice(0, 22)}"`,
});
