import { expect, test } from 'vitest';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { widgetData } from '../../src/usecases/widget-data.ts';
import { markLinks } from '../../src/widgets/mark-links.ts';
import { WidgetDefinition, type WidgetDefinitionInput } from '../../src/widgets/widget-definition.ts';
import { leakageHref, readLeakageQuery } from '../../web/leakage/leakage-query.ts';
import { Office } from './office.ts';

const leakage = (changes: Partial<WidgetDefinitionInput> = {}) =>
  WidgetDefinition.parse({
    ...{ id: 'leaks', title: 'Leaks', entity: 'leakage', measure: { field: 'units' }, groupBy: 'reason' },
    ...{ chart: 'bar', ...changes },
  });

async function cells(office: Office, definition: WidgetDefinition, scope: object[] = []) {
  const { result } = await widgetData(office.core, definition, undefined, { scope });
  return result.panels.flatMap((panel) =>
    panel.cells.map(({ group, series, value, currency }) =>
      [group?.label, series?.label, value, currency].filter((part) => part !== undefined).join(' · '),
    ),
  );
}

test('units that bill nowhere by reason, organization and module, each leading to its rows', async () => {
  const office = await Office.open();
  await office.mapOrganization('Daily Mail', '1');
  expect(await cells(office, leakage())).toEqual([
    'Billing type not mapped · 14',
    'Organization not mapped · 6',
  ]);
  const broken = leakage({ chart: 'stacked-bar', groupBy: 'organization', breakDownBy: 'reason' });
  expect(await cells(office, broken)).toEqual([
    'Daily Mail · Billing type not mapped · 14',
    'No organization · Organization not mapped · 6',
  ]);
  const { result } = await widgetData(office.core, leakage({ ...broken, groupBy: 'module' }));
  expect(markLinks(result, '/dashboard/items').map(({ href }) => href)).toContain(
    '/dashboard/leakage?module=datto-rmm&reason=unmapped-organization',
  );
});

test.each([
  ['by billing type', { groupBy: 'billingType' }],
  ['by organization, and what has none', { groupBy: 'organization' }],
  ['the rest behind the largest', { groupBy: 'organization', top: 1, showOther: true }],
  ['what has no organization behind the rest', { groupBy: 'organization', breakDownBy: 'billingType' }],
  ['broken down by reason, the rest', { groupBy: 'module', breakDownBy: 'reason', breakDownTop: 1 }],
  ['of a filter', { groupBy: 'reason', filters: { organization: ['1'] } }],
  ['of two filters', { groupBy: 'module', filters: { organization: ['1', '2'], billingType: ['x, y'] } }],
] as const)('each mark leads to exactly its rows: %s', async (_, changes) => {
  const office = await Office.open();
  await office.mapOrganization('Daily Mail', '1');
  const stacked = 'breakDownBy' in changes ? { chart: 'stacked-bar' } : {};
  const definition = leakage({ ...stacked, ...changes } as Partial<WidgetDefinitionInput>);
  const { result } = await widgetData(office.core, definition);
  const modules = await listModules(office.core);
  const links = markLinks(result, '/dashboard/items');
  for (const mark of result.marks) {
    const { searchParams } = new URL(links[mark.index]?.href ?? '', 'http://icb.test');
    const { filter, problem } = await readLeakageQuery(office.core, modules, searchParams);
    expect(problem).toBeUndefined();
    const { rows } = await listLeakage(office.core, filter);
    expect([mark.index, rows.reduce((sum, row) => sum + row.units, 0)]).toEqual([mark.index, mark.value]);
    // The page's own addresses keep it.
    const again = new URL(leakageHref(filter), 'http://icb.test').searchParams;
    expect((await readLeakageQuery(office.core, modules, again)).filter).toEqual(filter);
  }
});

test('money where a price is known; what has none is told, not counted as zero', async () => {
  const office = await Office.open();
  const money = leakage({ measure: { field: 'amount' }, groupBy: 'module' });
  const before = await widgetData(office.core, money);
  expect([before.state, before.result.withoutCost]).toEqual(['empty', 3]);
  await office.mapOrganization('Daily Mail', '1');
  await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
  expect(await cells(office, money)).toEqual(['Datto RMM · 75.00 · USD']);
});

test('a locked filter holds; one that has no meaning for leakage lets nothing through and says so', async () => {
  const office = await Office.open();
  await office.mapOrganization('Daily Mail', '1');
  expect(await cells(office, leakage(), [{ organization: ['1'] }])).toEqual(['Billing type not mapped · 14']);
  const { result, note } = await widgetData(office.core, leakage(), undefined, {
    scope: [{ service: ['Backup'] }],
  });
  expect(result.panels).toEqual([]);
  expect(note).toMatch(/cannot be filtered like this/);
});

test('before anything was counted nothing is known, which is not nothing leaking', async () => {
  const office = await Office.empty();
  expect((await widgetData(office.core, leakage())).state).toBe('never-synced');
});

test.each([
  [{ groupBy: 'month' }, /grouped by module/],
  [{ measure: { field: 'margin' } }, /units or in amount/],
  [{ measure: { field: 'units', aggregate: 'count' } }, /units or in amount/],
  [{ filters: { months: 'this-month' } }, /filtered by module/],
  [{ entity: 'both' }, /only leakage has a reason/],
] as const)('%j is refused in words', (changes, words) => {
  expect(() => leakage(changes as Partial<WidgetDefinitionInput>)).toThrow(words);
});
