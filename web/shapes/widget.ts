import { z } from '@hono/zod-openapi';
import { ENTITIES, WidgetDefinition } from '../../src/widgets/widget-definition.ts';

export const WidgetShape = z
  .looseObject({
    id: z.string().openapi({ example: 'pending-by-module' }),
    title: z.string(),
    description: z.string().optional(),
    entity: z.enum(ENTITIES),
    measure: z.object({ field: z.string(), aggregate: z.string() }),
    groupBy: z.string(),
    breakDownBy: z.string().optional(),
    chart: z.enum(WidgetDefinition.shape.chart.options),
  })
  .openapi('Widget');
