import { describe, expect, test } from 'vitest';
import { bearerMatches } from '../../src/auth/bearer.ts';
import { openSession, type Session, sealSession } from '../../src/auth/session.ts';
import { hashToken, newSignInToken } from '../../src/auth/sign-in-token.ts';

describe('the API token', () => {
  test.each([
    ['Bearer secret-token', true],
    ['bearer   secret-token', true],
    ['Bearer secret-toke', false],
    ['Bearer secret-token2', false],
    ['Basic secret-token', false],
    ['secret-token', false],
    ['Bearer ', false],
    ['Bearer secret-token extra', false],
    [undefined, false],
  ])('%j: %s', (header, matches) => expect(bearerMatches(header, 'secret-token')).toBe(matches));
});

describe('a session', () => {
  const session: Session = { userId: 'U1', name: 'Ada Ångström', expiresAt: 1000 };
  const sealed = sealSession(session, ['new key', 'old key']);

  test('opens with the key that sealed it, also once that is the older one', () => {
    expect(openSession(sealed, ['new key'], 999)).toEqual(session);
    expect(openSession(sealed, ['newer key', 'new key'], 999)).toEqual(session);
  });

  test('is over at its time', () => {
    expect(openSession(sealed, ['new key'], 1000)).toBeUndefined();
  });

  const [payload = '', signature = ''] = sealed.split('.');
  const forged = Buffer.from(JSON.stringify({ ...session, userId: 'U2' })).toString('base64url');
  test.each([
    ['another key', sealed, ['old key']],
    ['no key', sealed, []],
    ['another payload', `${forged}.${signature}`, ['new key']],
    ['no signature', `${payload}.`, ['new key']],
    ['half a signature', `${payload}.${signature.slice(0, 20)}`, ['new key']],
    ['a part too many', `${sealed}.x`, ['new key']],
    ['nothing', '', ['new key']],
    ['what is no session', sealSession({ userId: 'U1' } as Session, ['new key']), ['new key']],
  ])('does not open with %s', (_name, cookie, keys) => {
    expect(openSession(cookie, keys, 0)).toBeUndefined();
  });
});

test('a sign-in token is kept as its hash only, and never twice the same', () => {
  const { token, tokenHash } = newSignInToken();
  expect(hashToken(token)).toBe(tokenHash);
  expect(tokenHash).toMatch(/^[0-9a-f]{64}$/);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(newSignInToken().token).not.toBe(token);
});
