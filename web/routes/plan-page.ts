import { Hono } from 'hono';
import { holdLimits, limitsInWords } from '../../src/usecases/hold-limits.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import type { WebEnv } from '../deps.ts';
import { planPage } from '../pages/plan-page.ts';
import { createShow } from '../pages/show.ts';
import { PLAN_PATH, readPlanQuery } from '../plan/plan-query.ts';
import { pageFrom } from '../shapes/common.ts';

const LINES_A_PAGE = 100;

/** What a run would do now, as a page. */
export function planPageRoutes() {
  return new Hono<WebEnv>().get(PLAN_PATH, async (c) => {
    const { core, settings } = c.var.deps;
    const modules = (await listModules(core)).filter((module) => module.enabled);
    const query = await readPlanQuery(core, modules, new URL(c.req.url).searchParams);
    const { lines, ...plan } = await listPlan(core, query.filter);
    const cursor = c.req.query('cursor') || undefined;
    const page = pageFrom(lines, { limit: LINES_A_PAGE, cursor });
    return c.html(
      planPage({
        viewer: c.var.viewer,
        show: createShow(settings, core.clock.now()),
        modules,
        query,
        plan,
        lines: page.items,
        limits: limitsInWords(await holdLimits(core)),
        cursor,
        nextCursor: page.nextCursor,
      }),
    );
  });
}
