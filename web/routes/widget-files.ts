import { type Context, Hono } from 'hono';
import { THEMES, type ThemeName } from '../../src/widgets/theme.ts';
import { toCsv } from '../../src/widgets/to-csv.ts';
import { attachment } from '../attachment.ts';
import type { WebEnv } from '../deps.ts';
import { holdsVersion } from '../etag.ts';
import { widgetOnTab } from '../widgets/widget-on-tab.ts';
import type { Drawn } from '../widgets/widget-pictures.ts';

type FileMaker = (c: Context<WebEnv>, data: Drawn) => Promise<Response>;

/** As asked for, else as the widget says. */
const themeOf = (c: Context<WebEnv>, { result }: Drawn): ThemeName =>
  THEMES.find((theme) => theme === c.req.query('theme')) ?? result.definition.theme ?? 'light';

const unchanged = (c: Context<WebEnv>, etag: string): boolean =>
  holdsVersion(c.req.header('if-none-match'), etag);

const takesGzip = (c: Context<WebEnv>): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('accept-encoding') ?? '');

const makers = {
  svg: async (c, data) => {
    const { svg, gzip, etag } = await c.var.pictures.fileSvg(data, themeOf(c, data));
    if (unchanged(c, etag)) return c.body(null, 304, { ETag: etag });
    const headers = { 'Content-Type': 'image/svg+xml; charset=utf-8', ETag: etag, Vary: 'Accept-Encoding' };
    if (!takesGzip(c)) return c.body(svg, 200, headers);
    return c.body(gzip, 200, { ...headers, 'Content-Encoding': 'gzip' });
  },
  png: async (c, data) => {
    const { today, definition } = data.result;
    const etag = `"${definition.id}-${data.revision}-${today}-${themeOf(c, data)}"`;
    if (unchanged(c, etag)) return c.body(null, 304, { ETag: etag });
    const bytes = Uint8Array.from(await c.var.pictures.png(data, themeOf(c, data)));
    return c.body(bytes, 200, { 'Content-Type': 'image/png', ETag: etag });
  },
  'vl.json': async (c, data) => c.json(c.var.pictures.spec(data, themeOf(c, data))),
  csv: async (c, data) =>
    c.body(toCsv(data.result), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(data.result.definition.id, 'csv'),
    }),
} satisfies Record<string, FileMaker>;

type Extension = keyof typeof makers;

/** `/api/widgets/:id.svg`, `.png`, `.csv`, `.vl.json`: what a widget shows, to save or to show elsewhere; with `?tab=` as
 * that tab shows it. */
export function widgetFileRoutes() {
  return new Hono<WebEnv>().get('/widgets/:file{[a-z0-9-]+\\.(?:svg|png|csv|vl\\.json)}', async (c) => {
    const [id = '', ...rest] = c.req.param('file').split('.');
    const extension = rest.join('.') as Extension;
    const { deps, viewer } = c.var;
    const definition = await widgetOnTab(deps.core, viewer, id, c.req.query('tab'));
    return makers[extension](c, await c.var.widgets.read(definition));
  });
}
