import { createRoute, z } from '@hono/zod-openapi';
import {
  copyWidget,
  createWidget,
  deleteWidget,
  editWidget,
  undoWidget,
  widgetHistory,
} from '../../src/usecases/stored-widgets.ts';
import { widgetDefinition } from '../../src/usecases/widget-data.ts';
import { ifMatch } from '../etag.ts';
import { By, Instant, json, jsonBody, PROBLEMS } from '../shapes/common.ts';
import { WidgetShape } from '../shapes/widget.ts';
import { apiRouter } from './api-router.ts';

const One = z.object({ id: z.string() });
/** Read by the core, which lists every wrong field in words. */
const Definition = z.record(z.string(), z.unknown()).openapi('WidgetDefinition', {
  description: 'Closed: an unknown field is refused. Never a Vega-Lite spec',
});
const made = json(WidgetShape, 'The widget as it is now');
const History = z.object({
  items: z.array(z.object({ at: Instant, by: By, definition: z.record(z.string(), z.unknown()) })),
});

const now = { 200: made, ...PROBLEMS };
const created = { 201: made, ...PROBLEMS };
const tags = ['widgets'];

const make = createRoute({
  method: 'post',
  path: '/widgets',
  tags,
  summary: 'Make a widget',
  responses: created,
  request: jsonBody(Definition),
});
const edit = createRoute({
  method: 'put',
  path: '/widgets/{id}',
  tags,
  responses: now,
  summary:
    'Change a widget; the history keeps what it was. With If-Match of an older revision (the ETag of /api/widgets/{id}) nothing is overwritten',
  request: { params: One, ...jsonBody(Definition) },
});
const undo = createRoute({
  method: 'post',
  path: '/widgets/{id}/undo',
  tags,
  responses: now,
  summary:
    'Take the last change back; undone once more, it is there again. With If-Match of an older revision nothing is undone',
  request: { params: One },
});
const copy = createRoute({
  method: 'post',
  path: '/widgets/{id}/copy',
  tags,
  responses: created,
  summary: 'Copy a widget, ready ones too',
  request: { params: One },
});

/** Widgets that people make; the ready ones can only be copied. */
export function storedWidgetRoutes() {
  return apiRouter()
    .openapi(make, async (c) => {
      const widget = await createWidget(c.var.deps.core, c.var.viewer.actor, c.req.valid('json'));
      return c.json(WidgetShape.parse(widget), 201);
    })
    .openapi(edit, async (c) => {
      const { id } = c.req.valid('param');
      const widget = await editWidget(
        c.var.deps.core,
        c.var.viewer.actor,
        id,
        c.req.valid('json'),
        ifMatch(c),
      );
      return c.json(WidgetShape.parse(widget), 200);
    })
    .openapi(undo, async (c) => {
      const widget = await undoWidget(
        c.var.deps.core,
        c.var.viewer.actor,
        c.req.valid('param').id,
        ifMatch(c),
      );
      return c.json(WidgetShape.parse(widget), 200);
    })
    .openapi(copy, async (c) => {
      const of = await widgetDefinition(c.var.deps.core, c.req.valid('param').id);
      return c.json(WidgetShape.parse(await copyWidget(c.var.deps.core, c.var.viewer.actor, of)), 201);
    })
    .openapi(
      createRoute({
        method: 'delete',
        path: '/widgets/{id}',
        tags: ['widgets'],
        summary: 'Delete a widget that no tab shows',
        request: { params: One },
        responses: { 204: { description: 'Deleted' }, ...PROBLEMS },
      }),
      async (c) => {
        await deleteWidget(c.var.deps.core, c.var.viewer.actor, c.req.valid('param').id, ifMatch(c));
        return c.body(null, 204);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/widgets/{id}/history',
        tags: ['widgets'],
        summary: 'What a widget was, newest first',
        request: { params: One },
        responses: { 200: json(History, 'Versions'), ...PROBLEMS },
      }),
      async (c) => {
        const items = await widgetHistory(c.var.deps.core, c.req.valid('param').id);
        return c.json(History.parse({ items }), 200);
      },
    );
}
