import { expect, test } from 'vitest';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { ExplanationShape } from '../../web/shapes/billing-item.ts';
import { Office } from '../usecases/office.ts';
import { cookieOf, sampleWeb } from './sample-web.ts';

async function billed() {
  const office = await Office.mapped();
  await office.sync();
  const id = (await listBillingItems(office.core, { filter: {} })).items[0]?.id ?? '';
  return { office, id };
}

test('a chart that cannot be drawn leaves the table and is logged', async () => {
  const { office, id } = await billed();
  const web = await sampleWeb({
    core: office.core,
    picture: { svg: () => Promise.reject(new Error('no worker')), png: async () => new Uint8Array() },
  });
  const text = await (await web.get(`/dashboard/items/${id}`, cookieOf('viewer'))).text();
  expect(text).toContain('14 devices were counted on 10 Nov 2026');
  expect(text).toContain('aria-label="Counts by day"');
  expect(text).not.toContain('counts-chart');
  expect(office.logged.map(({ message }) => message)).toContain('counts could not be drawn');
});

test('the page of the beginning of an id is that item’s; one that nobody has is not found', async () => {
  const { office, id } = await billed();
  const web = await sampleWeb({ core: office.core });
  const text = await (await web.get(`/dashboard/items/${id.slice(0, 8)}`, cookieOf('viewer'))).text();
  expect(text).toContain('Why 14 units?');
  expect((await web.get('/dashboard/items/bi_nobody', cookieOf('viewer'))).status).toBe(404);
});

test('the API answers all of the explanation: its shape leaves nothing out', async () => {
  const { office, id } = await billed();
  const explanation = JSON.parse(JSON.stringify(await explainItem(office.core, id)));
  expect(ExplanationShape.parse(explanation)).toEqual(explanation);
});
