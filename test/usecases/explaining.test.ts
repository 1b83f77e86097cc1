import { describe, expect, test } from 'vitest';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import type { Explanation } from '../../src/usecases/explanation.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { unpostItem } from '../../src/usecases/unpost-item.ts';
import { ADA, BOB, BOOK, Office, refusal } from './office.ts';

/** The item that begins on a day, explained. */
async function why(office: Office, itemDate: string, status = 'pending'): Promise<Explanation> {
  const { items } = await listBillingItems(office.core, { filter: {} });
  const item = items.find((each) => each.itemDate === itemDate && each.status === status);
  if (!item) throw new Error(`no item of ${itemDate}: ${items.map((each) => each.itemDate)}`);
  return explainItem(office.core, item.id);
}

const count = (office: Office, date: string, devices: number, more: Record<string, number> = {}) => {
  office.day(date).sites = { 'Daily Mail': { AllDevicesMetric: devices, ...more } };
  return office.sync();
};

const lineId = async (office: Office) => (await office.plan())[0]?.id ?? '';

describe('in words', () => {
  test('a first count, and what came after it', async () => {
    const office = await Office.mapped();
    await office.sync();
    await count(office, '2026-11-22', 16);
    expect((await why(office, '2026-11-01')).words).toEqual([
      'Desktop Monitoring at Daily Mail is billed by All devices of Datto RMM.',
      '14 devices were counted on 10 Nov 2026, so 14 units are in force from 1 Nov 2026.',
      'The whole period of 30 days is billed: 14 × 12.50 USD = 175.00 USD.',
    ]);
    expect((await why(office, '2026-11-22')).words).toEqual([
      'Desktop Monitoring at Daily Mail is billed by All devices of Datto RMM.',
      '16 devices were counted on 22 Nov 2026, 2 more than the 14 units in force before.',
      'From 22 Nov 2026 the rest of the period, 9 of 30 days, is billed: 2 × 12.50 USD × 9 of 30 days = 7.50 USD.',
    ]);
  });

  test('units carried into a new period, and the run that made their item', async () => {
    const office = await Office.mapped();
    await office.sync();
    const run = await count(office, '2026-12-03', 14);
    const explained = await why(office, '2026-12-01');
    expect(explained.words[1]).toBe(
      '14 devices were counted on 10 Nov 2026, and nothing has changed since, so 14 units are in force from 1 Dec 2026.',
    );
    expect(explained.changedBy).toMatchObject({ runId: run.id, date: '2026-12-03' });
    expect(explained.counts.map(({ date, quantity }) => [date, quantity])).toEqual([['2026-12-03', 14]]);
  });

  test('a change that counts from the next period shows the days around it', async () => {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({
      contractId: 'c1',
      contractServiceId: 's1',
      from: 'period-start',
      unitRule: 'next-period',
    });
    await count(office, '2026-11-10', 14);
    await count(office, '2026-11-28', 16);
    await count(office, '2026-12-01', 16);
    const { words, counts, rule } = await why(office, '2026-12-01');
    expect(words[1]).toBe(
      '16 devices were counted on 28 Nov 2026, and that change counts from the next billing period, so 16 units are in force from 1 Dec 2026.',
    );
    expect(rule).toEqual(['A change counts from the first day of the next billing period.']);
    expect(counts.map(({ date }) => date)).toEqual(['2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01']);
  });

  test('a minimum', async () => {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start', minimum: 20 });
    await office.sync();
    const { words, counts } = await why(office, '2026-11-01');
    expect(words.slice(0, 2)).toEqual([
      'Desktop Monitoring at Daily Mail is billed by All devices of Datto RMM, at least 20 units.',
      '14 devices were counted on 10 Nov 2026, fewer than the minimum of 20, so 20 units are in force from 1 Nov 2026.',
    ]);
    expect(counts).toMatchObject([{ quantity: 14, units: 20 }]);
  });

  test('units the PSA held before, and then the module that took them over', async () => {
    const office = await Office.empty();
    const contractServices = BOOK.contractServices.map((each) =>
      each.id === 's1' ? { ...each, units: 12 } : each,
    );
    await importBook(office.core, { by: ADA, book: { ...BOOK, contractServices } });
    await enableModule(office.core, { module: 'datto-rmm', by: ADA });
    await office.sync();
    expect(await why(office, '2026-11-01')).toMatchObject({
      words: [
        '12 units of Desktop Monitoring at Daily Mail are what the PSA held before any module was mapped, read on 10 Nov 2026, so no usage count stands behind them.',
        'The whole period of 30 days is billed: 12 × 12.50 USD = 150.00 USD.',
      ],
      counts: [],
      serviceMapping: null,
      rule: [],
    });
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    await office.sync();
    expect((await why(office, '2026-11-01')).words[1]).toBe(
      '14 devices were counted on 10 Nov 2026, so 14 units are in force from 1 Nov 2026; 12 units of that were on the service before it was mapped.',
    );
  });
});

