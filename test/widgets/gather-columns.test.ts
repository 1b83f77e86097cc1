import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { BillingItemFilter } from '../../src/widgets/billing-item-filter.ts';
import { gatherColumns } from '../../src/widgets/gather-columns.ts';
import { columnsOf, newDictionaries } from '../../src/widgets/item-columns.ts';
import { measuredField } from '../../src/widgets/measure.ts';
import {
  type QueryContext,
  query,
  queryBuckets,
  queryDimensions,
  queryFilters,
  type WidgetResult,
} from '../../src/widgets/query.ts';
import { rollUp } from '../../src/widgets/roll-up.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { WidgetFilters } from '../../src/widgets/widget-filters.ts';
import { anyBook, anyDefinition } from './any-definition.ts';
import { makeItem, noNames } from './sample-items.ts';

const today = isoDate('2026-11-22');

/** As the product does it; undefined where columns do not apply. */
function byColumns(
  definition: WidgetDefinition,
  items: readonly BillingItem[],
  context: QueryContext,
): { readonly result: WidgetResult; readonly rolledUp: boolean } | undefined {
  const dictionaries = newDictionaries();
  const months = columnsOf(items, dictionaries);
  if (!months) return undefined;
  const by = queryDimensions(definition);
  const gatherer = gatherColumns(dictionaries, queryFilters(definition, context), by, [
    measuredField(definition.measure),
  ]);
  for (const columns of months) gatherer.add({ columns, cells: rollUp(columns) });
  return {
    result: queryBuckets(definition, gatherer.buckets(), context),
    rolledUp: gatherer.rolledUp,
  };
}

const some = <T>(...values: readonly T[]) => fc.subarray([...values], { minLength: 1 });
const lists = {
  module: some('datto-rmm', 'graphus', 'datto-bcdr'),
  organization: some('1', '2', '9'),
  contract: some('100', '101'),
  billingType: fc.constant(['AllDevicesMetric']),
  service: some('Desktop Monitoring', 'Backup'),
  noModule: fc.boolean(),
  noBillingType: fc.boolean(),
};
const anyFilters = fc
  .record(
    {
      ...lists,
      months: fc.constantFrom('this-month', 'last-12-months', { from: '2026-02' }, { to: '2026-10' }),
      kind: fc.constantFrom('period', 'adjustment'),
      currency: fc.constantFrom('USD', 'EUR'),
      serviceContains: fc.constantFrom('MON', 'ack', 'x'),
      minAmount: fc.constantFrom('0.00', '12.3450', '-5'),
      maxAmount: fc.constantFrom('300', '0.005'),
      minUnits: fc.integer({ min: -5, max: 3 }),
      maxUnits: fc.integer({ min: 4, max: 50 }),
      except: fc.record(lists, { requiredKeys: [] }),
    },
    { requiredKeys: [] },
  )
  .map((input) => WidgetFilters.parse(input));
const sketch = fc.record({
  contract: fc.constantFrom('100', '101', '102'),
  service: fc.constantFrom('Desktop Monitoring', 'Backup', 'Mail'),
  amount: fc.constantFrom('0.0050', '-4.1650', '12.3450', '10.00', '299.9951'),
});
const anyItems = fc
  .tuple(anyBook, fc.array(sketch, { minLength: 25, maxLength: 25 }))
  .map(([book, more]) => book.map((each, i) => makeItem(i % 2 ? { ...each, ...more[i] } : each)));

test('columns and roll-ups answer any definition over any items exactly as the items themselves', () => {
  const seen = { rolledUp: 0, columns: 0, figures: 0 };
  fc.assert(
    fc.property(
      anyDefinition,
      anyItems,
      fc.option(anyFilters, { nil: undefined, freq: 1 }),
      fc.oneof(
        fc.constant([]),
        anyFilters.map((one) => [one]),
      ),
      (definition, items, filters, scope) => {
        const asked = filters ? { ...definition, filters } : definition;
        const context = { names: noNames, today, scope };
        const found = byColumns(asked, items, context);
        expect(found?.result).toEqual(query(asked, items, context));
        seen[found?.rolledUp ? 'rolledUp' : 'columns'] += 1;
        seen.figures += found?.result.marks.length ?? 0;
      },
    ),
    { numRuns: 400 },
  );
  expect(seen.rolledUp).toBeGreaterThan(20);
  expect(seen.columns).toBeGreaterThan(20);
  expect(seen.figures).toBeGreaterThan(60);
});

const byModule = WidgetDefinition.parse({
  id: 'x',
  title: 'X',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'module',
  chart: 'bar',
});
const context = { names: noNames, today };

test('figures whose sum a number cannot hold exactly stay out of columns', () => {
  const large = (amount: string) => [makeItem({ amount }), makeItem({ amount: '0.01' })];
  expect(byColumns(byModule, large('1000000000.00'), context)?.result.panels[0]?.total.value).toBe(
    '1000000000.01',
  );
  expect(byColumns(byModule, large('999999999999.99'), context)).toBeUndefined();
  expect(query(byModule, large('999999999999.99'), context).panels[0]?.total.value).toBe('1000000000000.00');
});

test('whatever is grouped by module and month comes from roll-ups, an organization from columns', () => {
  const items = [makeItem(), makeItem({ organization: '2', units: 3 })];
  expect(byColumns({ ...byModule, breakDownBy: 'month' }, items, context)?.rolledUp).toBe(true);
  expect(byColumns({ ...byModule, groupBy: 'organization' }, items, context)?.rolledUp).toBe(false);
  const filter = BillingItemFilter.parse({ organization: ['2'] });
  const of = byColumns({ ...byModule, filters: filter }, items, context);
  expect(of?.result.panels[0]?.total.value).toBe('30.00');
});
