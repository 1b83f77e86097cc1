import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { apiRoutes } from './api/api-routes.ts';
import type { StandIn } from './stand-in.ts';

/** The stand-in over HTTP: the API, Autotask's own pages for people, and `/_sim` for whoever drives it. */
export function autotaskApp(standIn: StandIn): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.route('/', apiRoutes(standIn));
  return app;
}
