import { type Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { isIcbError } from '../../src/domain/errors.ts';
import type { WebDeps, WebEnv } from '../deps.ts';
import { type Asked, answerEmbed, type Form } from '../embed/answer-embed.ts';
import { createEmbedCache, type EmbedCache } from '../embed/embed-cache.ts';
import { embedHeaders, framedBy } from '../embed/embed-headers.ts';
import { noticePage } from '../embed/embed-page.ts';
import { createEmbedPictures } from '../embed/embed-pictures.ts';
import { embedViews } from '../embed/embed-view.ts';
import { createLinkRate, rateKey, TooOften } from '../embed/link-rate.ts';
import { grantOpener, LinkOver } from '../embed/open-grant.ts';
import { holdsVersion } from '../etag.ts';
import { problemJson, problemOf } from '../middleware/problem-details.ts';
import type { WidgetReader } from '../widgets/widget-reader.ts';
import { type EmbedStyle, embedAssetRoutes, embedStyle } from './embed-assets.ts';

type Kept = NonNullable<ReturnType<EmbedCache['find']>>;

/** Figures may be a minute old at midnight, when "this month" may have changed without the store. */
const KEPT_MS = 60_000;

const NAME = ':file{[a-z0-9-]+(?:\\.(?:svg|png|csv|v[lg]\\.json))?}';

/** A viewer's own filters: `f.module=datto-rmm`, several of one name together. */
const chosenIn = (queries: Record<string, string[]>): ReadonlyMap<string, readonly string[]> =>
  new Map(
    Object.entries(queries).flatMap(([name, values]) =>
      name.startsWith('f.') ? [[name.slice(2), values] as const] : [],
    ),
  );

const gzips = (c: Context): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('accept-encoding') ?? '');

/**
 * What may be framed elsewhere: pages, pictures, CSV and specs of widgets and tabs, for whoever holds a link or token.
 * No route here writes, sets a cookie or looks at a session.
 */
export function embedRoutes(deps: WebDeps, widgets: WidgetReader) {
  const open = grantOpener(deps);
  const cache = createEmbedCache();
  const rate = createLinkRate(deps.embedPerMinute);
  const parts = { deps, widgets, pictures: createEmbedPictures(deps.picture) };
  const viewOf = embedViews(parts);
  const anybody = framedBy(deps.settings.frameAncestors);
  const { core, machineNow } = deps;
  let stylesheet: Promise<EmbedStyle> | undefined;
  const styled = (): Promise<EmbedStyle> => {
    stylesheet ??= embedStyle(deps);
    return stylesheet;
  };

  async function answer(c: Context<WebEnv>, kind: Asked['kind']): Promise<Response> {
    const { revision } = await core.store.snapshot();
    const now = machineNow();
    const token = c.req.query('t') ?? '';
    const known = cache.find(c.req.url, revision, now);
    // What is kept was opened by this very token; what opens nothing counts for no link.
    const opened = known ? undefined : await open(token);
    const seconds = rate.take(rateKey(token), now);
    if (seconds > 0) throw new TooOften(seconds);
    if (known) return send(c, known);
    if (!opened) throw new Error('An embed that is not kept was not opened.');
    const style = await styled();
    const [id = '', ...form] = (c.req.param('file') ?? '').split('.');
    const asked: Asked = {
      kind,
      id,
      form: (form.join('.') || 'html') as Form,
      token,
      theme: c.req.query('theme'),
      now,
      narrow: c.req.query('narrow') !== undefined,
      download: c.req.query('download') !== undefined,
      chosen: chosenIn(c.req.queries()),
      style: style.text,
    };
    const made = await answerEmbed({ ...parts, viewOf }, opened, asked);
    const headers = { ...embedHeaders(opened.grant.frameAncestors ?? anybody, style.hash), ...made.headers };
    const until = Math.min(opened.endsAt ?? Number.POSITIVE_INFINITY, now + KEPT_MS);
    return send(c, await cache.keep(c.req.url, { body: made.body, headers }, revision, until));
  }

  const refuse = async (error: Error, c: Context<WebEnv>): Promise<Response> => {
    const problem = problemOf(error, c);
    const style = await styled();
    const page = !/\.(svg|png|csv|json)$/.test(c.req.path);
    const response = page
      ? await c.html(
          noticePage(isIcbError(error) ? error.message : problem.detail, style.text),
          problem.status,
        )
      : problemJson(problem);
    const answered = new Response(response.body, response);
    const hosts = (error instanceof LinkOver ? error.frameAncestors : undefined) ?? anybody;
    for (const [name, value] of Object.entries(embedHeaders(hosts, style.hash)))
      answered.headers.set(name, value);
    answered.headers.set('Cache-Control', 'no-store');
    if (error instanceof TooOften) answered.headers.set('Retry-After', String(error.seconds));
    if (page) answered.headers.set('Access-Control-Allow-Origin', 'null');
    return answered;
  };

  const embed = new Hono<WebEnv>();
  embed.onError(refuse);
  embed.use('/embed/assets/*', compress());
  embed.route('/', embedAssetRoutes());
  embed.get(`/embed/widgets/${NAME}`, (c) => answer(c, 'widgets'));
  embed.get(`/embed/tabs/${NAME}`, (c) => answer(c, 'tabs'));
  return embed;
}

function send(c: Context<WebEnv>, { plain, packed, headers, etag }: Kept): Response {
  const sent = { ...headers, ETag: etag, Vary: 'Accept-Encoding' };
  if (holdsVersion(c.req.header('if-none-match'), etag))
    return new Response(null, { status: 304, headers: sent });
  if (!packed || !gzips(c)) return new Response(plain, { headers: sent });
  return new Response(packed, { headers: { ...sent, 'Content-Encoding': 'gzip' } });
}
