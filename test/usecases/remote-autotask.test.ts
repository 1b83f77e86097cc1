import { afterEach, expect, test } from 'vitest';
import type { AutotaskSimulator } from '../../src/simulators/autotask/start-autotask-simulator.ts';
import { comparePsa } from '../../src/usecases/compare-psa.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { nightOf, startAutotaskOffice } from './autotask-office.ts';
import { ADA } from './office.ts';

let simulator: AutotaskSimulator | undefined;
afterEach(async () => simulator?.close());

/** Counted once, and mapped to the service. */
async function mappedOffice(futurePeriods?: number) {
  const { office, sim, core } = await startAutotaskOffice(futurePeriods);
  simulator = sim;
  const night = () => nightOf(core);
  await enableModule(core, { module: 'datto-rmm', by: ADA });
  const first = await night();
  await confirmMappings(core, {
    by: ADA,
    mappings: [{ moduleOrganizationId: 'datto-rmm:Daily Mail', organizationId: '101' }],
  });
  await mapBillingTypes(core, {
    by: ADA,
    mappings: [
      {
        contractId: '201',
        module: 'datto-rmm',
        billingType: 'AllDevicesMetric',
        contractServiceId: '401',
        from: 'period-start',
      } as never,
    ],
  });
  const devices = (count: number) => {
    office.sites = { 'Daily Mail': { AllDevicesMetric: count } };
  };
  return { office, core, night, first, devices, sim };
}

test('a month with the real adapter: book, units, a lost answer, approve and post, a posted period', async () => {
  const { office, core, night, first, devices, sim } = await mappedOffice();
  expect(first.psa).toMatchObject({
    state: 'done',
    read: { organizations: 1, contracts: 1, contractServices: 1 },
  });

  expect(await night()).toMatchObject({ psaWrites: 1, psa: { state: 'done', confirmed: 1, queued: 0 } });
  office.day('2026-11-16');
  devices(16);
  sim.setFaults({ timeoutAfterCommit: { entity: 'ContractServiceAdjustments', times: 1, how: 'reset' } });
  expect(await night()).toMatchObject({ psaWrites: 1, psa: { confirmed: 1, queued: 0 } });
  expect(sim.adjustments.map(({ effectiveDate, unitChange }) => `${effectiveDate} ${unitChange}`)).toEqual([
    '2026-11-01 4',
    '2026-11-16 2',
  ]);
  expect(
    (await comparePsa(core, { onlyDifferent: true })).rows.filter(
      ({ period }) => period.start >= '2026-11-01',
    ),
  ).toEqual([]);

  office.day('2026-11-20');
  sim.approveAndPost('2026-11-30');
  expect((await night()).psa).toMatchObject({ state: 'done' });
  const november = async () => (await office.items()).filter((text) => text.includes('2026-11'));
  expect(await november()).toEqual([
    'posted period 2026-11-01 14 175.00',
    'posted adjustment 2026-11-16 2 12.50',
  ]);

  office.day('2026-11-25');
  devices(18);
  expect((await night()).psa).toMatchObject({ state: 'done', confirmed: 1 });
  expect(sim.adjustments.at(-1)).toMatchObject({ effectiveDate: '2026-12-01', unitChange: 2 });
  const pushes = await office.list('unitPushes');
  // 2 × 12.50 × 6/30
  expect(pushes.find((push) => push.wantedFrom)).toMatchObject({
    unbilled: { amount: '5.00', reason: 'period-posted' },
  });
  const sent = sim.adjustments.length;
  office.day('2026-11-26');
  expect(await night()).toMatchObject({ psaWrites: 0, psa: { state: 'done', read: { changed: 0 } } });
  expect(sim.adjustments.length).toBe(sent);
});

test('a change for a period Autotask has made no row of waits for its day', async () => {
  const { office, night, devices, sim, core } = await mappedOffice(0);
  await night();
  await mapBillingTypes(core, {
    by: ADA,
    mappings: [
      {
        contractId: '201',
        module: 'datto-rmm',
        billingType: 'AllDevicesMetric',
        contractServiceId: '401',
        unitRule: 'next-period',
      } as never,
    ],
  });
  office.day('2026-11-20');
  devices(16);
  await night();
  expect((await office.list('unitPushes')).map(({ state }) => state.status).sort()).toEqual([
    'confirmed',
    'queued',
  ]);
  office.day('2026-12-01');
  expect((await night()).psa).toMatchObject({ confirmed: 1, queued: 0 });
  expect(sim.adjustments.at(-1)).toMatchObject({ effectiveDate: '2026-12-01', unitChange: 2 });
});
