import { describe, expect, test } from 'vitest';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { postableItems } from '../../src/usecases/postable-items.ts';
import { unpostItem } from '../../src/usecases/unpost-item.ts';
import { ADA, BOB, Office, refusal } from './office.ts';

const ids = async (office: Office) =>
  (await listBillingItems(office.core, { filter: {} })).items.map((item) => item.id);

/** 14 units from 1 November, 11 from the 16th: 175.00 and −18.75. */
async function pending(): Promise<Office> {
  const office = await Office.mapped();
  await office.sync();
  office.day('2026-11-16').sites = { 'Daily Mail': { AllDevicesMetric: 11 } };
  await office.sync();
  return office;
}

describe('approve and post', () => {
  test('by ids: rounds to cents, says who and when, and never again', async () => {
    const office = await pending();
    const [adjustment = '', period = ''] = await ids(office);
    expect(await approveAndPost(office.core, { by: BOB, ids: [adjustment, adjustment] })).toMatchObject({
      posted: 1,
      totals: [{ currency: 'USD', amount: '-18.75' }],
    });
    const again = await approveAndPost(office.core, { by: ADA, ids: [adjustment, period] });
    expect(again).toMatchObject({ posted: 1, skipped: [{ id: adjustment }] });
    expect(again.skipped[0]?.because).toBe('it was already posted by Bob on 2026-11-16');
    const posted = (await office.list('billingItems')).find((item) => item.id === adjustment);
    expect(posted).toMatchObject({ status: 'posted', postedBy: BOB, amount: '-18.75', cost: '-6.00' });
  });

  test('by filter takes pending ones only, and leaves one audit entry', async () => {
    const office = await pending();
    const filter = { module: ['datto-rmm' as never], period: { to: '2026-11' as never } };
    expect(await approveAndPost(office.core, { by: ADA, filter })).toMatchObject({ posted: 2 });
    const revision = await office.revision();
    expect(await approveAndPost(office.core, { by: ADA, filter })).toMatchObject({ posted: 0, skipped: [] });
    expect(await office.revision()).toBe(revision);
    expect((await office.list('audit')).at(-1)).toMatchObject({
      action: 'approve-and-post',
      text: 'Posted 2 billing items: 156.25 USD',
    });
  });

  test('needs ids or a filter, and ids that exist', async () => {
    const { core } = await pending();
    expect(await refusal(approveAndPost(core, { by: ADA }))).toMatchObject({ code: 'bad-input' });
    expect(await refusal(approveAndPost(core, { by: ADA, ids: [], filter: {} }))).toMatchObject({
      code: 'bad-input',
    });
    expect(await refusal(approveAndPost(core, { by: ADA, ids: ['bi_x'] }))).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('bi_x'),
    });
  });

  test('a peak is not posted before its period has ended', async () => {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({
      contractId: 'c1',
      contractServiceId: 's1',
      unitRule: 'peak',
      from: 'period-start',
    });
    await office.sync();
    expect(await postableItems(office.day('2026-11-30').core)).toMatchObject({
      due: [],
      skipped: [{ because: 'its units may still rise until the period ends on 2026-11-30' }],
    });
    const early = await approveAndPost(office.day('2026-11-30').core, { by: ADA, filter: {} });
    expect(early).toMatchObject({ posted: 0, skipped: [{ because: expect.stringContaining('2026-11-30') }] });
    const late = await approveAndPost(office.day('2026-12-01').core, { by: ADA, filter: {} });
    expect(late).toMatchObject({ posted: 1 });
  });

  test('currencies are never added together', async () => {
    const office = await Office.mapped();
    const services = await office.list('contractServices');
    const euro = services.map((each) => (each.id === 's2' ? { ...each, currency: 'EUR' } : each));
    await office.core.store.commit({ put: { contractServices: euro } });
    await office.mapOrganization('Acme', '2');
    await office.mapService({ contractId: 'c2', contractServiceId: 's2', from: 'period-start' });
    await office.sync();
    expect((await approveAndPost(office.core, { by: ADA, filter: {} })).totals).toEqual([
      { currency: 'EUR', amount: '75.00' },
      { currency: 'USD', amount: '175.00' },
    ]);
  });
});

