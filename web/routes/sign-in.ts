import { Hono } from 'hono';
import { hashToken } from '../../src/auth/sign-in-token.ts';
import { isIcbError } from '../../src/domain/errors.ts';
import { peekSignInLink, redeemSignInLink } from '../../src/usecases/sign-in.ts';
import type { WebEnv } from '../deps.ts';
import { expiredLinkPage, signedOutPage, signInPage } from '../pages/sign-in-pages.ts';
import { endSession, startSession } from '../session-cookie.ts';

/** Signing in by the one-time link of `/icb dashboard`, and out. */
export function signInRoutes() {
  return new Hono<WebEnv>()
    .get('/sign-in/:token', async (c) => {
      const token = c.req.param('token');
      const open = await peekSignInLink(c.var.deps.core, linkOf(token, c.var.deps.machineNow()));
      c.header('Cache-Control', 'no-store');
      return open ? c.html(signInPage(token)) : c.html(expiredLinkPage(), 410);
    })
    .post('/sign-in/:token', async (c) => {
      c.header('Cache-Control', 'no-store');
      try {
        const link = linkOf(c.req.param('token'), c.var.deps.machineNow());
        const { userId, name } = await redeemSignInLink(c.var.deps.core, link);
        startSession(c, { userId, name });
        return c.redirect('/dashboard', 303);
      } catch (error) {
        if (isIcbError(error) && error.code === 'link-expired') return c.html(expiredLinkPage(), 410);
        throw error;
      }
    })
    .post('/sign-out', (c) => {
      endSession(c);
      return c.html(signedOutPage());
    });
}

const linkOf = (token: string, now: number) => ({
  tokenHash: hashToken(token),
  machineNow: Temporal.Instant.fromEpochMilliseconds(now),
});
