import { createRoute, z } from '@hono/zod-openapi';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { undoMappings } from '../../src/usecases/undo-mappings.ts';
import { json, jsonBody, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';
import { ModuleOrganizationShape } from './module-organizations.ts';

const Suggestion = z
  .object({
    moduleOrganizationId: z.string(),
    module: z.string(),
    name: z.string(),
    class: z.enum(['sure', 'likely', 'ambiguous', 'none']),
    candidates: z.array(
      z.object({
        organizationId: z.string(),
        name: z.string(),
        confidence: z.number().openapi({ description: '0 to 1' }),
        reason: z.string(),
      }),
    ),
  })
  .openapi('Suggestion');

const moduleOrganizationId = z.string().min(1);
const Decision = z.union([
  z.strictObject({
    moduleOrganizationId,
    organizationId: z.string().min(1),
    expect: z.literal('unmapped').optional(),
  }),
  z.strictObject({ moduleOrganizationId, ignore: z.string().min(1).openapi({ description: 'Why' }) }),
  z.strictObject({ moduleOrganizationId, unmap: z.literal(true) }),
]);

const Changed = z.object({
  changed: z.int(),
  lines: z.array(z.string()),
  change: z.string().optional().openapi({ description: 'For undo; left out where nothing changed' }),
});
const Undone = z.object({ lines: z.array(z.string()), left: z.array(z.string()) });
const Filter = PageQuery.extend({ module: z.string().optional(), search: z.string().max(200).optional() });

export function organizationMappingRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/organization-mappings',
        tags: ['organizations'],
        summary: 'What people decided: module organizations mapped or ignored',
        request: { query: Filter },
        responses: { 200: json(pageOf(ModuleOrganizationShape), 'Decisions'), ...PROBLEMS },
      }),
      async (c) => {
        const { limit, cursor, ...filter } = c.req.valid('query');
        const all = await listModuleOrganizations(c.var.deps.core, filter);
        const decided = all.filter((one) => one.mapping.status !== 'unmapped');
        return c.json(pageOf(ModuleOrganizationShape).parse(pageFrom(decided, { limit, cursor })), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/organization-mappings/suggestions',
        tags: ['organizations'],
        summary: 'Suggestions for unmapped module organizations; none is saved by itself',
        request: { query: Filter },
        responses: { 200: json(pageOf(Suggestion), 'Suggestions with confidence and reason'), ...PROBLEMS },
      }),
      async (c) => {
        const { limit, cursor, ...filter } = c.req.valid('query');
        const all = await listSuggestions(c.var.deps.core, filter);
        const byId = all.map((suggestion) => ({ ...suggestion, id: suggestion.moduleOrganizationId }));
        return c.json(pageOf(Suggestion).parse(pageFrom(byId, { limit, cursor })), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/organization-mappings',
        tags: ['organizations'],
        summary: 'Map, ignore or unmap module organizations; all or nothing',
        request: jsonBody(z.object({ mappings: z.array(Decision).min(1).max(5000) })),
        responses: { 200: json(Changed, 'How many changed, one sentence each'), ...PROBLEMS },
      }),
      async (c) => {
        const { mappings } = c.req.valid('json');
        const done = await confirmMappings(c.var.deps.core, { by: c.var.viewer.actor, mappings });
        return c.json(Changed.parse(done), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/organization-mappings/undo',
        tags: ['organizations'],
        summary: 'Take one saving back; what was changed since stays as it is',
        request: jsonBody(z.object({ change: z.string().min(1) })),
        responses: { 200: json(Undone, 'What was put back, and what was left alone'), ...PROBLEMS },
      }),
      async (c) => {
        const { change } = c.req.valid('json');
        const done = await undoMappings(c.var.deps.core, { by: c.var.viewer.actor, change });
        return c.json(Undone.parse(done), 200);
      },
    );
}
