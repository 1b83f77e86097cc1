import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { listModules } from '../../src/usecases/list-modules.ts';
import type { WebDeps, WebEnv } from '../deps.ts';
import { type EmbedScript, isEmbedScript, readEmbedScript } from '../embed/embed-scripts.ts';
import { holdsVersion } from '../etag.ts';
import { chartCss } from '../widgets/chart-css.ts';

const FOLDER = new URL('../public/embed/', import.meta.url);
export interface EmbedStyle {
  readonly text: string;
  /** For the policy: `sha256-…`. */
  readonly hash: string;
}

/** The one stylesheet of embeds, dark colours of charts included; stands in each page. */
export async function embedStyle(deps: WebDeps): Promise<EmbedStyle> {
  const own = await readFile(new URL('embed.css', FOLDER), 'utf8');
  const modules = (await listModules(deps.core)).map((module) => module.id);
  // `<` could only end the style element; no colour and no selector of ours has one.
  const text = `${own}\n${chartCss(modules)}`
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s*\n\s*/g, '\n')
    .replaceAll('<', '');
  return { text, hash: `sha256-${createHash('sha256').update(text).digest('base64')}` };
}

/** Scripts of embeds. Loaded by pages without an origin and by hosts, so from anywhere; they hold no data. */
export function embedAssetRoutes() {
  const made = new Map<EmbedScript, ReturnType<typeof readEmbedScript>>();
  return new Hono<WebEnv>().get('/embed/assets/:name{[a-z-]+\\.js}', async (c) => {
    const name = c.req.param('name');
    if (!isEmbedScript(name)) return c.notFound();
    const asset = made.get(name) ?? readEmbedScript(name);
    made.set(name, asset);
    const { text, etag } = await asset;
    const headers = {
      ETag: etag,
      'Cache-Control': 'public, max-age=300',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
      'Content-Type': 'text/javascript; charset=utf-8',
    };
    if (holdsVersion(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    return c.body(text, 200, headers);
  });
}
