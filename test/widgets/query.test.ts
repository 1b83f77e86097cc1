import { describe, expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import type { Names } from '../../src/widgets/heading.ts';
import { query } from '../../src/widgets/query.ts';
import { WidgetDefinition, type WidgetDefinitionInput } from '../../src/widgets/widget-definition.ts';
import { type ItemSketch, makeItem, noNames } from './sample-items.ts';

const base: WidgetDefinitionInput = {
  id: 'test',
  title: 'Test',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'module',
  chart: 'table',
};

function run(changes: Partial<WidgetDefinitionInput>, items: ItemSketch[], names: Names = noNames) {
  const definition = WidgetDefinition.parse({ ...base, ...changes });
  return query(definition, items.map(makeItem), { names, today: isoDate('2026-11-22') });
}

const cells = (result: ReturnType<typeof run>, panel = 0) =>
  result.panels[panel]?.cells.map((mark) => [
    mark.group?.label,
    ...(mark.series ? [mark.series.label] : []),
    mark.value,
  ]);

describe('sums', () => {
  test('add the two-decimal figures of pending items, not their four decimals', () => {
    const result = run({}, [{ amount: '0.0050' }, { amount: '0.0050' }, { amount: '1.0000' }]);
    expect(cells(result)).toEqual([['datto-rmm', '1.02']]);
  });

  test('margin is amount less cost; an item without a cost is left out and counted', () => {
    const result = run({ measure: { field: 'margin' } }, [
      { amount: '10.00', cost: '4.50' },
      { amount: '2.00', cost: '3.00' },
      { amount: '100.00' },
    ]);
    expect(cells(result)).toEqual([['datto-rmm', '4.50']]);
    expect(result.withoutCost).toBe(1);
  });

  test('a group whose costs are all unknown is absent, not zero', () => {
    const result = run({ measure: { field: 'cost' } }, [{ cost: '1.00' }, { module: 'graphus' }]);
    expect(cells(result)).toEqual([['datto-rmm', '1.00']]);
  });

  test('currencies stand apart; units are added over them', () => {
    const items: ItemSketch[] = [
      { amount: '10.00', units: 2 },
      { amount: '5.00', units: 3, currency: 'EUR' },
    ];
    const money = run({}, items);
    expect(money.panels.map((panel) => [panel.currency, panel.total.value])).toEqual([
      ['EUR', '5.00'],
      ['USD', '10.00'],
    ]);
    const units = run({ measure: { field: 'units' } }, items);
    expect(units.panels.map((panel) => [panel.currency, panel.total.value])).toEqual([[undefined, 5]]);
    expect(run({ measure: { field: 'count' } }, items).panels[0]?.total.value).toBe(2);
  });
});

describe('order and cut', () => {
  const items: ItemSketch[] = [
    { module: 'graphus', amount: '5.00' },
    { module: 'datto-rmm', amount: '7.00' },
    { module: 'vulscan', amount: '5.00' },
    { module: 'traverse', amount: '1.00' },
    { module: null, amount: '-2.00' },
  ];

  test('largest first, equal ones by label', () => {
    expect(cells(run({}, items))).toEqual([
      ['datto-rmm', '7.00'],
      ['graphus', '5.00'],
      ['vulscan', '5.00'],
      ['traverse', '1.00'],
      ['No module', '-2.00'],
    ]);
  });

  test('what is beyond the top shares Other, which stands last', () => {
    const result = run({ top: 2 }, items);
    expect(cells(result)).toEqual([
      ['datto-rmm', '7.00'],
      ['graphus', '5.00'],
      ['Other', '4.00'],
    ]);
    expect(result.panels[0]).toMatchObject({ groupCount: 5, total: { value: '16.00' } });
  });

  test('Other can be kept out of sight; the total stays whole', () => {
    const result = run({ top: 2, showOther: false }, items);
    expect(cells(result)).toHaveLength(2);
    expect(result.panels[0]?.total.value).toBe('16.00');
  });

  test.each([
    [{ by: 'value', order: 'ascending' }, ['No module', 'traverse', 'vulscan', 'graphus', 'datto-rmm']],
    [{ by: 'label', order: 'ascending' }, ['No module', 'datto-rmm', 'graphus', 'traverse', 'vulscan']],
    [{ by: 'label', order: 'descending' }, ['vulscan', 'traverse', 'graphus', 'datto-rmm', 'No module']],
  ] as const)('sorts by %o', (sort, expected) => {
    expect(run({ sort }, items).panels[0]?.groups.map((group) => group.label)).toEqual(expected);
  });

  test('two organizations of one name stay two groups, told apart by id', () => {
    const organization = new Map([
      ['7', 'Acme'],
      ['8', 'Acme'],
    ]);
    const result = run(
      { groupBy: 'organization' },
      [
        { organization: '7', amount: '3.00' },
        { organization: '8', amount: '4.00' },
      ],
      { ...noNames, organization },
    );
    expect(cells(result)).toEqual([
      ['Acme (8)', '4.00'],
      ['Acme (7)', '3.00'],
    ]);
  });

  test('a service called like our own words is not mixed up with them', () => {
    const result = run({ groupBy: 'service', top: 1 }, [
      { service: '(other)', amount: '9.00' },
      { service: 'Backup', amount: '2.00' },
    ]);
    expect(cells(result)).toEqual([
      ['(other)', '9.00'],
      ['Other', '2.00'],
    ]);
  });
});

describe('months', () => {
  test('are the months in which periods start, gaps filled with zero', () => {
    const result = run({ groupBy: 'month' }, [
      { start: '2026-10-31', amount: '2.00' },
      { start: '2026-08-01', amount: '1.00' },
    ]);
    expect(cells(result)).toEqual([
      ['Aug 2026', '1.00'],
      ['Sep 2026', '0.00'],
      ['Oct 2026', '2.00'],
    ]);
  });

  test('the last 12 months end with this one and leave out what is older', () => {
    const result = run({ groupBy: 'month', filters: { months: 'last-12-months' } }, [
      { start: '2025-11-30', amount: '99.00' },
      { start: '2025-12-01', amount: '1.00' },
    ]);
    const groups = result.panels[0]?.groups.map((group) => group.key);
    expect([groups?.length, groups?.at(0), groups?.at(-1)]).toEqual([12, '2025-12', '2026-11']);
    expect(result.panels[0]?.total.value).toBe('1.00');
  });

  test('a range of two centuries shows only months with items', () => {
    const filters = { months: { from: '1900-01', to: '2100-12' } };
    expect(cells(run({ groupBy: 'month', filters }, [{}]))).toEqual([['Nov 2026', '10.00']]);
  });
});

test('a break-down gives cells and the groups’ sums', () => {
  const result = run({ groupBy: 'month', breakDownBy: 'module', breakDownTop: 1, chart: 'stacked-column' }, [
    { start: '2026-10-01', module: 'datto-rmm', amount: '4.00' },
    { start: '2026-10-01', module: 'graphus', amount: '-1.00' },
    { start: '2026-11-01', module: 'vulscan', amount: '2.00' },
  ]);
  expect(cells(result)).toEqual([
    ['Oct 2026', 'datto-rmm', '4.00'],
    ['Oct 2026', 'Other', '-1.00'],
    ['Nov 2026', 'Other', '2.00'],
  ]);
  expect(result.panels[0]?.groupTotals.map((mark) => mark.value)).toEqual(['3.00', '2.00']);
  expect(result.marks.map((mark) => mark.index)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('entity and filters choose the items; nothing left means no panel', () => {
  const items: ItemSketch[] = [{ status: 'posted', amount: '3.00' }, { amount: '4.00' }];
  expect(run({ entity: 'posted' }, items).panels[0]?.total.value).toBe('3.00');
  expect(run({ filters: { module: ['graphus'] } }, items).panels).toEqual([]);
});

describe('definitions', () => {
  test.each([
    ['a Vega spec', { ...base, mark: 'bar' }],
    ['an unknown filter', { ...base, filters: { sql: '1=1' } }],
    ['a break-down equal to the grouping', { ...base, breakDownBy: 'module' }],
    ['a stack without a break-down', { ...base, chart: 'stacked-column' }],
    ['a break-down in bars', { ...base, chart: 'bar', breakDownBy: 'month' }],
    ['months backwards', { ...base, filters: { months: { from: '2026-05', to: '2026-04' } } }],
    ['an id with a path', { ...base, id: '../x' }],
    ['too many groups', { ...base, top: 5000 }],
  ])('refuses %s', (_what, input) => {
    expect(WidgetDefinition.safeParse(input).success).toBe(false);
  });
});
