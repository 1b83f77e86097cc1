import { beforeEach, describe, expect, it } from 'vitest';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { ADA, Office } from './office.ts';

const BECAUSE = 'Counted by the total of the domain.';

let office: Office;
const today = async () => (await office.list('usageReports')).at(-1);

beforeEach(async () => {
  office = await Office.ready();
});

describe('what a module cannot tell', () => {
  it('changes no units, neither a whole billing type nor a single count', async () => {
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    await office.mapService({
      contractId: 'c1',
      contractServiceId: 's1b',
      billingType: 'Server',
      from: 'period-start',
    });
    await office.day('2026-11-11').sync();
    office.sites = { 'Daily Mail': {}, Acme: {} };
    office.limits = {
      billingTypes: ['AllDevicesMetric'],
      unknown: [{ externalId: 'Daily Mail', billingType: 'AllDevicesMetric' }],
    };
    const run = await office.day('2026-11-12').sync();
    expect(run).toMatchObject({ state: 'done', lines: { none: 2, change: 0, held: 0 } });
    const { items } = await listBillingItems(office.core, { filter: {} });
    expect(items.map(({ service, units }) => [service, units]).sort()).toEqual([
      ['Desktop Monitoring', 14],
      ['Server Monitoring', 2],
    ]);
  });

  it('stays as an earlier count of the day had it, zero included', async () => {
    office.limits = {
      billingTypes: ['AllDevicesMetric', 'Desktop'],
      unknown: [
        { externalId: 'Daily Mail', billingType: 'AllDevicesMetric' },
        { externalId: 'Acme', billingType: 'Desktop' },
      ],
    };
    office.sites = { 'Daily Mail': {}, Acme: { AllDevicesMetric: 7 } };
    await office.sync();
    expect(await today()).toMatchObject({
      complete: true,
      billingTypes: ['AllDevicesMetric', 'Desktop'],
      unknown: { 'Daily Mail': ['AllDevicesMetric'], Acme: ['Desktop'] },
      counts: {
        'Daily Mail': { AllDevicesMetric: 14, Server: 2 },
        Acme: { AllDevicesMetric: 7, Desktop: 0 },
      },
    });
  });

  it('can be sent to icb beside what it counts, and outlives the next count of the day', async () => {
    office.limits = { billingTypes: ['AllDevicesMetric'] };
    await office.day('2026-11-12').sync();
    await importUsage(office.core, {
      by: ADA,
      usage: {
        module: 'datto-rmm',
        items: [
          {
            date: '2026-11-12',
            moduleOrganization: { externalId: 'Acme', name: 'Acme' },
            billingType: 'Server',
            quantity: 9,
          },
        ],
      },
    });
    await office.sync();
    expect(await today()).toMatchObject({
      billingTypes: ['AllDevicesMetric'],
      counts: { Acme: { AllDevicesMetric: 6, Server: 9 } },
    });
  });
});

it('says what was counted instead of devices, and lets none of them go', async () => {
  await office.mapService({
    contractId: 'c1',
    contractServiceId: 's1b',
    billingType: 'Server',
    from: 'period-start',
  });
  await office.day('2026-11-11').sync();
  office.sites = { 'Daily Mail': { Server: 3 } };
  office.limits = { untold: [{ externalId: 'Daily Mail', because: BECAUSE }] };
  await office.day('2026-11-12').sync();
  const { items } = await listBillingItems(office.core, { filter: {} });
  const adjustment = items.find((item) => item.kind === 'adjustment');
  const explained = await explainItem(office.core, adjustment?.id ?? '');
  expect(explained.counts.at(-1)).toMatchObject({ date: '2026-11-12', quantity: 3, notes: [BECAUSE] });
  expect(explained.deviceChange).toBeUndefined();
});
