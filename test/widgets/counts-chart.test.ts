import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { drawSvg } from '../../src/render/draw-svg.ts';
import { countsChart, type DailyCounts } from '../../src/widgets/counts-chart.ts';
import { THEMES } from '../../src/widgets/theme.ts';

const ajv = new Ajv.default({ strict: false });
addFormats.default(ajv);
ajv.addFormat('color-hex', true);
const schema = createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json');
const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));

const counts = (itemDate: string, ...quantities: (number | null)[]): DailyCounts => ({
  module: 'datto-rmm',
  itemDate: isoDate(itemDate),
  days: quantities.map((quantity, i) => ({
    date: isoDate(`2026-11-${String(i + 1).padStart(2, '0')}`),
    quantity,
  })),
});

/** `date value text`, and whether the column has the module's colour. */
function rows(chart: object): string[] {
  const { data } = chart as {
    data: { values: { date: string; value: number; text: string; color: string }[] };
  };
  return data.values.map(
    ({ date, value, text, color }) => `${date.slice(8)} ${value} ${text} ${color === '#4d61e3' ? '●' : '○'}`,
  );
}

const CASES: [string, DailyCounts][] = [
  ['a change inside the period', counts('2026-11-03', 14, null, 16)],
  ['one day', counts('2026-11-01', 14)],
  ['zero only', counts('2026-11-01', 0, 0)],
  ['all unknown', counts('2026-11-02', null, null)],
  ['an item that begins before the first count', { ...counts('2026-10-28', 3, 4) }],
  ['an item that begins after the last count', { ...counts('2026-11-28', 3, 4) }],
];

test.each(CASES)('%s is valid Vega-Lite in every theme, and can be drawn', async (_name, daily) => {
  for (const theme of THEMES) {
    for (const width of [326, 600]) {
      const chart = countsChart(daily, { theme, width, transparent: width === 326 });
      expect(validate(JSON.parse(JSON.stringify(chart))), JSON.stringify(validate.errors)).toBe(true);
      const svg = await drawSvg({ spec: chart, title: 'Counts by day', description: '14' });
      expect(svg).not.toContain('NaN');
      expect(svg).toContain('▼');
    }
  }
});

test('days before the item are grey, those from it on coloured; unknown is no zero', () => {
  expect(rows(countsChart(counts('2026-11-04', 14, 14, null, 16, 16)))).toEqual([
    '01 14 14 ○',
    '02 14  ○',
    '03 0 ? ○',
    '04 16 16 ●',
    '05 16 16 ●',
  ]);
});

test('where there is no room, only the first, the item’s and the last count are written', () => {
  const daily = counts('2026-11-04', ...Array.from({ length: 30 }, (_, i) => i + 1));
  const written = rows(countsChart(daily, { width: 326 })).filter((row) => /\d+ \d+ \d+ /.test(row));
  expect(written).toEqual(['01 1 1 ○', '04 4 4 ●', '30 30 30 ●']);
});

test('days from the item’s date on are there although nothing was counted by then', () => {
  expect(rows(countsChart({ ...counts('2026-10-30', 3) })).map((row) => row.slice(0, 2))).toEqual([
    '30',
    '31',
    '01',
  ]);
});
