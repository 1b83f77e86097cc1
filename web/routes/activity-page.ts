import { Hono } from 'hono';
import { listActivity } from '../../src/usecases/list-activity.ts';
import type { WebEnv } from '../deps.ts';
import { activityPage } from '../pages/activity-page.ts';
import { createShow } from '../pages/show.ts';

export function activityPageRoutes() {
  return new Hono<WebEnv>().get('/dashboard/activity', async (c) => {
    const { core, settings } = c.var.deps;
    const failedOnly = c.req.query('failed') === 'yes';
    const cursor = c.req.query('cursor');
    const page = await listActivity(core, { failedOnly, limit: 100, ...(cursor && { cursor }) });
    const show = createShow(settings, core.clock.now());
    return c.html(activityPage({ viewer: c.var.viewer, show, failedOnly, cursor, ...page }));
  });
}
