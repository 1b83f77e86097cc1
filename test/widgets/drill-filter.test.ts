import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { filterTest } from '../../src/widgets/billing-item-filter.ts';
import { decodeBillingItemFilter } from '../../src/widgets/billing-item-filter-url.ts';
import { drillFilter } from '../../src/widgets/drill-filter.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import { type Figure, isMoneyField, partOf } from '../../src/widgets/measure.ts';
import { query, type WidgetResult } from '../../src/widgets/query.ts';
import { readyWidgets } from '../../src/widgets/ready-widgets.ts';
import { CHART_TYPES, DIMENSIONS, WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { makeItem, noNames } from './sample-items.ts';
import { sumFigures } from './sum-figures.ts';

const cents = fc.integer({ min: -99_999, max: 999_999 }).map((n) => (n / 10_000).toFixed(4));
const sketches = fc.record({
  status: fc.constantFrom('pending' as const, 'posted' as const),
  organization: fc.constantFrom('1', '2', '3', '4'),
  module: fc.constantFrom('datto-rmm', 'graphus', 'vulscan', 'traverse', null),
  billingType: fc.constantFrom('AllDevicesMetric', 'Server, any', '(none)', null),
  service: fc.constantFrom('Backup, daily', '(other)', 'Other', '100%'),
  start: fc.constantFrom('2025-10-31', '2026-01-31', '2026-02-28', '2026-10-15', '2026-11-01'),
  units: fc.integer({ min: -5, max: 40 }),
  amount: cents,
  cost: cents,
  currency: fc.constantFrom('USD', 'USD', 'EUR'),
});
const books = fc.array(sketches, { maxLength: 40 }).map((list) => list.map(makeItem));
const today = isoDate('2026-11-22');

/** Through the URL, as a person's click goes. */
function sumBehind(result: WidgetResult, index: number, items: readonly BillingItem[]): Figure {
  const mark = result.marks[index];
  const href = markLinks(result, '/dashboard/items')[index]?.href ?? '';
  if (!mark) throw new Error('no such mark');
  const test = filterTest(decodeBillingItemFilter(new URL(href, 'http://icb.test').searchParams));
  const { field } = result.definition.measure;
  const parts = items.filter(test).map((item) => partOf(field, item));
  return sumFigures(
    field,
    parts.filter((part) => part !== undefined),
  );
}

function expectExact(definition: WidgetDefinition, items: readonly BillingItem[]): void {
  const result = query(definition, items, { names: noNames, today });
  for (const mark of result.marks) expect(sumBehind(result, mark.index, items)).toBe(mark.value);
}

describe('the rows behind a mark sum exactly to it', () => {
  test.each(readyWidgets.filter(({ entity }) => entity !== 'leakage'))('$id', (definition) => {
    fc.assert(
      fc.property(books, (items) => expectExact(definition, items)),
      { numRuns: 40 },
    );
  });

  test('in any widget', () => {
    const definitions = fc
      .record({
        id: fc.constant('any'),
        title: fc.constant('Any'),
        entity: fc.constantFrom('pending', 'posted', 'both'),
        measure: fc.record({ field: fc.constantFrom('amount', 'cost', 'margin', 'units', 'count') }),
        groupBy: fc.constantFrom(...DIMENSIONS),
        breakDownBy: fc.option(fc.constantFrom(...DIMENSIONS), { nil: undefined }),
        chart: fc.constantFrom(...CHART_TYPES),
        top: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        breakDownTop: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
        filters: fc.record(
          {
            module: fc.constant(['datto-rmm', 'graphus', 'vulscan']),
            months: fc.constantFrom('last-12-months', 'last-3-months', 'this-quarter', 'last-year'),
            noModule: fc.constant(true),
            except: fc.constant({ organization: ['2'], module: ['graphus'] }),
            kind: fc.constant('period'),
            serviceContains: fc.constant('MONITOR'),
            minAmount: fc.constant('5.00'),
            maxUnits: fc.constant(9),
          },
          { requiredKeys: [] },
        ),
      })
      .map((input) => WidgetDefinition.safeParse(input))
      .filter((parsed) => parsed.success)
      .map((parsed) => parsed.data);
    fc.assert(fc.property(definitions, books, expectExact), { numRuns: 200 });
  });
});

test('the marks of a panel sum to its total, money to the cent', () => {
  fc.assert(
    fc.property(books, fc.constantFrom(...readyWidgets), (items, definition) => {
      const shown = { ...definition, showOther: true };
      const { field } = definition.measure;
      for (const panel of query(shown, items, { names: noNames, today }).panels) {
        expect(
          sumFigures(
            field,
            panel.cells.map((mark) => mark.value),
          ),
        ).toBe(panel.total.value);
        expect(panel.currency !== undefined).toBe(isMoneyField(field));
      }
    }),
    { numRuns: 60 },
  );
});

test('a count is of every item, also of those without a cost', () => {
  const items = [makeItem({ cost: '1.00' }), makeItem({ currency: 'EUR' })];
  for (const field of ['cost', 'margin', 'unitCost'] as const) {
    const definition = WidgetDefinition.parse({
      ...{ id: 'x', title: 'X', entity: 'both', measure: { field, aggregate: 'count' } },
      ...{ groupBy: 'module', chart: 'bar' },
    });
    const result = query(definition, items, { names: noNames, today });
    expect([result.marks.map(({ value }) => value), result.withoutCost]).toEqual([[2, 2], 0]);
    for (const mark of result.marks)
      expect(items.filter(filterTest(drillFilter(result, mark)))).toHaveLength(Number(mark.value));
  }
});

test('a mark whose rows no address of a fair length names has no link', () => {
  const items = Array.from({ length: 60 }, (_, at) =>
    makeItem({ service: `${'Überwachung '.repeat(14)}${at}`, units: at + 1 }),
  );
  const definition = WidgetDefinition.parse({
    ...{ id: 'x', title: 'X', entity: 'both', measure: { field: 'units' }, groupBy: 'service' },
    ...{ chart: 'bar', top: 50, showOther: true },
  });
  const result = query(definition, items, { names: noNames, today });
  const links = markLinks(result, '/dashboard/items');
  const other = result.marks.find((mark) => mark.group?.kind === 'other');
  expect(links[other?.index ?? -1]?.href).toBe('');
  for (const { href } of links) expect(href.length).toBeLessThan(6_100);
  expect(links.filter(({ href }) => href !== '')).toHaveLength(result.marks.length - 1);
});

test('of two different currencies that must both hold, nothing is left', () => {
  const items = [makeItem(), makeItem({ currency: 'EUR' })];
  const shown = (currency: string) => {
    const definition = WidgetDefinition.parse({
      ...{ id: 'x', title: 'X', entity: 'both', measure: { field: 'amount' }, groupBy: 'module' },
      ...{ chart: 'bar', currency: 'USD', filters: { currency } },
    });
    return query(definition, items, { names: noNames, today }).panels.map((panel) => panel.currency);
  };
  expect([shown('USD'), shown('EUR')]).toEqual([['USD'], []]);
});

test('Other leaves out what is shown and keeps the widget’s own filter', () => {
  const definition = WidgetDefinition.parse({
    id: 'x',
    title: 'X',
    entity: 'pending',
    measure: { field: 'amount' },
    groupBy: 'module',
    chart: 'bar',
    filters: { module: ['datto-rmm', 'graphus', 'vulscan'] },
    top: 1,
  });
  const items = [
    makeItem({ amount: '5.00' }),
    makeItem({ module: 'graphus' }),
    makeItem({ module: 'vulscan' }),
  ];
  const result = query(definition, items, { names: noNames, today });
  const other = result.marks.find((mark) => mark.group?.kind === 'other');
  expect(other && drillFilter(result, other)).toEqual({
    status: 'pending',
    module: ['datto-rmm', 'graphus', 'vulscan'],
    currency: 'USD',
    except: { module: ['graphus'] },
  });
});
