import { createRoute, z } from '@hono/zod-openapi';
import { PUSH_STATUSES } from '../../src/domain/unit-push.ts';
import { comparePsa } from '../../src/usecases/compare-psa.ts';
import { getPsa } from '../../src/usecases/get-psa.ts';
import { listUnitPushes } from '../../src/usecases/list-unit-pushes.ts';
import { PUSH_DECISIONS, resolveUnitPush } from '../../src/usecases/resolve-unit-push.ts';
import { json, jsonBody, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { Comparisons, ComparisonTotals, PsaShape, PushShape } from '../shapes/psa.ts';
import { apiRouter } from './api-router.ts';

const PushQuery = PageQuery.extend({
  status: z.enum(PUSH_STATUSES).optional().openapi({ description: 'Only pushes that stand so' }),
});

const CompareQuery = PageQuery.extend({
  organization: z.string().optional().openapi({ description: 'Id or name' }),
  contract: z.string().optional().openapi({ description: 'Id' }),
  onlyDifferent: z.enum(['true', 'false']).optional(),
});

const Decision = z.object({
  as: z.enum(PUSH_DECISIONS).openapi({
    description: 'taken: it is in the PSA; again: send it once more; drop: it stays out',
  }),
  reason: z.string().trim().min(1, 'say how you know').max(500),
});

export function psaRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/psa',
        tags: ['psa'],
        summary: 'The PSA: which it is, how it was found last, what is on its way there',
        responses: { 200: json(PsaShape, 'The PSA'), ...PROBLEMS },
      }),
      async (c) => c.json(PsaShape.parse(await getPsa(c.var.deps.core)), 200),
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/psa/units/compare',
        tags: ['psa'],
        summary: 'Units and money of each contract service and period in the PSA beside icb’s',
        request: { query: CompareQuery },
        responses: {
          200: json(pageOf(Comparisons).extend({ totals: ComparisonTotals }), 'Side by side, with why'),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { organization, contract, onlyDifferent, ...page } = c.req.valid('query');
        const { rows, totals } = await comparePsa(c.var.deps.core, {
          organization,
          contract,
          onlyDifferent: onlyDifferent === 'true',
        });
        const shape = pageOf(Comparisons).extend({ totals: ComparisonTotals });
        return c.json(shape.parse({ ...pageFrom(rows, page), totals }), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/psa/pushes',
        tags: ['psa'],
        summary: 'Changes of units on their way to the PSA; those that need a person first',
        request: { query: PushQuery },
        responses: { 200: json(pageOf(PushShape), 'Changes of units'), ...PROBLEMS },
      }),
      async (c) => {
        const { status, ...page } = c.req.valid('query');
        const all = await listUnitPushes(c.var.deps.core, status ? { status: [status] } : {});
        return c.json(pageOf(PushShape).parse(pageFrom(all, page)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/psa/pushes/{id}/resolve',
        tags: ['psa'],
        summary: 'Say what became of a change of units that is unknown or refused',
        request: { params: z.object({ id: z.string() }), ...jsonBody(Decision) },
        responses: { 200: json(PushShape, 'The change of units as it stands now'), ...PROBLEMS },
      }),
      async (c) => {
        const done = await resolveUnitPush(c.var.deps.core, {
          ...c.req.valid('json'),
          id: c.req.valid('param').id,
          by: c.var.viewer.actor,
        });
        return c.json(PushShape.parse(done), 200);
      },
    );
}
