import { type Context, Hono } from 'hono';
import { widgetDefinition } from '../../src/usecases/widget-data.ts';
import { toCsv } from '../../src/widgets/to-csv.ts';
import { attachment } from '../csv.ts';
import type { WebEnv } from '../deps.ts';
import { holdsVersion } from '../etag.ts';
import type { Drawn } from '../widgets/widget-pictures.ts';

type FileMaker = (c: Context<WebEnv>, data: Drawn) => Promise<Response>;

const themeOf = (c: Context<WebEnv>) => (c.req.query('theme') === 'dark' ? 'dark' : 'light');

const unchanged = (c: Context<WebEnv>, etag: string): boolean =>
  holdsVersion(c.req.header('if-none-match'), etag);

const takesGzip = (c: Context<WebEnv>): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(c.req.header('accept-encoding') ?? '');

const makers = {
  svg: async (c, data) => {
    const { svg, gzip, etag } = await c.var.pictures.fileSvg(data, themeOf(c));
    if (unchanged(c, etag)) return c.body(null, 304, { ETag: etag });
    const headers = { 'Content-Type': 'image/svg+xml; charset=utf-8', ETag: etag, Vary: 'Accept-Encoding' };
    if (!takesGzip(c)) return c.body(svg, 200, headers);
    return c.body(gzip, 200, { ...headers, 'Content-Encoding': 'gzip' });
  },
  png: async (c, data) => {
    const { today, definition } = data.result;
    const etag = `"${definition.id}-${data.revision}-${today}-${themeOf(c)}"`;
    if (unchanged(c, etag)) return c.body(null, 304, { ETag: etag });
    const bytes = Uint8Array.from(await c.var.pictures.png(data, themeOf(c)));
    return c.body(bytes, 200, { 'Content-Type': 'image/png', ETag: etag });
  },
  csv: async (c, data) =>
    c.body(toCsv(data.result), 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachment(data.result.definition.id, 'csv'),
    }),
} satisfies Record<string, FileMaker>;

type Extension = keyof typeof makers;

/** `/api/widgets/:id.svg`, `.png`, `.csv`: what a widget shows, to save or to show elsewhere. */
export function widgetFileRoutes() {
  return new Hono<WebEnv>().get('/widgets/:file{[a-z0-9-]+\\.(?:svg|png|csv)}', async (c) => {
    const [id = '', extension] = c.req.param('file').split('.') as [string, Extension];
    const definition = await widgetDefinition(c.var.deps.core, id);
    return makers[extension](c, await c.var.widgets.read(definition));
  });
}
