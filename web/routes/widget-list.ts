import { Hono } from 'hono';
import { listTabs, seesTab } from '../../src/usecases/tabs.ts';
import { listWidgets } from '../../src/usecases/widget-data.ts';
import { widgetRevision } from '../../src/usecases/widget-revisions.ts';
import { libraryWidgets } from '../../src/widgets/library-widgets.ts';
import { readyWidgets } from '../../src/widgets/ready-widgets.ts';
import type { WebEnv } from '../deps.ts';
import { widgetListPage } from '../pages/widget-list-page.ts';

/** What there is: tabs, the widgets people made, and those to start from. */
export function widgetListRoutes() {
  return new Hono<WebEnv>().get('/dashboard/widgets', async (c) => {
    const { core } = c.var.deps;
    const [tabs, all] = await Promise.all([listTabs(core), listWidgets(core)]);
    const stored = await (await core.store.snapshot()).list('widgets');
    const ready = new Set(readyWidgets.map(({ id }) => id));
    return c.html(
      widgetListPage({
        viewer: c.var.viewer,
        tabs: tabs.filter((tab) => seesTab(tab, c.var.viewer.role)),
        own: all.filter(({ id }) => !ready.has(id)),
        revisions: new Map(stored.map((each) => [each.id, widgetRevision(each)])),
        library: [...readyWidgets, ...libraryWidgets],
        deleted: c.req.query('deleted'),
        deletedTab: c.req.query('deleted-tab'),
      }),
    );
  });
}
