import { createRoute, z } from '@hono/zod-openapi';
import { approvePostRequest, requestPosting } from '../../src/usecases/approve-and-post.ts';
import { Currency, json, jsonBody, Money, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';
import { Chosen, Posted } from './billing-items.ts';

const Request = z
  .object({
    id: z.string(),
    state: z.enum(['open', 'posted', 'superseded']),
    count: z.int(),
    totals: z.array(z.object({ currency: Currency, amount: Money })),
  })
  .openapi('PostRequest');

/** A posting above a limit: one asks, another approves. The bearer of the API token is one person. */
export function postRequestRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/post-requests',
        tags: ['billing items'],
        summary: 'Ask a second person to approve and post',
        request: jsonBody(Chosen),
        responses: { 200: json(Request, 'What was asked'), ...PROBLEMS },
      }),
      async (c) => {
        const { ids, filter } = c.req.valid('json');
        const made = await requestPosting(c.var.deps.core, {
          by: c.var.viewer.actor,
          ...(ids && { ids }),
          ...(filter && { filter }),
        });
        return c.json(Request.parse({ ...made, count: made.items.length }), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/post-requests/{id}/approve',
        tags: ['billing items'],
        summary: 'Approve and post what somebody else asked, exactly as asked',
        request: { params: z.object({ id: z.string() }) },
        responses: { 200: json(Posted, 'What was posted'), ...PROBLEMS },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { result } = await approvePostRequest(c.var.deps.core, { by: c.var.viewer.actor, id });
        return c.json(Posted.parse(result), 200);
      },
    );
}
