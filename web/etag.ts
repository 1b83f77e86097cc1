/**
 * Whether a browser holds this very version. Compared weakly: compression makes a tag weak on its way out
 * (`W/"…"`), and it comes back so.
 */
export function holdsVersion(ifNoneMatch: string | undefined, etag: string): boolean {
  const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
  return (ifNoneMatch ?? '').split(',').some((tag) => bare(tag) === bare(etag));
}
