import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { CHART_RULES } from '../../src/widgets/chart-types.ts';
import type { Names } from '../../src/widgets/heading.ts';
import { query } from '../../src/widgets/query.ts';
import { readyWidgets } from '../../src/widgets/ready-widgets.ts';
import { THEMES } from '../../src/widgets/theme.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { CHART_TYPES, type ChartType, WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { HOSTILE_NAMES } from './hostile-names.ts';
import { type ItemSketch, makeItem, noNames } from './sample-items.ts';

let validate: ValidateFunction;
beforeAll(() => {
  const file = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
  const ajv = new Ajv.default({ strict: false, allErrors: false });
  addFormats.default(ajv);
  ajv.addFormat('color-hex', true);
  validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')));
}, 60_000);

const today = isoDate('2026-11-22');

function specOf(chart: ChartType, items: ItemSketch[], options = {}, names: Names = noNames) {
  const definition = WidgetDefinition.parse({
    id: 'x',
    title: HOSTILE_NAMES[0],
    description: HOSTILE_NAMES[2],
    entity: 'both',
    measure: { field: 'amount' },
    groupBy: 'organization',
    ...(CHART_RULES[chart].breakDown === 'needed' && { breakDownBy: 'module' }),
    chart,
  });
  return toVegaLite(query(definition, items.map(makeItem), { names, today }), options);
}

function expectValid(spec: object): void {
  const valid = validate(JSON.parse(JSON.stringify(spec)));
  expect(validate.errors ?? []).toEqual([]);
  expect(valid).toBe(true);
}

const hostile = HOSTILE_NAMES.map((_name, i) => ({ organization: String(i), amount: `${(i - 2) * 10}.00` }));
const organization = new Map(HOSTILE_NAMES.map((name, i) => [String(i), name]));

/** Every key anywhere in the spec. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

/** Every text the spec would run as an expression. */
function expressionsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return ['expr', 'labelExpr', 'test', 'calculate', 'filter'].includes(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((inner) => expressionsOf(inner, key));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => expressionsOf(inner, name));
}

describe.each(CHART_TYPES)('%s', (chart) => {
  test.each(THEMES)('is valid Vega-Lite in %s, with hostile names and negative amounts', (theme) => {
    expectValid(specOf(chart, hostile, { theme }, { ...noNames, organization }));
  });

  test.each([
    ['nothing', []],
    ['two currencies', [{}, { currency: 'EUR' }]],
    ['zero only', [{ amount: '0.00' }]],
  ])('is valid with %s', (_what, items) => {
    expectValid(specOf(chart, items, { width: 390, locale: 'de-DE' }));
  });

  test('has no channel that loads or links, and no expression that holds a name', () => {
    const spec = specOf(chart, hostile, {}, { ...noNames, organization });
    const forbidden = ['href', 'url', 'image', 'usermeta', 'params', 'signals', 'bind'];
    expect(keysOf(spec).filter((key) => forbidden.includes(key))).toEqual([]);
    for (const expression of expressionsOf(spec))
      for (const name of HOSTILE_NAMES.filter((name) => name !== 'toString'))
        expect(expression).not.toContain(name);
  });
});

test('the check itself refuses a broken spec', () => {
  expect(validate({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json', mark: 'sphere' })).toBe(
    false,
  );
});

test.each(readyWidgets)('ready widget $id is valid', (definition) => {
  const items = [
    makeItem({ status: 'posted', cost: '3.00' }),
    makeItem({ cost: '12.00', start: '2026-10-01' }),
  ];
  expectValid(toVegaLite(query(definition, items, { names: noNames, today })));
});

test('each datum says what it is: mark, keys, label and value', () => {
  const spec = JSON.stringify(specOf('stacked-column', [{ amount: '12.50', organization: '7' }]));
  expect(spec).toContain(
    '"mark":0,"key":"7","seriesKey":"datto-rmm","group":"7","series":"datto-rmm","value":12.5,' +
      '"text":"$12.50","label":"datto-rmm, 7: $12.50"',
  );
});

describe('a line of one series across a month without items', () => {
  const drawn = (measure: object, sketch: ItemSketch = {}) => {
    const definition = WidgetDefinition.parse({
      ...{ id: 'x', title: 'X', entity: 'both', measure, groupBy: 'month', breakDownBy: 'module' },
      ...{ chart: 'line', filters: { months: { from: '2026-08', to: '2026-10' } } },
    });
    const items = [
      { start: '2026-08-01', amount: '100.00', ...sketch },
      { start: '2026-10-01', amount: '100.00', ...sketch },
      { start: '2026-09-01', module: 'graphus', ...sketch },
    ].map(makeItem);
    const spec = JSON.stringify(toVegaLite(query(definition, items, { names: noNames, today }), {}));
    return ['2026-08', '2026-09', '2026-10'].map(
      (month) =>
        new RegExp(`"group":"${month}","series":"datto-rmm","value":([-\\d.]+)`).exec(spec)?.[1] ?? 'none',
    );
  };
  test.each([
    ['a sum is zero there', { field: 'amount' }, ['100', '0', '100']],
    ['a count too', { field: 'count' }, ['1', '0', '1']],
    ['an average is none', { field: 'amount', aggregate: 'average' }, ['100', 'none', '100']],
  ] as const)('%s', (_, measure, values) => {
    expect(drawn(measure)).toEqual(values);
  });
});

test('a pie with a negative figure becomes bars', () => {
  const spec = JSON.stringify(specOf('pie', [{ amount: '5.00' }, { organization: '2', amount: '-1.00' }]));
  expect(spec).toContain('"type":"bar"');
  expect(spec).not.toContain('"arc"');
});
