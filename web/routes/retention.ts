import { createRoute, z } from '@hono/zod-openapi';
import { THINNED_KINDS } from '../../src/domain/retention.ts';
import { keptRecords } from '../../src/usecases/kept-records.ts';
import { thin } from '../../src/usecases/thin.ts';
import { onlyFrom } from '../middleware/authenticate.ts';
import { json, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Row = z
  .object({
    kind: z.enum(THINNED_KINDS),
    months: z.int().nullable().openapi({ description: 'Whole months kept in full; null: for ever' }),
    through: z.string().optional().openapi({ description: 'The newest month that is thinned' }),
    removed: z.int(),
    reduced: z.int().openapi({ description: 'Records of which a part goes' }),
  })
  .openapi('ThinnedKind');

const Kept = z.object({
  kind: z.enum([...THINNED_KINDS, 'audit', 'billing-items']),
  records: z.int(),
  oldest: z.string().optional(),
});

/** What is kept how long, and thinning by hand; by itself it runs once a day after the night. */
export function retentionRoutes() {
  const router = apiRouter();
  // Counting everything there is takes a while: not for anybody who looks.
  router.use('/retention', onlyFrom('admin'));
  return router
    .openapi(
      createRoute({
        method: 'get',
        path: '/retention',
        tags: ['operations'],
        summary: 'What is stored, what is kept how long, and what thinning would take out now',
        responses: {
          200: json(z.object({ items: z.array(Row), kept: z.array(Kept) }), 'By kind'),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const items = await thin(core, { by: c.var.viewer.actor, dryRun: true });
        return c.json({ items, kept: await keptRecords(core) }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/retention/thin',
        tags: ['operations'],
        summary: 'Take out what is no longer kept, with an audit entry for each month',
        responses: { 200: json(z.object({ items: z.array(Row) }), 'What was taken out'), ...PROBLEMS },
      }),
      async (c) => c.json({ items: await thin(c.var.deps.core, { by: c.var.viewer.actor }) }, 200),
    );
}
