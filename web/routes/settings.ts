import { createRoute, z } from '@hono/zod-openapi';
import { holdLimits, limitsInWords, setHoldLimits } from '../../src/usecases/hold-limits.ts';
import { json, jsonBody, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Limits = z
  .object({
    zero: z.boolean().openapi({ description: 'Hold a count that falls to zero' }),
    jumpPercent: z.number().openapi({ description: 'Hold a jump of more than this percent …' }),
    jumpUnits: z.int().openapi({
      description: '… and of more than this many units, against the median of the 30 days before',
    }),
    firstCounts: z.boolean().openapi({ description: 'Hold the first count of a service mapping' }),
  })
  .openapi('HoldLimits');

const Answer = Limits.extend({ text: z.string().openapi({ description: 'The same in a sentence' }) });

/** When counts wait for a person. */
export function settingsRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/settings/holds',
        tags: ['settings'],
        summary: 'When counts wait for a person',
        responses: { 200: json(Answer, 'The limits in force'), ...PROBLEMS },
      }),
      async (c) => {
        const limits = await holdLimits(c.var.deps.core);
        return c.json(Answer.parse({ ...limits, text: limitsInWords(limits) }), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/settings/holds',
        tags: ['settings'],
        summary: 'Change some of the limits; the next plan goes by them',
        request: jsonBody(Limits.partial().strict()),
        responses: { 200: json(Answer, 'The limits in force'), ...PROBLEMS },
      }),
      async (c) => {
        const limits = await setHoldLimits(c.var.deps.core, {
          by: c.var.viewer.actor,
          limits: c.req.valid('json'),
        });
        return c.json(Answer.parse({ ...limits, text: limitsInWords(limits) }), 200);
      },
    );
}
