import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { chars, id } from './objects.ts';
import { richTextParts } from './rich-text.ts';

const block_id = id.optional();

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: chars(LIMITS.dataTable.characters) }),
  z.strictObject({
    type: z.literal('raw_number'),
    value: z.number(),
    text: chars(LIMITS.dataTable.characters).optional(),
  }),
  z.strictObject({ type: z.literal('rich_text'), block_id, elements: richTextParts }),
]);

const sameWidth = (rows: readonly (readonly unknown[])[]) =>
  rows.every((row) => row.length === rows[0]?.length);
const RAGGED = { message: 'every row must have the same number of cells', path: ['rows'] };

const textLength = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) =>
      sum + (key === 'text' && typeof one === 'string' ? [...one].length : textLength(one)),
    0,
  );
};

export const table = z
  .strictObject({
    type: z.literal('table'),
    block_id,
    rows: z.array(z.array(cell).min(1).max(LIMITS.table.columns)).min(1).max(LIMITS.table.rows),
    column_settings: z
      .array(
        z
          .strictObject({
            align: z.enum(['left', 'center', 'right']).optional(),
            is_wrapped: z.boolean().optional(),
          })
          .nullable(),
      )
      .max(LIMITS.table.columns)
      .optional(),
  })
  .refine((it) => sameWidth(it.rows), RAGGED)
  .refine((it) => !it.column_settings || it.column_settings.length <= (it.rows[0]?.length ?? 0), {
    message: 'column_settings must match the number of columns',
    path: ['column_settings'],
  });

export const dataTable = z
  .strictObject({
    type: z.literal('data_table'),
    block_id,
    caption: chars(LIMITS.text),
    rows: z
      .array(z.array(cell).min(1).max(LIMITS.dataTable.columns))
      .min(LIMITS.dataTable.minRows)
      .max(LIMITS.dataTable.rows),
    page_size: z.number().int().min(1).max(LIMITS.dataTable.pageSize).optional(),
    row_header_column_index: z.number().int().min(0).optional(),
  })
  .refine((it) => sameWidth(it.rows), RAGGED)
  .refine((it) => textLength(it.rows) <= LIMITS.dataTable.characters, {
    message: `must be less than ${LIMITS.dataTable.characters + 1} characters in total`,
    path: ['rows'],
  });

const label = chars(LIMITS.chart.label);
const axisLabel = chars(LIMITS.chart.axisLabel).optional();
const series = z.strictObject({
  name: label,
  data: z
    .array(z.strictObject({ label, value: z.number() }))
    .min(1)
    .max(LIMITS.chart.points),
});
const axisChart = <T extends 'bar' | 'line' | 'area'>(type: T) =>
  z
    .strictObject({
      type: z.literal(type),
      series: z.array(series).min(1).max(LIMITS.chart.parts),
      axis_config: z.strictObject({
        categories: z.array(label).min(1).max(LIMITS.chart.points),
        x_label: axisLabel,
        y_label: axisLabel,
      }),
    })
    .refine(
      ({ series: all, axis_config }) =>
        all.every(({ data }) =>
          axis_config.categories.every((category) => data.some((point) => point.label === category)),
        ),
      { message: 'every series must have a point for every category', path: ['series'] },
    );

const pie = z.strictObject({
  type: z.literal('pie'),
  segments: z
    .array(
      z.strictObject({ label, value: z.number().refine((value) => value > 0, 'must be greater than 0') }),
    )
    .min(1)
    .max(LIMITS.chart.parts),
});

export const dataVisualization = z.strictObject({
  type: z.literal('data_visualization'),
  block_id,
  title: chars(LIMITS.chart.title),
  chart: z.discriminatedUnion('type', [axisChart('bar'), axisChart('line'), axisChart('area'), pie]),
});
