import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { narrowDefinition } from '../../src/widgets/narrow-definition.ts';
import { query } from '../../src/widgets/query.ts';
import { WidgetFilters } from '../../src/widgets/widget-filters.ts';
import { anyBook, anyDefinition } from './any-definition.ts';
import { makeItem, noNames } from './sample-items.ts';

const filters = fc
  .record(
    {
      module: fc.subarray(['datto-rmm', 'graphus'], { minLength: 1 }),
      organization: fc.constant(['1', '3']),
    },
    { requiredKeys: [] },
  )
  .map((given) => WidgetFilters.parse(given));
const own = fc
  .record(
    {
      module: fc.constant(['graphus', 'vulscan']),
      noModule: fc.constant(true),
      organization: fc.constant(['1']),
    },
    { requiredKeys: [] },
  )
  .map((given) => WidgetFilters.parse(given));

test('a narrowed definition shows what a scope of the same filters shows', () => {
  fc.assert(
    fc.property(anyDefinition, anyBook, filters, own, (definition, sketches, tab, had) => {
      const items = sketches.map(makeItem);
      const widget = { ...definition, filters: { ...definition.filters, ...had } };
      const context = { names: noNames, today: isoDate('2026-11-22') };
      const narrowed = query(narrowDefinition(widget, tab), items, context);
      const scoped = query(widget, items, { ...context, scope: [tab] });
      expect(narrowed.panels).toEqual(scoped.panels);
    }),
    { numRuns: 150 },
  );
});
