import { describe, expect, test } from 'vitest';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { comparePsa } from '../../src/usecases/compare-psa.ts';
import { getPsa } from '../../src/usecases/get-psa.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { listUnitPushes } from '../../src/usecases/list-unit-pushes.ts';
import { psaPages } from '../../src/usecases/psa-pages.ts';
import { resolveUnitPush } from '../../src/usecases/resolve-unit-push.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { ADA, BOB, Office, refusal } from './office.ts';
import { RemoteOffice } from './remote-office.ts';

const november = async (world: RemoteOffice) =>
  (await comparePsa(world.core, { contract: 'c1', onlyDifferent: true })).rows.filter(
    ({ contractServiceId, period }) => contractServiceId === 's1' && period.start === '2026-11-01',
  );

describe('icb and a remote PSA side by side', () => {
  test('agree once units have gone there, before and after they are posted', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    await world.devices(16).day('2026-11-16').night();
    expect(await november(world)).toEqual([]);
    const [row] = (await comparePsa(world.core, { contract: 'c1' })).rows.filter(
      ({ contractServiceId, period }) => contractServiceId === 's1' && period.start === '2026-11-01',
    );
    const side = { units: 16, pending: '187.50', posted: '0.00' };
    expect(row).toMatchObject({ theirs: side, ours: side, difference: '0.00', reasons: [] });
    world.psa.post('2026-11-30');
    await world.day('2026-11-17').night();
    expect(await november(world)).toEqual([]);
  });

  test.each([
    ['push-refused', (world: RemoteOffice) => (world.psa.fault = () => ({ code: 'other' })), '-175.00'],
    ['push-queued', (world: RemoteOffice) => (world.psa.fault = () => 'budget'), '-175.00'],
    ['push-unknown', (world: RemoteOffice) => (world.psa.fault = () => 'lost-call'), '-175.00'],
  ] as const)('differ, and say why: %s', async (code, spoil, difference) => {
    const world = await RemoteOffice.mapped({ s1: 0 });
    spoil(world);
    await world.night();
    const rows = await november(world);
    expect(rows).toMatchObject([
      { difference, reasons: expect.arrayContaining([expect.objectContaining({ code })]) },
    ]);
  });

  test('differ where somebody changed units or the price there by hand', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    world.psa.byHand('s1', '2026-11-16', 3);
    await world.day('2026-11-17').night();
    // 3 × 12.50 × 15/30
    expect(await november(world)).toMatchObject([
      {
        theirs: { units: 17 },
        ours: { units: 14 },
        difference: '18.75',
        reasons: [{ code: 'changed-by-hand' }],
      },
    ]);
    world.psa.byHand('s1', '2026-11-16', -3);
    const service = world.psa.services.get('s1');
    if (service) service.unitPrice = '13.00';
    await world.day('2026-11-18').night();
    expect(await november(world)).toMatchObject([
      { difference: '7.00', reasons: [{ code: 'price-differs' }] },
    ]);
  });

  test('differ by what a moved change leaves unbilled', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    await world.devices(16).day('2026-11-16').night();
    await world.devices(18).night();
    expect(await november(world)).toMatchObject([{ difference: '-0.83', reasons: [{ code: 'push-moved' }] }]);
  });
});

describe('a change of units that a person decides on', () => {
  const unknown = async () => {
    const world = await RemoteOffice.mapped();
    world.psa.fault = () => 'lost-call';
    const run = await world.night();
    world.psa.fault = () => undefined;
    const [push] = await listUnitPushes(world.core, { status: ['unknown'] });
    return { world, run, id: push?.id ?? '', push };
  };

  test('is told of in the summary with its money', async () => {
    const { world, run, push } = await unknown();
    const { needsPerson } = await syncSummary(world.core, run.id);
    expect(needsPerson.find(({ kind }) => kind === 'push-unknown')?.text).toBe(
      '1 change of units ($175.00 a month) may or may not be in the PSA. Look there, and say which.',
    );
    expect(push).toMatchObject({
      organization: 'Daily Mail',
      service: 'Desktop Monitoring',
      monthlyAmount: '175.00',
    });
    expect(await getPsa(world.core)).toMatchObject({
      kind: 'autotask',
      needPerson: 1,
      pushes: { unknown: 1 },
    });
  });

  test.each([
    ['again', 14, 'confirmed'],
    ['drop', 0, 'settled'],
    ['taken', 0, 'settled'],
  ] as const)('%s', async (as, units, status) => {
    const { world, id } = await unknown();
    await resolveUnitPush(world.core, { by: BOB, id, as, reason: 'I looked' });
    expect((await world.list('audit')).at(-1)).toMatchObject({
      action: 'resolve-unit-push',
      by: BOB,
      subject: id,
    });
    await world.night();
    expect([world.psaUnits('s1'), (await world.list('unitPushes'))[0]?.state.status]).toEqual([
      units,
      status,
    ]);
  });

  test('only once, and with a reason', async () => {
    const { world, id } = await unknown();
    const resolve = (reason: string) => resolveUnitPush(world.core, { by: ADA, id, as: 'drop', reason });
    expect(await refusal(resolve(' '))).toMatchObject({ code: 'bad-input' });
    await resolve('Not billed');
    expect(await refusal(resolve('Not billed'))).toMatchObject({ code: 'conflict' });
  });
});

test('posting, importing and pages belong to the PSA itself', async () => {
  const world = await RemoteOffice.mapped();
  await world.night();
  const [item] = await world.list('billingItems');
  const id = item?.id ?? '';
  expect(await refusal(approveAndPost(world.core, { by: ADA, ids: [id] }))).toMatchObject({
    code: 'not-postable',
    message: expect.stringContaining('https://autotask.test/approve'),
  });
  expect(await refusal(importBook(world.core, { by: ADA, book: {} }))).toMatchObject({ code: 'bad-input' });
  expect(await psaPages(world.core, { item: id })).toEqual({
    approveAndPost: 'https://autotask.test/approve',
    organization: 'https://autotask.test/organizations/1',
    contract: 'https://autotask.test/contracts/c1',
  });
  const local = await Office.mapped();
  expect(await psaPages(local.core)).toBeUndefined();
  expect(await getPsa(local.core)).toMatchObject({ kind: 'local', state: 'done' });
});
