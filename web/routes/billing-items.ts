import { createRoute, z } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';
import { BillingItemId } from '../../src/domain/ids.ts';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { groupBillingItems, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { unpostItem } from '../../src/usecases/unpost-item.ts';
import { decodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import { BillingItemShape, ExplanationShape, Groups, Totals } from '../shapes/billing-item.ts';
import { FilterBody, FilterQuery } from '../shapes/billing-item-filter.ts';
import { Currency, json, jsonBody, Money, PageQuery, PROBLEMS, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const GROUP_BY = ['module', 'organization', 'billingType', 'service', 'period'] as const;
const GroupBy = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(GROUP_BY)).min(1).max(2));

const Query = PageQuery.extend(FilterQuery.shape).extend({
  groupBy: z
    .string()
    .optional()
    .openapi({ description: `${GROUP_BY.join(', ')}; comma for two` }),
});

const ItemPage = pageOf(BillingItemShape).extend({ totals: Totals });
const Answer = z.union([ItemPage, z.object({ groups: Groups })]);

export const Chosen = z
  .object({ ids: z.array(BillingItemId).min(1).max(50_000).optional(), filter: FilterBody.optional() })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), 'give either ids or a filter');

export const Posted = z.object({
  posted: z.int(),
  totals: z.array(z.object({ currency: Currency, amount: Money })),
  skipped: z.array(z.object({ id: z.string(), because: z.string() })),
  undo: z
    .string()
    .optional()
    .openapi({ description: 'Names this posting where it can be taken back (local PSA)' }),
});

const One = z.object({ id: z.string() });
const Reason = z.object({ reason: z.string().trim().min(1, 'say why').max(500) });

function groupsOf(text: string) {
  const parsed = GroupBy.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new IcbError('bad-input', `groupBy takes one or two of ${GROUP_BY.join(', ')}.`);
}

export function billingItemRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/billing-items',
        tags: ['billing items'],
        summary: 'Billing items, filtered, grouped or paged',
        request: { query: Query },
        responses: {
          200: json(Answer, 'A page of items with totals, or groups with `groupBy`'),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const { limit, cursor, groupBy } = c.req.valid('query');
        const filter = decodeBillingItemFilter(new URL(c.req.url).searchParams);
        if (groupBy) {
          const { groups } = await groupBillingItems(core, { filter, groupBy: groupsOf(groupBy) });
          return c.json({ groups: Groups.parse(groups) }, 200);
        }
        const page = await listBillingItems(core, { filter, limit, ...(cursor !== undefined && { cursor }) });
        return c.json(ItemPage.parse(page), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/billing-items/approve-and-post',
        tags: ['billing items'],
        summary: 'Approve and post pending items, by id or by filter',
        request: jsonBody(Chosen),
        responses: { 200: json(Posted, 'What was posted and what was left, with why'), ...PROBLEMS },
      }),
      async (c) => {
        const { ids, filter } = c.req.valid('json');
        const done = await approveAndPost(c.var.deps.core, {
          by: c.var.viewer.actor,
          ...(ids && { ids }),
          ...(filter && { filter }),
        });
        return c.json(Posted.parse(done), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/billing-items/{id}/unpost',
        tags: ['billing items'],
        summary: 'Take back a posting (local PSA only); history is kept',
        request: { params: One, ...jsonBody(Reason) },
        responses: { 200: json(BillingItemShape, 'The item, pending again'), ...PROBLEMS },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const item = await unpostItem(c.var.deps.core, { by: c.var.viewer.actor, id, reason });
        return c.json(BillingItemShape.parse(item), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/billing-items/{id}/explain',
        tags: ['billing items'],
        summary: 'Why this many: counts by day, mappings, rule, price, arithmetic',
        request: { params: One },
        responses: { 200: json(ExplanationShape, 'The explanation'), ...PROBLEMS },
      }),
      async (c) => {
        const explanation = await explainItem(c.var.deps.core, c.req.valid('param').id);
        return c.json(ExplanationShape.parse(explanation), 200);
      },
    );
}