describe('devices', () => {
  test('who came and who went between the two days, by the module’s own ids', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.devices = ['PC-9', 'PC-10', 'PC-11'];
    await count(office, '2026-11-20', 14);
    office.devices = ['PC-10', 'PC-11', 'PC-12', 'PC-13'];
    await count(office, '2026-11-22', 15);
    const { deviceChange, counts } = await why(office, '2026-11-22');
    expect(deviceChange).toEqual({
      from: '2026-11-20',
      to: '2026-11-22',
      came: { names: ['PC-12', 'PC-13'], more: 0 },
      went: { names: ['PC-9'], more: 0 },
    });
    expect(counts.at(-1)).toMatchObject({
      date: '2026-11-22',
      devices: ['PC-10', 'PC-11', 'PC-12', 'PC-13'],
    });
  });

  test('at most 200 names, and how many more', async () => {
    const office = await Office.mapped();
    office.devices = Array.from({ length: 230 }, (_, i) => `PC-${i + 1}`);
    await count(office, '2026-11-10', 230);
    const [day] = (await why(office, '2026-11-01')).counts;
    expect(day?.devices).toHaveLength(200);
    expect(day?.devices?.slice(-2)).toEqual(['PC-199', 'PC-200']);
    expect(day?.moreDevices).toBe(30);
  });
});

describe('holds and decisions', () => {
  async function held(): Promise<Office> {
    const office = await Office.mapped();
    await office.sync();
    for (const day of ['11', '12', '13']) await count(office, `2026-11-${day}`, 14);
    await count(office, '2026-11-14', 40);
    await count(office, '2026-11-15', 40);
    return office;
  }

  test('a hold that was approved names who, and what waited', async () => {
    const office = await held();
    await releaseLine(office.core, { by: BOB, id: await lineId(office), reason: 'new office' });
    await count(office, '2026-11-16', 40);
    const explained = await why(office, '2026-11-14');
    expect(explained.words[1]).toBe(
      '40 devices were counted on 14 Nov 2026, 26 more than the 14 units in force before; the count waited until Bob approved it on 15 Nov 2026.',
    );
    expect(explained.holds).toMatchObject([
      { since: '2026-11-14', through: '2026-11-15', oldUnits: 14, newUnits: 40, ended: 'approved' },
    ]);
    expect(explained.releases).toMatchObject([{ by: BOB, reason: 'new office', through: '2026-11-15' }]);
    expect(explained.changedBy).toMatchObject({ date: '2026-11-16', oldUnits: 14, newUnits: 40 });
    expect(explained.counts.filter((day) => day.held).map((day) => day.date)).toEqual([
      '2026-11-14',
      '2026-11-15',
    ]);
  });

  test('a hold still waiting is told with the item it would change', async () => {
    const { holds } = await why(await held(), '2026-11-01');
    expect(holds).toMatchObject([{ ended: 'waiting', text: expect.stringContaining('Counted 40') }]);
  });

  test('a count that returned', async () => {
    const office = await held();
    await count(office, '2026-11-16', 15);
    expect((await why(office, '2026-11-16')).holds).toMatchObject([{ ended: 'returned' }]);
  });

  test('units taken out by an exclusion', async () => {
    const office = await held();
    await excludeLine(office.core, {
      by: ADA,
      id: await lineId(office),
      exclusion: { reason: 'on loan', until: '2026-11-30', units: 24 },
    });
    await count(office, '2026-11-16', 40);
    const explained = await why(office, '2026-11-14');
    expect(explained.words[1]).toBe(
      '40 devices were counted on 14 Nov 2026, 24 of them excluded, which makes 16 units, 2 more than the 14 units in force before.',
    );
    expect(explained.exclusions).toMatchObject([{ reason: 'on loan', by: ADA, units: 24 }]);
    expect(explained.counts.at(-1)).toMatchObject({ quantity: 40, units: 16, excluded: 24 });
    expect(explained.holds).toMatchObject([{ ended: 'excluded' }]);
  });
});

