import { type Context, Hono } from 'hono';
import { csvOf } from '../../src/domain/csv.ts';
import { LEAKAGE_COLUMNS } from '../../src/usecases/file-columns.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { readNames } from '../../src/usecases/names.ts';
import { attachment } from '../attachment.ts';
import type { WebEnv } from '../deps.ts';
import { drillWords } from '../leakage/drill-words.ts';
import { LEAKAGE_PATH, readLeakageQuery } from '../leakage/leakage-query.ts';
import { leakagePage } from '../pages/leakage-page.ts';
import { createShow } from '../pages/show.ts';
import { pageFrom } from '../shapes/common.ts';

const ROWS_A_PAGE = 100;

/** What bills nowhere, as a page and as CSV. */
export function leakagePageRoutes() {
  return new Hono<WebEnv>()
    .get(LEAKAGE_PATH, async (c) => {
      const { core, settings } = c.var.deps;
      const { modules, query } = await readQuery(c);
      const { rows, totals, counted } = await listLeakage(core, query.filter);
      const cursor = c.req.query('cursor') || undefined;
      const page = pageFrom(rows, { limit: ROWS_A_PAGE, cursor });
      return c.html(
        leakagePage({
          viewer: c.var.viewer,
          show: createShow(settings, core.clock.now()),
          modules: modules.filter((module) => module.enabled),
          query,
          drill: drillWords(query.filter.drill ?? {}, await readNames(core)),
          rows: page.items,
          totals,
          counted,
          cursor,
          nextCursor: page.nextCursor,
        }),
      );
    })
    .get(`${LEAKAGE_PATH}.csv`, async (c) => {
      const { query } = await readQuery(c);
      const { rows } = await listLeakage(c.var.deps.core, query.filter);
      return c.body(csvOf(LEAKAGE_COLUMNS, rows), 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': attachment('leakage', 'csv'),
      });
    });
}

async function readQuery(c: Context<WebEnv>) {
  const { core } = c.var.deps;
  const modules = await listModules(core);
  return { modules, query: await readLeakageQuery(core, modules, new URL(c.req.url).searchParams) };
}
