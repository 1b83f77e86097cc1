import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { jsonOf } from '../domain/json-of.ts';

/**
 * The key a host signs embed tokens with. Derived, so that whoever holds it can make embeds and nothing else: no
 * session, no sign-in link.
 */
export const embedKey = (secret: string): string =>
  createHmac('sha256', secret.trim()).update('icb embed key v1').digest('base64url');

/** Says which key signed a token; tells nothing of the key. */
export const keyId = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

const sign = (signed: string, key: string): Buffer => createHmac('sha256', key).update(signed).digest();

/** `key id . payload . signature`; the first secret signs. */
export function sealEmbedToken(claims: object, secrets: readonly string[]): string {
  const [secret] = secrets;
  if (!secret) throw new Error('There is no secret to sign with.');
  const key = embedKey(secret);
  const signed = `${keyId(key)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${signed}.${sign(signed, key).toString('base64url')}`;
}

export type OpenEmbedToken = (token: string) => unknown;

/** Longer tokens cannot come from us or from a host whose filters we would take. */
const MOST_CHARACTERS = 16_000;

/**
 * Opens tokens signed with any of the secrets; undefined for anything else. The algorithm is fixed: no token chooses it.
 * What it returns is still to be parsed, and its end to be looked at.
 */
export function embedTokenOpener(secrets: readonly string[]): OpenEmbedToken {
  const keys = new Map(secrets.map((secret) => embedKey(secret)).map((key) => [keyId(key), key]));
  return (token) => {
    const [kid, payload, signature, ...rest] = token.length > MOST_CHARACTERS ? [] : token.split('.');
    const key = keys.get(kid ?? '');
    if (!key || !payload || !signature || rest.length > 0) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = sign(`${kid}.${payload}`, key);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    return jsonOf(Buffer.from(payload, 'base64url').toString('utf8'));
  };
}