describe('corrections and postings', () => {
  test('an item that corrects says what and why; both know each other', async () => {
    const office = await Office.mapped();
    await office.sync();
    await approveAndPost(office.core, { by: BOB, filter: {} });
    await count(office, '2026-11-25', 17);
    const correction = await why(office, '2026-11-25');
    expect(correction.words[2]).toBe(
      'The period was posted on 10 Nov 2026 with 14 units; posted items never change, so this change is an item of its own.',
    );
    expect(correction.corrected).toMatchObject({ id: correction.corrects, units: 14, postedBy: BOB });
    const posted = await why(office, '2026-11-01', 'posted');
    expect(posted.correctedBy).toEqual([correction.item.id]);
    expect(posted.corrections).toMatchObject([{ id: correction.item.id, units: 3, amount: '7.50' }]);
  });

  test('the history of posting and taking back, oldest first', async () => {
    const office = await Office.mapped();
    await office.sync();
    await approveAndPost(office.core, { by: BOB, filter: {} });
    const { item } = await why(office, '2026-11-01', 'posted');
    await unpostItem(office.core, { by: ADA, id: item.id, reason: 'wrong month' });
    await approveAndPost(office.core, { by: ADA, filter: {} });
    expect((await why(office, '2026-11-01', 'posted')).history).toMatchObject([
      { what: 'posted', by: BOB },
      { what: 'un-posted', by: ADA, reason: 'wrong month' },
      { what: 'posted', by: ADA },
    ]);
  });
});

describe('naming an item', () => {
  test('by its id, the beginning of it, or a link to its page', async () => {
    const office = await Office.mapped();
    await office.sync();
    const { id } = (await why(office, '2026-11-01')).item;
    for (const text of [
      id,
      id.slice(0, 8),
      ` "${id}" `,
      `https://icb.example.com/dashboard/items/${id}?from=slack#why`,
      `http://localhost:3000/api/billing-items/${id}/explain`,
    ])
      expect((await explainItem(office.core, text)).item.id, text).toBe(id);
  });

  test('too short, several, or unknown: says what to do and what is near', async () => {
    const office = await Office.mapped();
    await office.sync();
    await count(office, '2026-11-22', 16);
    const { item } = await why(office, '2026-11-22');
    expect(await refusal(explainItem(office.core, 'bi_'))).toMatchObject({ code: 'not-found' });
    const twins = ['bi_twin1', 'bi_twin2'].map((id) => ({ ...(item as object), id }));
    await office.core.store.commit({ put: { billingItems: twins as never } });
    expect(await refusal(explainItem(office.core, 'bi_twin'))).toMatchObject({
      code: 'bad-input',
      message: '2 billing items begin with "bi_twin"; type more of the id.',
      details: [expect.stringContaining('bi_twin1: Desktop Monitoring'), expect.stringContaining('bi_twin2')],
    });
    expect(await refusal(explainItem(office.core, 'bi_tvin1x'))).toMatchObject({
      code: 'not-found',
      details: expect.arrayContaining([expect.stringContaining('bi_twin1')]),
    });
  });
});

test('the price, and who mapped what', async () => {
  const office = await Office.mapped();
  await office.sync();
  const { price, organizationMappings, arithmetic, item } = await why(office, '2026-11-01');
  expect(price).toBe('12.50 USD a unit, the price icb first read.');
  expect(organizationMappings).toMatchObject([
    { moduleOrganization: 'Daily Mail', organizationId: '1', by: ADA },
  ]);
  expect(arithmetic).toBe('14 × 12.50 USD = 175.00 USD');
  expect(item.units).toBe(14);
});
