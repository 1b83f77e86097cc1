import { createRoute, z } from '@hono/zod-openapi';
import { findStoredWidget } from '../../src/usecases/stored-widgets.ts';
import { listWidgets, widgetDefinition } from '../../src/usecases/widget-data.ts';
import { widgetRevision } from '../../src/usecases/widget-revisions.ts';
import { json, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { WidgetShape } from '../shapes/widget.ts';
import { widgetOnTab } from '../widgets/widget-on-tab.ts';
import { apiRouter } from './api-router.ts';

const One = z.object({ id: z.string() });
const Look = z.object({
  theme: z.enum(['light', 'dark']).optional(),
  tab: z.string().max(80).optional().openapi({ description: 'As this tab shows it, its filter included' }),
});
const Spec = z.record(z.string(), z.unknown()).openapi('VegaLiteSpec', {
  description: 'Vega-Lite 6 with its data inline; output only, never accepted',
});

export function widgetRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/widgets',
        tags: ['widgets'],
        summary: 'Widget definitions',
        request: { query: PageQuery },
        responses: { 200: json(pageOf(WidgetShape), 'Widgets'), ...PROBLEMS },
      }),
      async (c) => {
        const widgets = await listWidgets(c.var.deps.core);
        return c.json(pageOf(WidgetShape).parse(pageFrom(widgets, c.req.valid('query'))), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/widgets/{id}',
        tags: ['widgets'],
        summary: 'One widget definition; with .svg, .png or .csv behind the id, what it shows',
        request: { params: One },
        responses: { 200: json(WidgetShape, 'The definition'), ...PROBLEMS },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const definition = await widgetDefinition(core, c.req.valid('param').id);
        const stored = await findStoredWidget(core, definition.id);
        if (stored) c.header('ETag', `"${widgetRevision(stored)}"`);
        return c.json(WidgetShape.parse(definition), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/widgets/{id}/spec',
        tags: ['widgets'],
        summary: 'The widget as a Vega-Lite spec with inline data',
        request: { params: One, query: Look },
        responses: { 200: json(Spec, 'The spec'), ...PROBLEMS },
      }),
      async (c) => {
        const { deps, viewer } = c.var;
        const { theme, tab } = c.req.valid('query');
        const definition = await widgetOnTab(deps.core, viewer, c.req.valid('param').id, tab);
        const data = await c.var.widgets.read(definition);
        return c.json(Spec.parse(c.var.pictures.spec(data, theme ?? definition.theme ?? 'light')), 200);
      },
    );
}
