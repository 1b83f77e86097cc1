import { expect, test } from 'vitest';
import { isoDate } from '../../src/domain/calendar.ts';
import { describe, subtitle } from '../../src/widgets/describe.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import { query } from '../../src/widgets/query.ts';
import { tableRows } from '../../src/widgets/table-rows.ts';
import { toCsv } from '../../src/widgets/to-csv.ts';
import { toVegaLite } from '../../src/widgets/to-vega-lite.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { makeItem, noNames } from './sample-items.ts';

const definition = WidgetDefinition.parse({
  id: 'x',
  title: 'X',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'service',
  breakDownBy: 'module',
  chart: 'table',
});

function result(...sketches: Parameters<typeof makeItem>[0][]) {
  return query(definition, sketches.map(makeItem), { names: noNames, today: isoDate('2026-11-22') });
}

test('a row per mark and the total', () => {
  const table = tableRows(result({ service: 'Backup', amount: '1234.5' }));
  expect(table.headers).toEqual(['Service', 'Module', 'Amount']);
  expect(table.rows.map((row) => row.cells)).toEqual([
    ['Backup', 'datto-rmm', '$1,234.50'],
    ['Total', '', '$1,234.50'],
  ]);
});

test.each([
  ['average', 'Average'],
  ['minimum', 'Lowest'],
  ['maximum', 'Highest'],
  ['sum', 'Total'],
] as const)('the figure over all is called what it is: %s', (aggregate, word) => {
  const of = WidgetDefinition.parse({ ...definition, measure: { field: 'amount', aggregate } });
  const made = query(of, [makeItem()], { names: noNames, today: isoDate('2026-11-22') });
  expect(tableRows(made).rows.at(-1)?.cells[0]).toBe(word);
  expect(subtitle(made, 80)).toEqual([`${word} $10.00`]);
  expect(describe(made)).toContain(`${word} $10.00.`);
  expect(JSON.stringify(toVegaLite(made, {}))).toContain(`"name":"${word}"`);
  const total = made.panels[0]?.total.index ?? -1;
  expect(markLinks(made, '/dashboard/items')[total]?.label).toBe(`${word}: $10.00`);
});

test('two currencies get a column', () => {
  const table = tableRows(result({ service: 'A' }, { service: 'A', currency: 'EUR' }), 'de-DE');
  expect(table.headers).toContain('Currency');
  expect(table.rows.map((row) => row.cells.at(-1)?.replace('\u00a0', ' '))).toEqual([
    '10,00 €',
    '10,00 €',
    '10,00 $',
    '10,00 $',
  ]);
});

test('CSV: plain figures, quoted text, no formula', () => {
  const csv = toCsv(
    result({ service: '=1+1', amount: '-3.00' }, { service: 'Backup, "daily"', amount: '1234.50' }),
  );
  expect(csv).toBe(
    '\uFEFFService,Module,Amount,Currency\r\n' +
      '"Backup, ""daily""",datto-rmm,1234.50,USD\r\n' +
      "'=1+1,datto-rmm,-3.00,USD\r\n",
  );
});
