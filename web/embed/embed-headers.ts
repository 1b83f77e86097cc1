import { FrameAncestor } from '../../src/widgets/embed-grant.ts';

/** `ICB_FRAME_ANCESTORS`, read; what is no source is left out, and where nothing is left, nobody may frame. */
export function framedBy(setting = "'self'"): readonly string[] {
  const sources = setting.split(/[\s,]+/).filter((source) => FrameAncestor.safeParse(source).success);
  return sources.length > 0 ? sources : ["'none'"];
}

/**
 * Headers of everything an embed answers, as tried in a real browser (facts/embedding.md §3.3): framed by whom the link
 * names, sandboxed also where the host forgot to, no cookie, no referrer, nothing from anywhere else. `'self'` or a hash rather
 * than nonces, because a page with a nonce can never answer 304.
 */
export const embedHeaders = (
  frameAncestors: readonly string[],
  styleHash: string,
): Readonly<Record<string, string>> => ({
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src '${styleHash}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    // Markup becomes elements in one place of our own scripts, and nowhere else.
    "require-trusted-types-for 'script'",
    'trusted-types icb',
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.join(' ')}`,
    'sandbox allow-scripts allow-downloads allow-popups',
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  // Hosts that only take pictures, and hosts that isolate themselves, may load it.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  // Asked again each time, so that a revoked link shows nothing from a cache.
  'Cache-Control': 'private, no-cache',
  'X-Robots-Tag': 'noindex',
});
