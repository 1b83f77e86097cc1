import { createHash, randomBytes } from 'node:crypto';

/** A one-time token of 256 random bits for a link; only its hash is kept. */
export function newSignInToken(): { readonly token: string; readonly tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashToken(token) };
}

/** SHA-256, hex. The token has full entropy, so it needs no salt. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');
