import { describe, expect, test } from 'vitest';
import { sumMoney } from '../../src/domain/money.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { ADA } from './office.ts';
import { RemoteOffice } from './remote-office.ts';

const AUTOTASK = { kind: 'system', name: 'Autotask' };

describe('what was approved and posted in a remote PSA', () => {
  test('becomes posted here, under the same ids and to the cent', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    await world.night();
    await world.devices(16).day('2026-11-16').night();
    const before = (await world.list('billingItems')).map(({ id }) => id);
    world.psa.post('2026-10-31', '2026-08-01T08:00:00.000Z' as never);
    world.psa.post('2026-11-30');
    const run = await world.day('2026-11-17').night();
    expect(run.psa).toMatchObject({ posted: 2 });
    // 14 × 12.50, then 2 × 12.50 × 15/30
    expect(await world.items()).toEqual([
      'posted period 2026-11-01 14 175.00',
      'posted adjustment 2026-11-16 2 12.50',
    ]);
    const after = await world.list('billingItems');
    expect(after.map(({ id }) => id)).toEqual(before);
    expect(after[0]).toMatchObject({
      postedBy: AUTOTASK,
      module: 'datto-rmm',
      psa: { itemIds: [expect.any(String)] },
    });
    expect(sumMoney(after.map(({ amount }) => amount))).toBe(
      sumMoney(
        world.psa
          .billed()
          .filter(({ itemDate }) => itemDate >= '2026-11-01')
          .map(({ amount }) => amount),
      ),
    );
    expect((await world.day('2026-11-18').night()).psa?.posted).toBeUndefined();
  });

  test('several billing types on one service share the posted amount exactly', async () => {
    const world = await RemoteOffice.empty({}, '2026-11-10');
    world.office.sites = { 'Daily Mail': { AllDevicesMetric: 3, Server: 1 } };
    await enableModule(world.core, { module: 'datto-rmm', by: ADA });
    await world.night();
    await world.mapOrganization('Daily Mail', '1');
    await world.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'today' });
    await world.mapService({
      contractId: 'c1',
      contractServiceId: 's1',
      billingType: 'Server',
      from: 'today',
    });
    await world.night();
    expect(world.psa.pushes()).toEqual(['adjust s1 2026-11-10 4']);
    world.psa.post('2026-11-30');
    await world.day('2026-11-11').night();
    const items = await world.list('billingItems');
    expect(items.map(({ status }) => status)).toEqual(['posted', 'posted']);
    // 4 × 12.50 × 21/30 = 35.00; 3 × … = 26.25, 1 × … = 8.75
    expect(items.map(({ amount }) => amount).sort()).toEqual(['26.25', '8.75']);
  });

  test('billed otherwise than pending here: as the PSA billed it, and the rest is a pending correction', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.fault = () => ({ code: 'other' });
    await world.night();
    world.psa.byHand('s1', '2026-11-01', 12);
    world.psa.post('2026-11-30');
    await world.day('2026-11-11').night();
    expect((await world.items()).sort()).toEqual([
      'pending adjustment 2026-11-01 2 25.00',
      'posted period 2026-11-01 12 150.00',
    ]);
    const posted = (await world.list('billingItems')).find((item) => item.status === 'posted');
    expect(posted?.psa?.note).toBe(
      'Autotask billed 12 units where 14 were pending here; this line takes the difference of -2.',
    );
  });

  test('billed before icb: a posted item of its own, with no module', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    world.psa.post('2026-10-31', '2026-11-02T08:00:00.000Z' as never);
    await world.night();
    const items = await world.list('billingItems');
    const october = items.filter((item) => item.period.start === '2026-10-01');
    expect(october).toMatchObject([{ status: 'posted', module: null, units: 10, amount: '125.00' }]);
    expect(items.filter((item) => item.status === 'pending')).toMatchObject([
      { module: 'datto-rmm', units: 14 },
    ]);
    expect((await world.day('2026-11-11').night()).psa?.posted).toBeUndefined();
  });

  test('un-posted there: pending again under the same id, with who and when it was posted', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    world.psa.post('2026-11-30');
    await world.day('2026-11-11').night();
    const [posted] = await world.list('billingItems');
    world.psa.unpost('s1', '2026-11-01');
    expect((await world.day('2026-11-12').night()).psa).toMatchObject({ unposted: 1 });
    expect(await world.list('billingItems')).toMatchObject([
      {
        id: posted?.id,
        status: 'pending',
        units: 14,
        unposted: [{ postedAt: posted?.postedAt, postedBy: AUTOTASK, reason: 'Un-posted in Autotask.' }],
      },
    ]);
    world.psa.post('2026-11-30');
    await world.day('2026-11-13').night();
    expect(await world.items()).toEqual(['posted period 2026-11-01 14 175.00']);
  });

  test('a change that went a day later is posted as the item it was pending as', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    await world.devices(16).day('2026-11-16').night();
    await world.devices(18).night();
    world.psa.post('2026-11-30');
    await world.day('2026-11-20').night();
    // Here both changes are one of 4 from the 16th; the PSA billed 2 of them from the 17th: 12.50 + 11.67.
    expect(await world.items()).toEqual([
      'posted period 2026-11-01 14 175.00',
      'posted adjustment 2026-11-16 4 24.17',
    ]);
  });

  test('rows of units are kept as the PSA holds them', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    await world.night();
    await world.devices(16).day('2026-11-16').night();
    const rows = (await world.list('psaUnits')).filter(
      ({ start }) => start >= '2026-11-01' && start < '2026-12-01',
    );
    expect(rows.map(({ start, end, units }) => `${start} ${end} ${units}`)).toEqual([
      '2026-11-01 2026-11-15 14',
      '2026-11-16 2026-11-30 16',
    ]);
  });
});