describe('a change after posting', () => {
  test('becomes an adjustment that corrects; the posted item names it', async () => {
    const office = await Office.mapped();
    await office.sync();
    await approveAndPost(office.core, { by: ADA, filter: {} });
    office.day('2026-11-25').sites = { 'Daily Mail': { AllDevicesMetric: 19 } };
    await office.sync();
    expect(await office.items()).toEqual([
      'posted period 2026-11-01 14 175.00',
      'pending adjustment 2026-11-25 5 12.50',
    ]);
    const [adjustment = '', period = ''] = await ids(office);
    expect(await explainItem(office.core, adjustment)).toMatchObject({
      corrects: period,
      arithmetic: '5 × 12.50 USD × 6 of 30 days = 12.50 USD',
    });
    expect(await explainItem(office.core, period)).toMatchObject({ correctedBy: [adjustment] });
  });
});

describe('taking a posting back', () => {
  test('keeps who posted it and why it was taken back; the id stays, and syncs change nothing', async () => {
    const office = await pending();
    await approveAndPost(office.core, { by: BOB, filter: {} });
    const before = await ids(office);
    const id = before[1] ?? '';
    expect(await unpostItem(office.core, { by: ADA, id, reason: 'wrong customer' })).toMatchObject({
      id,
      status: 'pending',
      amount: '175.00',
      organization: 'Daily Mail',
      unposted: [{ postedBy: BOB, by: ADA, reason: 'wrong customer' }],
    });
    await office.sync();
    await office.day('2026-11-17').sync();
    expect(await ids(office)).toEqual(before);
    const kept = (await office.list('billingItems')).find((item) => item.id === id);
    expect(kept).toMatchObject({ status: 'pending', unposted: [{ reason: 'wrong customer' }] });
    expect(kept).not.toHaveProperty('postedBy');
    expect((await office.list('audit')).find((entry) => entry.action === 'unpost')).toMatchObject({
      by: ADA,
      subject: id,
      before: { status: 'posted' },
      after: { status: 'pending' },
    });
  });

  test('needs a reason, a posted item and the local PSA', async () => {
    const office = await pending();
    const [id = ''] = await ids(office);
    const unpost = (reason: string, which = id, core = office.core) =>
      refusal(unpostItem(core, { by: ADA, id: which, reason }));
    expect(await unpost(' ')).toMatchObject({ code: 'bad-input', message: expect.stringContaining('why') });
    expect(await unpost('why', 'bi_x')).toMatchObject({ code: 'not-found' });
    expect(await unpost('why')).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('not posted'),
    });
    const autotask = { ...office.core, psa: { ...office.core.psa, kind: 'autotask' as const } };
    expect(await unpost('why', id, autotask)).toMatchObject({ code: 'not-postable' });
  });
});

describe('explain', () => {
  test('lists each day since the first count; a day that failed is unknown, not zero', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.day('2026-11-12').sites = { 'Daily Mail': { AllDevicesMetric: 15 } };
    await office.sync();
    const { counts } = await explainItem(office.core, (await ids(office))[0] ?? '');
    expect(counts.map(({ date, quantity }) => [date, quantity])).toEqual([
      ['2026-11-10', 14],
      ['2026-11-11', null],
      ['2026-11-12', 15],
    ]);
    expect(counts[1]?.moduleOrganizations).toMatchObject([{ name: 'Daily Mail', quantity: null }]);
    expect(await refusal(explainItem(office.core, 'bi_x'))).toMatchObject({ code: 'not-found' });
  });

  test('names minimum and share, which the counts alone do not', async () => {
    const office = await Office.open();
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', minimum: 20 });
    await office.sync();
    expect(await explainItem(office.core, (await ids(office))[0] ?? '')).toMatchObject({
      item: { units: 20 },
      serviceMapping: { minimum: 20 },
    });
  });
});
