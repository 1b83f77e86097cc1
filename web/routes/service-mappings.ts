import { createRoute, z } from '@hono/zod-openapi';
import { DropRule, UnitRule } from '../../src/domain/service-mapping.ts';
import { listServiceSuggestions } from '../../src/usecases/list-service-suggestions.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { undoServiceMappings } from '../../src/usecases/undo-service-mappings.ts';
import { By, Day, Instant, json, jsonBody, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const key = { contractId: z.string().min(1), module: z.string().min(1), billingType: z.string().min(1) };

const rules = {
  unitRule: z.enum(UnitRule.options),
  dropRule: z.enum(DropRule.options).optional(),
  minimum: z.int().nonnegative().optional().openapi({ description: 'Units, at least' }),
  share: z.number().min(0).max(100).optional().openapi({ description: 'Percent of the count' }),
  from: z.enum(['period-start', 'today']),
};

const MappingShape = z
  .object({
    id: z.string(),
    ...key,
    by: By,
    at: Instant,
    status: z.enum(['mapped', 'ignored']),
    contractServiceId: z.string().optional(),
    ...rules,
    unitRule: rules.unitRule.optional(),
    from: rules.from.optional(),
    since: Day.optional(),
  })
  .openapi('ServiceMapping');

const Decision = z.union([
  z.strictObject({
    ...key,
    contractServiceId: z.string().min(1),
    ...rules,
    unitRule: rules.unitRule.optional(),
    from: rules.from.optional(),
  }),
  z.strictObject({ ...key, ignore: z.literal(true) }),
]);

const SuggestionShape = z
  .object({
    ...key,
    contractServiceId: z.string(),
    service: z.string(),
    confidence: z.number().openapi({ description: '0 to 1' }),
    reason: z.string(),
  })
  .openapi('ServiceSuggestion');

const Changed = z.object({
  changed: z.int(),
  warnings: z.array(z.string()),
  lines: z.array(z.string()),
  change: z.string().optional().openapi({ description: 'For undo; left out where nothing changed' }),
});
const Undone = z.object({ lines: z.array(z.string()), left: z.array(z.string()) });
const Query = PageQuery.extend({ contract: z.string().optional(), module: z.string().optional() });

export function serviceMappingRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/service-mappings',
        tags: ['contracts'],
        summary: 'Service mappings: (contract, module, billing type) to contract service, or ignored',
        request: { query: Query },
        responses: { 200: json(pageOf(MappingShape), 'Service mappings'), ...PROBLEMS },
      }),
      async (c) => {
        const { contract, module, ...query } = c.req.valid('query');
        const snapshot = await c.var.deps.core.store.snapshot();
        const wanted = (await snapshot.list('serviceMappings')).filter(
          (each) =>
            (contract === undefined || each.contractId === contract) &&
            (module === undefined || each.module === module),
        );
        return c.json(pageOf(MappingShape).parse(pageFrom(wanted, query)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/service-mappings/suggestions',
        tags: ['contracts'],
        summary: 'Contract services suggested for billing types of one organization; none is saved by itself',
        request: { query: PageQuery.extend({ organization: z.string().min(1) }) },
        responses: {
          200: json(pageOf(SuggestionShape), 'Suggestions with confidence and reason'),
          ...PROBLEMS,
        },
      }),
      async (c) => {
        const { organization, ...query } = c.req.valid('query');
        const all = await listServiceSuggestions(c.var.deps.core, organization);
        return c.json(pageOf(SuggestionShape).parse(pageFrom(all, query)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/service-mappings',
        tags: ['contracts'],
        summary: 'Map billing types to contract services, or ignore them; all or nothing',
        request: jsonBody(z.object({ mappings: z.array(Decision).min(1).max(5000) })),
        responses: { 200: json(Changed, 'How many changed, and what to look at'), ...PROBLEMS },
      }),
      async (c) => {
        const { mappings } = c.req.valid('json');
        const done = await mapBillingTypes(c.var.deps.core, { by: c.var.viewer.actor, mappings });
        return c.json(Changed.parse(done), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/service-mappings/undo',
        tags: ['contracts'],
        summary: 'Take one saving back, for a day and until a sync goes by it',
        request: jsonBody(z.object({ change: z.string().min(1) })),
        responses: { 200: json(Undone, 'What was put back, and what was left alone'), ...PROBLEMS },
      }),
      async (c) => {
        const { change } = c.req.valid('json');
        const done = await undoServiceMappings(c.var.deps.core, { by: c.var.viewer.actor, change });
        return c.json(Undone.parse(done), 200);
      },
    );
}
