import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { listModules } from '../../src/usecases/list-modules.ts';
import type { WebDeps, WebEnv } from '../deps.ts';
import { holdsVersion } from '../etag.ts';
import { chartCss } from '../widgets/chart-css.ts';

const FOLDER = new URL('../public/styles/', import.meta.url);

/** In the order of the cascade. */
const PARTS = [
  'base',
  'frame',
  'controls',
  'notices',
  'tables',
  'widgets',
  'menus',
  'steps',
  'items',
  'item',
  'plan',
  'usage',
  'leakage',
  'mappings',
  'builder',
  'library',
  'tab-editor',
  'settings',
  'docs',
  'narrow',
  'print',
] as const;

/** All styles as one file, the dark colours of charts included. */
export function stylesheetRoutes() {
  let made: Promise<{ css: string; etag: string }> | undefined;
  return new Hono<WebEnv>().get('/assets/icb.css', async (c) => {
    made ??= stylesheet(c.var.deps);
    const { css, etag } = await made;
    const headers = { ETag: etag, 'Cache-Control': 'public, no-cache' };
    if (holdsVersion(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.body(css, 200, { ...headers, 'Content-Type': 'text/css; charset=utf-8' });
  });
}

async function stylesheet({ core }: WebDeps) {
  const parts = await Promise.all(PARTS.map((name) => readFile(new URL(`${name}.css`, FOLDER), 'utf8')));
  const modules = await listModules(core);
  const charts = chartCss(
    modules.map((module) => module.id),
    '.chart:not([data-theme])',
  );
  const css = [...parts, charts].join('\n');
  const digest = createHash('sha256').update(css).digest('base64url').slice(0, 16);
  return { css, etag: `"${digest}"` };
}
