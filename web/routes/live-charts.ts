import { Hono } from 'hono';
import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import type { WebEnv } from '../deps.ts';
import { liveChart } from '../embed/live-chart.ts';
import { widgetOnTab } from '../widgets/widget-on-tab.ts';
import { ITEMS_PATH } from '../widgets/widget-pictures.ts';

const Query = z.object({
  /** As the tab shows it, its filter included. */
  tab: z.string().max(80).optional(),
  /** Of the picture it stands for, in pixels. */
  width: z.coerce.number().int().min(200).max(2000).default(600),
});

/** What a card of the ICB tab is drawn anew from, once somebody wants its chart interactive. */
export function liveChartRoutes() {
  return new Hono<WebEnv>().get('/dashboard/live/:id{[a-z0-9-]+}', async (c) => {
    const { deps, viewer, widgets } = c.var;
    const { tab, width } = Query.parse(c.req.query());
    const definition = await widgetOnTab(deps.core, viewer, c.req.param('id'), tab);
    const { result } = await widgets.read(definition);
    const locale = definition.locale ?? deps.settings.locale;
    const links = markLinks(result, ITEMS_PATH, locale).map(({ href }) => href);
    const { theme = 'light' } = definition;
    const live = await liveChart(deps.picture, result, { theme, locale, width, links });
    if (live === undefined) throw new IcbError('not-found', 'There is no live chart of this.');
    return c.body(live, 200, { 'Content-Type': 'application/json; charset=utf-8' });
  });
}
