import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { ACTIVITY_PATH, readActivityQuery, saysFailed } from '../activity/activity-query.ts';
import type { WebEnv } from '../deps.ts';
import { activityPage } from '../pages/activity-page.ts';
import { createShow } from '../pages/show.ts';

const ROWS_A_PAGE = 100;

/** Remembers “only failed” until the browser is closed. */
const FAILED_ONLY = 'icb-activity-failed';

export function activityPageRoutes() {
  return new Hono<WebEnv>().get(ACTIVITY_PATH, async (c) => {
    const { core, settings } = c.var.deps;
    const params = new URL(c.req.url).searchParams;
    const modules = await listModules(core);
    const query = await readActivityQuery(core, modules, params, getCookie(c, FAILED_ONLY) === 'yes');
    const said = saysFailed(params);
    if (said !== undefined)
      setCookie(c, FAILED_ONLY, said ? 'yes' : 'no', {
        path: ACTIVITY_PATH,
        httpOnly: true,
        sameSite: 'Lax',
        secure: settings.baseUrl.startsWith('https:'),
      });
    const cursor = params.get('cursor') || undefined;
    const page = await listActivity(core, { ...query.filter, limit: ROWS_A_PAGE, cursor });
    const show = createShow(settings, core.clock.now());
    const counted = modules.filter((module) => module.enabled || module.lastSync);
    return c.html(activityPage({ viewer: c.var.viewer, show, modules: counted, query, cursor, ...page }));
  });
}
