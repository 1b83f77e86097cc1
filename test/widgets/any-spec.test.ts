import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { query, type WidgetResult } from '../../src/widgets/query.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { anyBook, anyDefinition } from './any-definition.ts';
import { makeItem, noNames } from './sample-items.ts';
import { specSchema } from './spec-schema.ts';
import { sumFigures } from './sum-figures.ts';

const validate = specSchema();
const today = isoDate('2026-11-22');
const TOTALS = new Set(['number', 'needle-gauge', 'doughnut-gauge']);
const MOST_TABLE_ROWS = 40;

/** The value each mark of the result is drawn with, by mark index. */
function drawn(value: unknown, marks = new Map<number, number>()): Map<number, number> {
  if (Array.isArray(value)) for (const inner of value) drawn(inner, marks);
  else if (value !== null && typeof value === 'object') {
    const row = value as Record<string, unknown>;
    // The label above a stack stands at the stack's end, which is not its figure.
    if (typeof row.mark === 'number' && typeof row.value === 'number' && 'text' in row)
      marks.set(row.mark, row.value);
    for (const inner of Object.values(row)) drawn(inner, marks);
  }
  return marks;
}

function expectEveryMark(result: WidgetResult, spec: object): void {
  const marks = drawn(spec);
  for (const panel of result.panels) {
    const shown = TOTALS.has(result.definition.chart) ? [panel.total] : panel.cells.slice(0, MOST_TABLE_ROWS);
    for (const mark of shown) expect(marks.get(mark.index)).toBe(mark.number);
  }
}

/** Sums and counts of the cells are the total, to the cent. */
function expectTotals({ panels, definition }: WidgetResult): void {
  const { aggregate, field } = definition.measure;
  if (aggregate !== 'sum' && aggregate !== 'count') return;
  for (const { cells, total } of panels) {
    const values = cells.map((mark) => mark.value);
    expect(sumFigures(aggregate === 'count' ? 'count' : field, values)).toBe(total.value);
  }
}

test('any definition over any billing items: a valid spec whose marks are the figures and sum to the totals', () => {
  const charts = new Set<string>();
  fc.assert(
    fc.property(anyDefinition, anyBook, (definition, sketches) => {
      const result = query(definition, sketches.map(makeItem), { names: noNames, today });
      const spec = JSON.parse(JSON.stringify(toVegaLite(result)));
      const valid: boolean = validate(spec);
      if (!valid) throw new Error(JSON.stringify(validate.errors?.slice(0, 3)));
      expect(JSON.stringify(spec)).not.toMatch(/NaN|Infinity/);
      expectEveryMark(result, spec);
      expectTotals(result);
      charts.add(definition.chart);
    }),
    { numRuns: 120 },
  );
  expect(charts.size).toBeGreaterThan(12);
}, 60_000);
