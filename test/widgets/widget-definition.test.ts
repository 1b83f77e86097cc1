import { describe, expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { monthRange } from '../../src/widgets/month-range.ts';
import { query } from '../../src/widgets/query.ts';
import { toCsv } from '../../src/widgets/to-csv.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { RELATIVE_PERIODS } from '../../src/widgets/widget-filters.ts';
import { makeItem, noNames } from './sample-items.ts';

const plain = {
  id: 'x',
  title: 'X',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'module',
  chart: 'bar',
};
const today = isoDate('2026-11-22');
const read = (changes: object) => WidgetDefinition.safeParse({ ...plain, ...changes });
const show = (changes: object, items: Parameters<typeof makeItem>[0][]) =>
  query(WidgetDefinition.parse({ ...plain, ...changes }), items.map(makeItem), { names: noNames, today });

describe('refused, with a sentence', () => {
  test.each([
    ['a Vega spec', { mark: 'bar', encoding: {} }, /Unrecognized key/],
    ['a spec beside it', { spec: { data: { url: 'file:///etc/passwd' } } }, /Unrecognized key/],
    ['a title of 10,000 characters', { title: 'x'.repeat(10_000) }, /<=120/],
    ['a title that turns the text around', { title: 'a\u202etxt.exe' }, /direction marks/],
    ['a title with a control character', { title: 'a\u0007' }, /control characters/],
    ['an id that is a path', { id: '../x' }, /small letters/],
    ['an id that is a script', { id: 'javascript:alert(1)' }, /small letters/],
    ['a filter that is SQL', { filters: { where: '1=1' } }, /Unrecognized key/],
    ['a module that is no module', { filters: { module: ["x' or 1=1"] } }, /Invalid string/],
    ['10,000 organizations', { filters: { organization: Array(10_000).fill('1') } }, /<=200/],
    ['an expression as locale', { locale: 'x'.repeat(30) }, /a language such as/],
    ['a month that does not exist', { filters: { months: { from: '2026-13' } } }, /a month such as/],
    [
      'a pie of averages',
      { chart: 'pie', measure: { field: 'amount', aggregate: 'average' } },
      /parts of a whole/,
    ],
    ['a sum of prices', { measure: { field: 'unitPrice' } }, /a sum of prices says nothing/],
    ['a grouped chart of one series', { chart: 'grouped-bar' }, /needs something to break down by/],
    ['a pie with a break-down', { chart: 'pie', breakDownBy: 'status' }, /cannot show a break-down/],
    ['a goal that is not money', { goal: { value: '1e9999' } }, /./],
  ])('%s', (_what, changes, sentence) => {
    const parsed = read(changes);
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toMatch(sentence);
  });
});

test.each([
  ['this-month', '2026-11', '2026-11'],
  ['last-month', '2026-10', '2026-10'],
  ['next-month', '2026-12', '2026-12'],
  ['this-quarter', '2026-10', '2026-12'],
  ['last-quarter', '2026-07', '2026-09'],
  ['last-3-months', '2026-09', '2026-11'],
  ['last-6-months', '2026-06', '2026-11'],
  ['last-12-months', '2025-12', '2026-11'],
  ['last-24-months', '2024-12', '2026-11'],
  ['this-year', '2026-01', '2026-11'],
  ['last-year', '2025-01', '2025-12'],
] as const)('%s on 22 November 2026 is %s to %s', (period, from, to) => {
  expect(monthRange(period, today)).toEqual({ from, to });
});
test('no relative period is left out above', () => expect(RELATIVE_PERIODS).toHaveLength(11));

describe('measures', () => {
  const items = [{ amount: '10.00' }, { amount: '5.00' }, { amount: '5.01', module: 'graphus' }];
  test.each([
    ['sum', ['15.00', '5.01'], '20.01'],
    ['average', ['7.50', '5.01'], '6.67'],
    ['minimum', ['5.00', '5.01'], '5.00'],
    ['maximum', ['10.00', '5.01'], '10.00'],
    ['count', [2, 1], 3],
  ])('%s', (aggregate, cells, total) => {
    const sort = { by: 'label', order: 'ascending' };
    const [panel] = show({ measure: { field: 'amount', aggregate }, sort }, items).panels;
    expect(panel?.cells.map((mark) => mark.value)).toEqual(cells);
    expect(panel?.total.value).toBe(total);
  });

  test('an unknown cost has no average and is not zero', () => {
    const measure = { field: 'cost', aggregate: 'average' };
    const [panel] = show({ measure }, [{ cost: '4.00' }, {}, { cost: '6.00' }]).panels;
    expect(panel?.total.value).toBe('5.00');
  });

  test('months without items have a sum of zero and no average', () => {
    const months = (aggregate: string) =>
      show(
        { groupBy: 'month', filters: { months: 'last-3-months' }, measure: { field: 'amount', aggregate } },
        [{ amount: '8.00' }],
      ).panels[0]?.cells.map((mark) => [mark.group?.key, mark.value]);
    expect(months('average')).toEqual([['2026-11', '8.00']]);
    expect(months('sum')).toEqual([
      ['2026-09', '0.00'],
      ['2026-10', '0.00'],
      ['2026-11', '8.00'],
    ]);
  });
});

test('quarters and years run in calendar order', () => {
  const items = [{ start: '2026-02-01' }, { start: '2025-12-01', amount: '99.00' }, { start: '2026-11-01' }];
  const labels = (groupBy: string) => show({ groupBy }, items).panels[0]?.groups.map((group) => group.label);
  expect(labels('quarter')).toEqual(['Q4 2025', 'Q1 2026', 'Q4 2026']);
  expect(labels('year')).toEqual(['2025', '2026']);
});

test('a scope narrows what the definition allows, and never widens it', () => {
  const definition = WidgetDefinition.parse({ ...plain, filters: { organization: ['1', '2'] } });
  const items = ['1', '2', '3'].map((organization) => makeItem({ organization, amount: '1.00' }));
  const total = (organization: string[]) => {
    const scope = [{ organization }] as never;
    return query(definition, items, { names: noNames, today, scope }).panels[0]?.total.value;
  };
  expect(total(['2'])).toBe('1.00');
  expect(total(['3'])).toBeUndefined();
  expect(total(['1', '2', '3'])).toBe('2.00');
});

test('a goal stands in the spec as a line with its name', () => {
  const spec = JSON.stringify(toVegaLite(show({ chart: 'column', goal: { value: 1000 } }, [{}])));
  expect(spec).toContain('"goal":1000,"name":"Goal: $1,000.00"');
});

test.each(['=1+1', '+1', '-1+2', '@x', '\tx', '\rx'])(
  'a service called %j is no formula in CSV',
  (service) => {
    const csv = toCsv(show({ groupBy: 'service' }, [{ service, amount: '-5.00' }]));
    const row = csv.split('\r\n')[1] ?? '';
    expect(row.replace(/^"/, '')).toMatch(/^'/);
    expect(csv).toContain(',-5.00,USD');
  },
);
