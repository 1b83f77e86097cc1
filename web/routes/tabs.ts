import { createRoute, z } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';
import { deleteTab, findTab, listTabs, saveTab, seesTab } from '../../src/usecases/tabs.ts';
import { ifMatch } from '../etag.ts';
import { json, jsonBody, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const TabShape = z
  .looseObject({
    id: z.string().openapi({ example: 'icb' }),
    name: z.string(),
    group: z.string().optional(),
    widgets: z.array(z.string()),
    publishedTo: z.array(z.string()),
  })
  .openapi('Tab');
const One = z.object({ id: z.string() });
/** Read by the core, which lists every wrong field in words. */
const Body = jsonBody(z.record(z.string(), z.unknown()));

/** Tabs of widgets. A viewer sees those published to viewers. */
export function tabRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/tabs',
        tags: ['tabs'],
        summary: 'Tabs of widgets',
        request: { query: PageQuery },
        responses: { 200: json(pageOf(TabShape), 'Tabs'), ...PROBLEMS },
      }),
      async (c) => {
        const tabs = (await listTabs(c.var.deps.core)).filter((tab) => seesTab(tab, c.var.viewer.role));
        return c.json(pageOf(TabShape).parse(pageFrom(tabs, c.req.valid('query'))), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/tabs/{id}',
        tags: ['tabs'],
        summary: 'One tab',
        request: { params: One },
        responses: { 200: json(TabShape, 'The tab'), ...PROBLEMS },
      }),
      async (c) => {
        const tab = await findTab(c.var.deps.core, c.req.valid('param').id);
        if (!seesTab(tab, c.var.viewer.role)) throw new IcbError('not-found', `There is no tab "${tab.id}".`);
        return c.json(TabShape.parse(tab), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/tabs',
        tags: ['tabs'],
        summary: 'Make a tab of at most 24 widgets',
        request: Body,
        responses: { 201: json(TabShape, 'The tab'), ...PROBLEMS },
      }),
      async (c) => {
        const tab = await saveTab(c.var.deps.core, c.var.viewer.actor, c.req.valid('json'));
        return c.json(TabShape.parse(tab), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/tabs/{id}',
        tags: ['tabs'],
        summary: 'Change a tab',
        request: { params: One, ...Body },
        responses: { 200: json(TabShape, 'The tab'), ...PROBLEMS },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        // With If-Match of the `revision` that was read, a later change is not overwritten.
        const tab = await saveTab(c.var.deps.core, c.var.viewer.actor, c.req.valid('json'), id, ifMatch(c));
        return c.json(TabShape.parse(tab), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'delete',
        path: '/tabs/{id}',
        tags: ['tabs'],
        summary: 'Delete a tab; its widgets stay',
        request: { params: One },
        responses: { 204: { description: 'Deleted' }, ...PROBLEMS },
      }),
      async (c) => {
        await deleteTab(c.var.deps.core, c.var.viewer.actor, c.req.valid('param').id, ifMatch(c));
        return c.body(null, 204);
      },
    );
}
