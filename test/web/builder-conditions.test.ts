import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { saveTab } from '../../src/usecases/tabs.ts';
import { cookieOf, SAME_ORIGIN, sampleWeb } from './sample-web.ts';
import { importSampleBook, putItems, RMM, sampleItem } from './sample-world.ts';

const operator = { ...cookieOf('operator'), ...SAME_ORIGIN };

/** The builder's answer to these conditions on the currency. */
async function previewed(conditions: readonly (readonly [is: string, value: string])[]): Promise<string> {
  const web = await sampleWeb();
  const body = new URLSearchParams({ title: 'X', entity: 'both', field: 'amount', groupBy: 'module' });
  for (const [name, value] of [
    ['aggregate', 'sum'],
    ['chart', 'bar'],
    ['sort', 'value descending'],
  ] as const)
    body.set(name, value);
  for (const [is, value] of conditions) {
    body.append('where-field', 'currency');
    body.append('where-is', is);
    body.append('where-value', value);
  }
  return (
    await web.raw('/dashboard/widgets/preview', {
      method: 'POST',
      body,
      headers: { ...operator, 'Content-Type': 'application/x-www-form-urlencoded' },
    })
  ).text();
}

describe('conditions on the currency', () => {
  test.each([
    [
      'two of them',
      [
        ['is', 'USD'],
        ['is', 'eur'],
      ],
      'every item has one currency',
    ],
    ['one left out', [['not', 'USD']], 'a currency cannot be left out'],
  ] as const)('%s are refused in words, and stay in the form', async (_, conditions, words) => {
    const text = await previewed(conditions);
    expect(text).toContain(words);
    for (const [, value] of conditions)
      expect(text.toLowerCase()).toContain(`value="${value.toLowerCase()}"`);
  });

  test('one is taken, twice the same too, and "is not" is not offered beside it', async () => {
    const text = await previewed([
      ['is', 'usd'],
      ['is', 'USD'],
    ]);
    expect(text).not.toContain('every item has one currency');
    expect(text).toContain('&quot;currency&quot;: &quot;USD&quot;');
    const row = text.slice(text.indexOf('<option value="currency" selected>'));
    expect(row.slice(0, row.indexOf('where-value'))).not.toContain('is not');
  });
});

test('a widget that stands twice on a tab has ids of its own each time', async () => {
  const web = await sampleWeb();
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await putItems(web.core, [sampleItem({ id: 'i1' })]);
  const widgets = ['pending-by-module', 'posted-by-month', 'pending-by-module'];
  await saveTab(web.core, SYSTEM, { id: 'twice', name: 'Twice', widgets });
  const text = await (await web.get('/dashboard?tab=twice', cookieOf('viewer'))).text();
  const cards = text.slice(text.indexOf('id="widgets"'));
  const ids = [...cards.matchAll(/ id="((?:widget|title)-[^"]+)"/g)].map(([, id]) => id);
  expect(ids).toContain('widget-pending-by-module');
  expect(ids).toHaveLength(6);
  expect(new Set(ids).size).toBe(6);
  for (const [, named] of cards.matchAll(/ aria-labelledby="([^"]+)"/g)) expect(ids).toContain(named);
});
