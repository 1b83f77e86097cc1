import { createRoute, z } from '@hono/zod-openapi';
import { PLAN_ACTIONS } from '../../src/domain/plan.ts';
import { describeLine, describeLines } from '../../src/usecases/describe-lines.ts';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { releaseLines } from '../../src/usecases/release-lines.ts';
import { undoDecisions } from '../../src/usecases/undo-decisions.ts';
import { Day, json, jsonBody, PageQuery, PROBLEMS, pageFrom } from '../shapes/common.ts';
import { PlanLineShape, PlanShape } from '../shapes/plan-line.ts';
import { apiRouter } from './api-router.ts';

const Query = PageQuery.extend({
  action: z.enum(PLAN_ACTIONS).optional(),
  module: z.string().max(200).optional().openapi({ description: 'Id or name' }),
  organization: z.string().max(200).optional().openapi({ description: 'Id or name' }),
});

const One = z.object({ id: z.string().max(200) });

const Why = z.string().max(500).optional().openapi({ example: 'The customer closed' });
const optionalBody = <T extends z.ZodType>(schema: T) => ({
  body: { required: false, content: { 'application/json': { schema } } },
});

const Exclusion = z.object({
  reason: z.string().openapi({ example: 'Devices are being moved' }),
  until: Day.openapi({ description: 'The last day it holds' }),
  units: z.int().positive().optional().openapi({
    description:
      'Subtracted from every day’s count; left out, counts are not applied and units in force stay',
  }),
});

export function planRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/plan',
        tags: ['syncs'],
        summary: 'What a sync would change now, from the last counts stored; held lines first',
        request: { query: Query },
        responses: { 200: json(PlanShape, 'One line per service mapping'), ...PROBLEMS },
      }),
      async (c) => {
        const { limit, cursor, ...filter } = c.req.valid('query');
        const { lines, ...plan } = await listPlan(c.var.deps.core, filter);
        return c.json(PlanShape.parse({ ...pageFrom(lines, { limit, cursor }), ...plan }), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/plan/lines/{id}/release',
        tags: ['syncs'],
        summary: 'Approve the held counts of a line: the next sync applies each day with its own date',
        request: { params: One, ...optionalBody(z.object({ reason: Why })) },
        responses: { 200: json(PlanLineShape, 'The line after the decision'), ...PROBLEMS },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const { reason } = c.req.valid('json') ?? {};
        const { line } = await releaseLine(core, { by: c.var.viewer.actor, ...c.req.valid('param'), reason });
        return c.json(PlanLineShape.parse(await describeLine(core, line)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/plan/lines/{id}/exclude',
        tags: ['syncs'],
        summary: 'Take counts out of a line, with a reason and until a day',
        request: { params: One, ...jsonBody(Exclusion) },
        responses: { 200: json(PlanLineShape, 'The line after the decision'), ...PROBLEMS },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const exclusion = c.req.valid('json');
        const { line } = await excludeLine(core, {
          by: c.var.viewer.actor,
          ...c.req.valid('param'),
          exclusion,
        });
        return c.json(PlanLineShape.parse(await describeLine(core, line)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/plan/release',
        tags: ['syncs'],
        summary: 'Approve every held count, or those of one module',
        request: optionalBody(
          z.object({
            module: z.string().max(200).optional().openapi({ description: 'Id or name' }),
            reason: Why,
          }),
        ),
        responses: {
          200: json(
            z.object({ items: z.array(PlanLineShape), text: z.string() }),
            'The lines after the decision',
          ),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const { module, reason } = c.req.valid('json') ?? {};
        const { lines, text } = await releaseLines(core, { by: c.var.viewer.actor, module, reason });
        const items = await describeLines(await core.store.snapshot(), lines);
        return c.json({ items: z.array(PlanLineShape).parse(items), text }, 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/plan/decisions/undo',
        tags: ['syncs'],
        summary: 'Take a decision on held counts back, for a day and until a sync goes by it',
        request: jsonBody(
          z.object({ change: z.string().min(1).openapi({ description: 'Its entry in the audit' }) }),
        ),
        responses: {
          200: json(
            z.object({ lines: z.array(z.string()), left: z.array(z.string()) }),
            'What waits again, and what was left alone',
          ),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { change } = c.req.valid('json');
        const { lines, left } = await undoDecisions(c.var.deps.core, { by: c.var.viewer.actor, change });
        return c.json({ lines: [...lines], left: [...left] }, 200);
      },
    );
}
