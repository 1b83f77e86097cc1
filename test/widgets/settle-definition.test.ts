import { expect, test } from 'vitest';
import { definitionDiff } from '../../src/widgets/definition-diff.ts';
import { jsonLines } from '../../src/widgets/json-lines.ts';
import { libraryWidgets } from '../../src/widgets/library-widgets.ts';
import { readyWidgets } from '../../src/widgets/ready-widgets.ts';
import { offers, SHAPE_FIELDS, type Shape, settle } from '../../src/widgets/settle-definition.ts';
import { CHART_TYPES, WidgetDefinition } from '../../src/widgets/widget-definition.ts';

const bar: Shape = {
  entity: 'both',
  chart: 'bar',
  field: 'amount',
  aggregate: 'sum',
  groupBy: 'module',
  breakDownBy: '',
};

test.each<[string, Partial<Shape>, readonly (keyof Shape)[], Partial<Shape>]>([
  [
    'a break-down makes a bar a stacked bar',
    { breakDownBy: 'month' },
    ['breakDownBy'],
    { chart: 'stacked-bar' },
  ],
  ['a pie drops the break-down', { chart: 'pie', breakDownBy: 'month' }, ['chart'], { breakDownBy: '' }],
  [
    'a stacked chart gets a break-down',
    { chart: 'stacked-column' },
    ['chart'],
    { breakDownBy: 'organization' },
  ],
  ['a price is not summed up', { field: 'unitPrice' }, ['field'], { aggregate: 'average' }],
  [
    'a pie of averages counts instead',
    { chart: 'pie', aggregate: 'average' },
    ['chart'],
    { aggregate: 'sum' },
  ],
  [
    'leakage is grouped and measured by what it has',
    { entity: 'leakage', groupBy: 'month', field: 'margin' },
    ['entity'],
    { groupBy: 'module', field: 'amount', chart: 'bar' },
  ],
  ['a reason is one of leakage', { groupBy: 'reason' }, ['groupBy'], { entity: 'leakage' }],
  [
    'two choices made at once both stay',
    { groupBy: 'month', breakDownBy: 'status' },
    ['groupBy', 'breakDownBy'],
    { groupBy: 'month', breakDownBy: 'status', chart: 'stacked-bar' },
  ],
])('%s', (_name, change, kept, expected) => {
  expect(settle({ ...bar, ...change }, kept)).toMatchObject(expected);
});

test('whatever is offered is accepted by the schema, from every chart', () => {
  for (const chart of CHART_TYPES) {
    const shape = settle({ ...bar, chart }, ['chart']);
    expect(shape.chart).toBe(chart);
    for (const field of SHAPE_FIELDS)
      for (const { value, follows } of offers(shape, field)) {
        const {
          breakDownBy,
          field: measured,
          aggregate,
          ...rest
        } = settle({ ...shape, [field]: value }, [field]);
        const definition = {
          id: 'x',
          title: 'X',
          measure: { field: measured, aggregate },
          ...rest,
        };
        const whole = breakDownBy ? { ...definition, breakDownBy } : definition;
        expect(WidgetDefinition.safeParse(whole).success, `${chart} ${field} ${value} ${follows}`).toBe(true);
      }
  }
});

test('a change in words; nothing where nothing changed', () => {
  const before = WidgetDefinition.parse({
    ...{
      id: 'x',
      title: 'X',
      entity: 'posted',
      measure: { field: 'amount' },
      groupBy: 'module',
      chart: 'bar',
    },
    filters: { months: 'last-month', module: ['a'] },
    top: 5,
  });
  const { top: _, ...rest } = before;
  const after = WidgetDefinition.parse({
    ...rest,
    entity: 'both',
    goal: { value: '100' },
    filters: { months: { from: '2026-01' }, except: { organization: ['o1', 'o2'] } },
  });
  expect(definitionDiff(before, before)).toEqual([]);
  expect(definitionDiff(before, after)).toEqual([
    'Billing items: posted billing items → pending and posted billing items',
    'Largest groups: no longer 5',
    'Goal: 100.00 (Goal)',
    'Filter module: no longer a',
    'Filter months: last month → from 2026-01',
    'Leave out organization: o1, o2',
  ]);
});

test('the line of each value, strings with brackets and escapes included', () => {
  const lines = jsonLines('{\n "a{": {"b": [1,\n  {"c": "]\\"}"}]},\n "d": null\n}');
  expect([...lines]).toEqual([
    ['', 1],
    ['a{', 2],
    ['a{.b', 2],
    ['a{.b.0', 2],
    ['a{.b.1', 3],
    ['a{.b.1.c', 3],
    ['d', 4],
  ]);
});

test('library widgets have ids of their own', () => {
  const ids = [...readyWidgets, ...libraryWidgets].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
