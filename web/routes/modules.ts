import { createRoute, z } from '@hono/zod-openapi';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { Instant, json, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const ModuleShape = z
  .object({
    id: z.string().openapi({ example: 'datto-rmm' }),
    name: z.string().openapi({ example: 'Datto RMM' }),
    enabled: z.boolean(),
    connected: z.boolean().openapi({ description: 'Whether icb has settings to reach it' }),
    lastSync: Instant.optional(),
    lastCountedAt: Instant.optional(),
    problem: z.string().optional(),
    billingTypes: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        unit: z.enum(['count', 'true-false']),
        description: z.string(),
        contains: z.array(z.string()),
        vendorName: z.boolean(),
      }),
    ),
    organizations: z.object({ total: z.int(), unmapped: z.int() }),
  })
  .openapi('Module');

const One = z.object({ id: z.string().openapi({ example: 'datto-rmm' }) });

export function moduleRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/modules',
        tags: ['modules'],
        summary: 'Every module of the catalogue with its state',
        request: { query: PageQuery },
        responses: { 200: json(pageOf(ModuleShape), 'Modules, connected ones first'), ...PROBLEMS },
      }),
      async (c) => {
        const modules = await listModules(c.var.deps.core);
        return c.json(pageOf(ModuleShape).parse(pageFrom(modules, c.req.valid('query'))), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/modules/{id}/enable',
        tags: ['modules'],
        summary: 'Enable a module',
        request: { params: One },
        responses: { 200: json(ModuleShape, 'The module, enabled'), ...PROBLEMS },
      }),
      async (c) => {
        const module = c.req.valid('param').id;
        const view = await enableModule(c.var.deps.core, { module, by: c.var.viewer.actor });
        return c.json(ModuleShape.parse(view), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/modules/{id}/disable',
        tags: ['modules'],
        summary: 'Disable a module: mappings and history stay, counts freeze',
        request: { params: One },
        responses: { 200: json(ModuleShape, 'The module, disabled'), ...PROBLEMS },
      }),
      async (c) => {
        const module = c.req.valid('param').id;
        const view = await disableModule(c.var.deps.core, { module, by: c.var.viewer.actor });
        return c.json(ModuleShape.parse(view), 200);
      },
    );
}
