import { Resvg } from '@resvg/resvg-js';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { FONT_FAMILY, FONT_FILES } from '../../src/render/fonts.ts';
import { slimSvg } from '../../src/render/slim-svg.ts';
import { useFontMetrics } from '../../src/render/text-metrics.ts';
import { CHART_RULES, CHART_TYPES } from '../../src/widgets/chart-types.ts';
import { query } from '../../src/widgets/query.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { makeItem, noNames } from '../widgets/sample-items.ts';

useFontMetrics();

const items = ['2026-09-01', '2026-10-01', '2026-11-01'].flatMap((start, month) =>
  ['datto-rmm', 'graphus', 'vulscan'].map((module, at) =>
    makeItem({ start, module, amount: `${(at + 1) * 37 + month * 11}.31` }),
  ),
);

const pixels = (svg: string): Uint8Array => {
  const font = {
    fontFiles: [FONT_FILES.regular, FONT_FILES.bold],
    loadSystemFonts: false,
    ...{ defaultFontFamily: FONT_FAMILY, sansSerifFamily: FONT_FAMILY },
  };
  return new Resvg(svg, { font }).render().pixels;
};

test.each(CHART_TYPES)('a slim %s looks as before', async (chart) => {
  const breakDown = CHART_RULES[chart].breakDown !== 'none';
  const definition = WidgetDefinition.parse({
    ...{ id: 'slim', title: 'Slim', entity: 'both', measure: { field: 'amount' }, chart, groupBy: 'month' },
    ...(breakDown && { breakDownBy: 'module' }),
    goal: { value: '200' },
  });
  const result = query(definition, items, { names: noNames, today: isoDate('2026-11-22') });
  const { spec } = compile(toVegaLite(result) as object as TopLevelSpec);
  const full = await new View(parse(spec), { renderer: 'none' }).toSVG();
  const slim = slimSvg(full);
  expect(slim.length).toBeLessThan(full.length * 0.85);
  const [before, after] = [pixels(full), pixels(slim)];
  expect(after.length).toBe(before.length);
  // A hundredth of a pixel may shade an edge differently; no shape, colour or word may differ.
  const different = before.filter((value, at) => Math.abs(value - (after[at] ?? 0)) > 24).length;
  expect(different / before.length).toBeLessThan(0.0005);
});

test('a link, and marks that differ, keep what is theirs', () => {
  const one =
    '<svg><g class="mark-rect"><path d="M0,0h1Z" fill="#111111" stroke="#fff"/><path d="M1.23456,0h1Z" fill="#222222" stroke="#fff"/></g></svg>';
  expect(slimSvg(one)).toBe(
    '<svg><g class="mark-rect" stroke="#fff"><path d="M0,0h1Z" fill="#111111"/><path d="M1.23,0h1Z" fill="#222222"/></g></svg>',
  );
  const linked =
    '<svg><g class="mark-rect"><a href="/x"><path d="M0,0Z" fill="#111111"/></a><a href="/y"><path d="M0,0Z" fill="#111111"/></a></g></svg>';
  expect(slimSvg(linked)).toBe(linked);
});
