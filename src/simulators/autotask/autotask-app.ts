import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { apiRoutes } from './api/api-routes.ts';
import { controlPage } from './control/control-page.ts';
import { controlRoutes } from './control/control-routes.ts';
import { namedIn } from './control/named-in.ts';
import type { StandIn } from './stand-in.ts';

/** Where Autotask's own pages live, which deep links lead to. */
const DEEP_LINKS = /^\/(autotask|mvc)\//i;

/** The stand-in over HTTP: the API, Autotask's own pages for people, and `/_sim` for whoever drives it. */
export function autotaskApp(standIn: StandIn): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const page = (c: Context) => {
    const url = new URL(c.req.url);
    const deep = DEEP_LINKS.test(url.pathname);
    const named = deep ? namedIn(standIn.world, url) : {};
    return c.html(
      controlPage({
        standIn,
        named,
        search: url.searchParams.get('q') ?? '',
        back: url.pathname + url.search,
      }),
    );
  };
  app.route('/', apiRoutes(standIn));
  app.get('/', page);
  app.get('/_sim', (c) => c.redirect('/_sim/'));
  app.get('/_sim/', page);
  app.route('/_sim', controlRoutes(standIn));
  app.get('*', (c, next) => (DEEP_LINKS.test(new URL(c.req.url).pathname) ? page(c) : next()));
  return app;
}
