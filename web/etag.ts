import type { Context } from 'hono';

/**
 * Whether a browser holds this very version. Compared weakly: compression makes a tag weak on its way out
 * (`W/"…"`), and it comes back so.
 */
export function holdsVersion(ifNoneMatch: string | undefined, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return (ifNoneMatch ?? '').split(',').some((tag) => bare(tag) === bare(etag));
}

/** The revision somebody changes something on: a later one is not overwritten. */
export const ifMatch = (c: Context): string | undefined =>
  c.req.header('if-match')?.replace(/^W\//, '').replaceAll('"', '');
