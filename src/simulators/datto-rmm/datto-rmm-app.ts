import type { Hono } from 'hono';
import { loggingApp } from '../kit/request-log.ts';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes } from './control-routes.ts';
import type { StandIn } from './stand-in.ts';
import { tokenRoute } from './token-route.ts';

/** The stand-in over HTTP: `/auth` and `/api` as the vendor has them, `/_sim` for whoever drives it. */
export function dattoRmmApp(standIn: StandIn): Hono {
  const app = loggingApp(standIn.requests);
  app.route('/auth', tokenRoute(standIn));
  app.route('/api', apiRoutes(standIn));
  app.route('/_sim/', controlRoutes(standIn));
  return app;
}
