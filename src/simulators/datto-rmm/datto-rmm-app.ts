import { Hono } from 'hono';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes } from './control-routes.ts';
import type { StandIn } from './stand-in.ts';
import { tokenRoute } from './token-route.ts';

const LOGGED = 10_000;

/** The stand-in over HTTP: `/auth` and `/api` as the vendor has them, `/_sim` for whoever drives it. */
export function dattoRmmApp(standIn: StandIn): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    if (c.req.path.startsWith('/_sim')) return;
    standIn.requests.push({
      method: c.req.method,
      path: c.req.path,
      query: c.req.query(),
      status: c.res.status,
    });
    if (standIn.requests.length > LOGGED) standIn.requests.shift();
  });
  app.get('/', (c) => c.redirect('/_sim/'));
  app.get('/_sim', (c) => c.redirect('/_sim/'));
  app.route('/auth', tokenRoute(standIn));
  app.route('/api', apiRoutes(standIn));
  app.route('/_sim/', controlRoutes(standIn));
  return app;
}
