import { Hono } from 'hono';
import { z } from 'zod';
import { IcbError } from '../../src/domain/errors.ts';
import { needsPerson } from '../../src/domain/unit-push.ts';
import { comparePsa } from '../../src/usecases/compare-psa.ts';
import { getPsa } from '../../src/usecases/get-psa.ts';
import { listUnitPushes } from '../../src/usecases/list-unit-pushes.ts';
import { PUSH_DECISIONS, resolveUnitPush } from '../../src/usecases/resolve-unit-push.ts';
import type { WebEnv } from '../deps.ts';
import { localPsaPage, PSA_PATH, psaPage } from '../pages/psa-page.ts';
import { createShow } from '../pages/show.ts';
import { pageFrom } from '../shapes/common.ts';

const ROWS_A_PAGE = 100;
const Decision = z.object({ as: z.enum(PUSH_DECISIONS), reason: z.string() });

/** The PSA elsewhere, as a page, with what people decide about changes of units whose fate icb cannot tell. */
export function psaPageRoutes() {
  return new Hono<WebEnv>()
    .get(PSA_PATH, async (c) => {
      const { core, settings } = c.var.deps;
      const { viewer } = c.var;
      if (!core.psa.remote) return c.html(localPsaPage(viewer));
      const all = c.req.query('all') === '1';
      const cursor = c.req.query('cursor') || undefined;
      const [psa, pushes, comparison] = await Promise.all([
        getPsa(core),
        listUnitPushes(core, { status: ['queued', 'sending', 'unknown', 'refused'] }),
        comparePsa(core, { onlyDifferent: !all }),
      ]);
      const page = pageFrom(comparison.rows, { limit: ROWS_A_PAGE, cursor });
      return c.html(
        psaPage({
          viewer,
          show: createShow(settings, core.clock.now()),
          psa,
          pushes: {
            undecided: pushes.filter(needsPerson),
            underWay: pushes.filter(({ state }) => state.status === 'queued' || state.status === 'sending'),
          },
          comparison,
          rows: page.items,
          all,
          cursor,
          nextCursor: page.nextCursor,
        }),
      );
    })
    .post(`${PSA_PATH}/pushes/:id`, async (c) => {
      const decision = Decision.safeParse(Object.fromEntries(await c.req.formData()));
      if (!decision.success)
        throw new IcbError('bad-input', 'The form cannot be read; nothing was decided. Open the page again.');
      const { id } = c.req.param();
      await resolveUnitPush(c.var.deps.core, { ...decision.data, id, by: c.var.viewer.actor });
      return c.redirect(PSA_PATH, 303);
    });
}
