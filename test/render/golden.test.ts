import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import type { LeakageRow } from '../../src/domain/leakage.ts';
import { drawSvg } from '../../src/render/draw-svg.ts';
import { fontWidths } from '../../src/render/font-widths.ts';
import { FONT_FILES } from '../../src/render/fonts.ts';
import { CHART_RULES, CHART_TYPES, type ChartType } from '../../src/widgets/chart-types.ts';
import { gatherLeakage } from '../../src/widgets/gather-leakage.ts';
import {
  query,
  queryBuckets,
  queryDimensions,
  queryFilters,
  type WidgetResult,
} from '../../src/widgets/query.ts';
import { THEMES, type ThemeName } from '../../src/widgets/theme.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { type ItemSketch, makeItem, noNames } from '../widgets/sample-items.ts';

/** Pictures that failed lie here, to be looked at. */
const FOLDER = join(tmpdir(), 'icb-golden');
const today = isoDate('2026-11-22');
const MODULES = ['datto-rmm', 'datto-bcdr', 'saas-protection', 'rocketcyber'];

const names = {
  ...noNames,
  module: new Map([
    ['datto-rmm', 'Datto RMM'],
    ['datto-bcdr', 'Datto BCDR'],
    ['saas-protection', 'SaaS Protection'],
    ['rocketcyber', 'RocketCyber'],
  ]),
};

const book: ItemSketch[] = [6, 7, 8, 9, 10, 11].flatMap((month) =>
  MODULES.flatMap((module, at) =>
    (['pending', 'posted'] as const).map((status) => ({
      ...{ module, status, start: `2026-${String(month).padStart(2, '0')}-01` },
      amount: `${(at + 1) * 100 + month * 13 * ((at % 2) + 1)}.50`,
    })),
  ),
);
const STATES: Readonly<Record<string, ItemSketch[]>> = {
  full: book,
  empty: [],
  'mixed-currency': [...book, { currency: 'EUR', amount: '80.00' }],
  negative: [...book, { module: 'graphus', amount: '-40.00' }],
};

const BY_MODULE: ReadonlySet<ChartType> = new Set([
  'bar',
  'pie',
  'doughnut',
  'funnel',
  'stacked-bar',
  'grouped-bar',
]);

function widget(chart: ChartType, entity: 'pending' | 'posted' | 'both'): WidgetDefinition {
  const byModule = BY_MODULE.has(chart);
  const { breakDown } = CHART_RULES[chart];
  return WidgetDefinition.parse({
    ...{ id: 'golden', title: `A ${chart} of ${entity}`, entity, measure: { field: 'amount' }, chart },
    groupBy: byModule ? 'module' : 'month',
    ...(breakDown !== 'none' && { breakDownBy: byModule ? 'status' : 'module' }),
    goal: { value: '2500', label: 'Goal' },
  });
}

const regular = fontWidths(FONT_FILES.regular);
const textsOf = (svg: string): string[] =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]*)(?=<)/g)].map((match) => match[1] ?? '').filter(Boolean);

/** No label is cut, nothing is NaN, and no text is wider than the picture. */
function expectSound(svg: string): void {
  expect(svg).not.toMatch(/NaN|Infinity|undefined|…/);
  const width = Number(svg.match(/ width="(\d+(?:\.\d+)?)"/)?.[1]);
  for (const text of textsOf(svg)) expect(regular(text, 11), text).toBeLessThan(width);
}

const cases = CHART_TYPES.flatMap((chart) =>
  THEMES.flatMap((theme) => [
    ...(['pending', 'posted', 'both'] as const).map((entity) => [chart, entity, theme, 'full'] as const),
    ...(['empty', 'mixed-currency', 'negative'] as const).map(
      (state) => [chart, 'both', theme, state] as const,
    ),
  ]),
);

/** Usage that bills nowhere, of every module for two reasons. */
const leaks = MODULES.flatMap((module, at) =>
  (['unmapped-organization', 'held'] as const).map(
    (code, n) =>
      ({
        ...{ id: `${module} ${code}`, module, billingType: 'Devices', units: 3 + at, currency: 'USD' },
        amount: `${(at + 1) * 40 + n * 15}.50`,
        reason: { code, text: code },
      }) as unknown as LeakageRow,
  ),
);

/** Leakage has no months: it is told by module and reason. */
function leakageWidget(chart: ChartType): WidgetDefinition {
  const { breakDown } = CHART_RULES[chart];
  return WidgetDefinition.parse({
    ...{
      id: 'golden',
      title: `A ${chart} of leakage`,
      entity: 'leakage',
      measure: { field: 'amount' },
      chart,
    },
    groupBy: 'module',
    ...(breakDown !== 'none' && { breakDownBy: 'reason' }),
    goal: { value: '500', label: 'Goal' },
  });
}

// Each picture was looked at once; from then on it stays as it is. After a change that is meant, look again and run
// vitest with -u.
test.each(cases)('%s of %s in %s, %s', async (chart, entity, theme, state) => {
  const items = (STATES[state] ?? []).map(makeItem);
  const result = query(widget(chart, entity), items, { names, today });
  await expectGolden(result, theme, `${chart}-${entity}-${theme}-${state}`);
});

const ofLeakage = CHART_TYPES.flatMap((chart) => THEMES.map((theme) => [chart, theme] as const));
test.each(ofLeakage)('%s of leakage in %s', async (chart, theme) => {
  const definition = leakageWidget(chart);
  const context = { names, today };
  const by = queryDimensions(definition);
  const buckets = gatherLeakage(leaks, queryFilters(definition, context), by, [definition.measure.field]);
  await expectGolden(queryBuckets(definition, buckets, context), theme, `${chart}-leakage-${theme}`);
});

async function expectGolden(result: WidgetResult, theme: ThemeName, name: string): Promise<void> {
  const svg = await drawSvg({ spec: toVegaLite(result, { theme }), title: 'Golden', description: '' });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.svg`), svg);
  expectSound(svg);
  expect(createHash('sha256').update(svg).digest('hex').slice(0, 16)).toMatchSnapshot();
}
