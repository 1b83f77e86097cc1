import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { openSession, sealSession } from '../src/auth/session.ts';
import type { WebEnv } from './deps.ts';

export const SESSION_HOURS = 12;

/** `__Host-` makes browsers refuse the cookie on any other host or path, but only exists over https. */
function cookieOf(baseUrl: string): { name: string; secure: boolean } {
  const secure = baseUrl.startsWith('https:');
  return { name: secure ? '__Host-icb' : 'icb', secure };
}

export function readSession(c: Context<WebEnv>) {
  const { settings, machineNow } = c.var.deps;
  const sealed = getCookie(c, cookieOf(settings.baseUrl).name);
  return sealed ? openSession(sealed, settings.secrets, machineNow()) : undefined;
}

export function startSession(c: Context<WebEnv>, person: { userId: string; name: string }): void {
  const { settings, machineNow } = c.var.deps;
  const { name, secure } = cookieOf(settings.baseUrl);
  const expiresAt = machineNow() + SESSION_HOURS * 3_600_000;
  setCookie(c, name, sealSession({ ...person, expiresAt }, settings.secrets), {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    maxAge: SESSION_HOURS * 3_600,
  });
}

export function endSession(c: Context<WebEnv>): void {
  const { name, secure } = cookieOf(c.var.deps.settings.baseUrl);
  deleteCookie(c, name, { path: '/', secure });
}
