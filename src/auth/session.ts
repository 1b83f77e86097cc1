import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { jsonOf } from '../domain/json-of.ts';

/** Who somebody is. What they may do is looked up at each request: a role that is taken away must not live on in a cookie. */
const Session = z.object({
  userId: z.string().min(1),
  name: z.string().min(1),
  /** Milliseconds of the machine's clock. */
  expiresAt: z.number().int(),
});
export type Session = z.infer<typeof Session>;

const sign = (payload: string, key: string): Buffer =>
  createHmac('sha256', key).update(`session.${payload}`).digest();

/** A cookie value that only a holder of the first key can make. */
export function sealSession(session: Session, keys: readonly string[]): string {
  const payload = Buffer.from(JSON.stringify(session)).toString('base64url');
  return `${payload}.${sign(payload, keys[0] ?? '').toString('base64url')}`;
}

/** The session of a cookie signed with any of `keys`, or undefined when forged, garbled or over. */
export function openSession(cookie: string, keys: readonly string[], nowMs: number): Session | undefined {
  const [payload, signature, ...rest] = cookie.split('.');
  if (!payload || !signature || rest.length > 0) return undefined;
  const given = Buffer.from(signature, 'base64url');
  const genuine = keys.some((key) => {
    const expected = sign(payload, key);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!genuine) return undefined;
  const session = Session.safeParse(jsonOf(Buffer.from(payload, 'base64url').toString('utf8'))).data;
  return session && session.expiresAt > nowMs ? session : undefined;
}
