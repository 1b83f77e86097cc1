import { createRoute, z } from '@hono/zod-openapi';
import { addModule, changeModule, removeModule } from '../../src/usecases/added-modules.ts';
import { By, Instant, json, jsonBody, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Unit = z.enum(['count', 'true-false']);

const Given = z
  .object({
    name: z.string().openapi({ example: 'Huntress' }),
    billingTypes: z.array(
      z.object({
        name: z.string().openapi({ example: 'Agents' }),
        label: z.string().optional(),
        unit: Unit,
        contains: z.array(z.string()).optional().openapi({
          description: 'Billing types of this module whose usage this one contains',
        }),
      }),
    ),
  })
  .openapi('AddedModuleInput');

const Added = z
  .object({
    id: z.string().openapi({ example: 'huntress' }),
    name: z.string(),
    billingTypes: z.array(
      z.object({
        name: z.string(),
        label: z.string(),
        unit: Unit,
        description: z.string(),
        contains: z.array(z.string()),
      }),
    ),
    addedAt: Instant,
    addedBy: By,
  })
  .openapi('AddedModule');

const One = z.object({ id: z.string().openapi({ example: 'huntress' }) });

/** Modules that people add to the catalogue. */
export function addedModuleRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/modules',
        tags: ['modules'],
        summary: 'Add a module of your own to the catalogue',
        description: 'Its id is the slug of its name. Send its usage with POST /usage, then enable it.',
        request: jsonBody(Given),
        responses: { 201: json(Added, 'The module'), ...PROBLEMS },
      }),
      async (c) => {
        const module = c.req.valid('json');
        const added = await addModule(c.var.deps.core, { by: c.var.viewer.actor, module });
        return c.json(Added.parse(added), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/modules/{id}',
        tags: ['modules'],
        summary: 'Change a module of your own',
        description: 'While it is in use, its billing types keep their name and unit; others may be added.',
        request: { params: One, ...jsonBody(Given) },
        responses: { 200: json(Added, 'The module'), ...PROBLEMS },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        const module = c.req.valid('json');
        const changed = await changeModule(c.var.deps.core, { by: c.var.viewer.actor, id, module });
        return c.json(Added.parse(changed), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/modules/{id}',
        tags: ['modules'],
        summary: 'Take a module of your own out of the catalogue, while nothing uses it',
        request: { params: One },
        responses: { 204: { description: 'It is gone' }, ...PROBLEMS },
      }),
      async (c) => {
        await removeModule(c.var.deps.core, { by: c.var.viewer.actor, id: c.req.valid('param').id });
        return c.body(null, 204);
      },
    );
}
