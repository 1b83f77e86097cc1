import { createRoute, z } from '@hono/zod-openapi';
import { OrganizationType } from '../../src/domain/organization.ts';
import { listOrganizations } from '../../src/usecases/list-organizations.ts';
import { json, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const OrganizationShape = z
  .object({
    id: z.string(),
    name: z.string(),
    type: z.enum(OrganizationType.options),
    active: z.boolean(),
    parentId: z.string().optional(),
  })
  .openapi('Organization');

const Query = PageQuery.extend({
  search: z.string().max(200).optional().openapi({ description: 'Part of the name' }),
  mappableOnly: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'Only organizations that can receive usage' }),
});

export function organizationRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/organizations',
      tags: ['organizations'],
      summary: 'Organizations of the PSA, by name',
      request: { query: Query },
      responses: { 200: json(pageOf(OrganizationShape), 'Organizations'), ...PROBLEMS },
    }),
    async (c) => {
      const { search, mappableOnly, ...page } = c.req.valid('query');
      const all = await listOrganizations(c.var.deps.core, {
        ...(search !== undefined && { search }),
        mappableOnly: mappableOnly === 'true',
      });
      return c.json(pageOf(OrganizationShape).parse(pageFrom(all, page)), 200);
    },
  );
}
