import { Hono } from 'hono';
import { bearerMatches } from '../../src/auth/bearer.ts';
import { IcbError } from '../../src/domain/errors.ts';
import type { WebEnv } from '../deps.ts';

/** What Prometheus scrapes. It holds sums of money, so it asks for a token unless it was opened on purpose. */
export function metricsRoutes() {
  return new Hono<WebEnv>().get('/metrics', async (c) => {
    const { metrics, settings } = c.var.deps;
    if (!metrics) throw new IcbError('not-found', 'Metrics are switched off; ICB_METRICS switches them on.');
    const header = c.req.header('authorization');
    const tokens = [metrics.token, settings.apiToken];
    if (!metrics.open && !tokens.some((token) => token && bearerMatches(header, token)))
      throw new IcbError(
        'unauthorized',
        'Send Authorization: Bearer <ICB_METRICS_TOKEN>, or <ICB_API_TOKEN>.',
      );
    return c.body(await metrics.text(), 200, {
      'content-type': metrics.contentType,
      'cache-control': 'no-store',
    });
  });
}
