import { Hono } from 'hono';

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
}

const LOGGED = 10_000;

/** An app that keeps its last 10,000 calls, those of its own controls left out, and leads people to these. */
export function loggingApp(requests: LoggedRequest[]): Hono {
  const app = new Hono();
  app.use('*', async (c, next) => {
    await next();
    if (c.req.path.startsWith('/_sim')) return;
    requests.push({ method: c.req.method, path: c.req.path, query: c.req.query(), status: c.res.status });
    if (requests.length > LOGGED) requests.shift();
  });
  app.get('/', (c) => c.redirect('/_sim/'));
  app.get('/_sim', (c) => c.redirect('/_sim/'));
  return app;
}
