import { createRoute, z } from '@hono/zod-openapi';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { By, Instant, json, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const STATUS = ['unmapped', 'mapped', 'ignored'] as const;

export const ModuleOrganizationShape = z
  .object({
    id: z.string(),
    module: z.string(),
    externalId: z.string(),
    name: z.string(),
    parentId: z.string().optional(),
    mapping: z.object({
      status: z.enum(STATUS),
      organizationId: z.string().optional(),
      organization: z.string().optional(),
      by: By.optional(),
      at: Instant.optional(),
      reason: z.string().optional(),
    }),
    rejected: z
      .array(z.object({ organizationId: z.string(), organization: z.string(), by: By, at: Instant }))
      .optional()
      .openapi({ description: 'Organizations that people said it is not; never suggested for it again' }),
  })
  .openapi('ModuleOrganization');

const Query = PageQuery.extend({
  module: z.string().optional(),
  status: z.enum(STATUS).optional(),
  search: z.string().max(200).optional(),
});

export function moduleOrganizationRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/module-organizations',
      tags: ['organizations'],
      summary: 'Customers, sites and tenants inside the modules, with their mapping',
      request: { query: Query },
      responses: { 200: json(pageOf(ModuleOrganizationShape), 'Module organizations'), ...PROBLEMS },
    }),
    async (c) => {
      const { limit, cursor, ...filter } = c.req.valid('query');
      const all = await listModuleOrganizations(c.var.deps.core, filter);
      return c.json(pageOf(ModuleOrganizationShape).parse(pageFrom(all, { limit, cursor })), 200);
    },
  );
}
