import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { listModules } from '../../src/usecases/list-modules.ts';
import type { WebDeps, WebEnv } from '../deps.ts';
import { holdsVersion } from '../etag.ts';
import { chartCss } from '../widgets/chart-css.ts';

/** The one stylesheet that is made from data: the palette's dark colours. */
export function chartCssRoutes() {
  let made: Promise<{ css: string; etag: string }> | undefined;
  return new Hono<WebEnv>().get('/assets/charts.css', async (c) => {
    made ??= make(c.var.deps);
    const { css, etag } = await made;
    const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' };
    if (holdsVersion(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.body(css, 200, { ...headers, 'Content-Type': 'text/css; charset=utf-8' });
  });
}

async function make({ core }: WebDeps) {
  const css = chartCss((await listModules(core)).map((module) => module.id));
  const digest = createHash('sha256').update(css).digest('base64url').slice(0, 16);
  return { css, etag: `"${digest}"` };
}
