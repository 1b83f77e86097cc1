import { expect, test } from 'vitest';
import { listPlan, listRehearsal } from '../../src/usecases/list-plan.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { ADA, Office, refusal } from './office.ts';

test('a run that finds what the preview said executes that very plan, and says so', async () => {
  const office = await Office.mapped();
  const { id } = await listPlan(office.core);
  const run = await office.sync();
  expect(run).toMatchObject({ planId: id, previewed: { planId: id, moved: 0, moves: [] } });
  expect((await office.sync()).previewed).toBeUndefined();
});

test('counts that moved since are told line by line', async () => {
  const office = await Office.mapped();
  const { id } = await listPlan(office.core);
  office.sites = { 'Daily Mail': { AllDevicesMetric: 16 } };
  const run = await office.sync();
  expect(run.planId).not.toBe(id);
  expect(run.previewed).toMatchObject({
    planId: id,
    moved: 1,
    moves: [
      {
        organizationId: '1',
        contractServiceId: 's1',
        before: { action: 'create', oldUnits: 0, newUnits: 14, amount: '175.00' },
        after: { action: 'create', oldUnits: 0, newUnits: 16, amount: '200.00' },
      },
    ],
  });
});

test('so is a hold that somebody released meanwhile; a preview of yesterday is none', async () => {
  const office = await Office.mapped();
  await office.sync();
  await listPlan(office.core);
  office.sites = {};
  await office.day('2026-11-22').sync();
  expect((await office.list('syncRuns')).at(-1)?.previewed).toBeUndefined();
  const { lines } = await listPlan(office.core);
  await releaseLine(office.core, { by: ADA, id: lines[0]?.id ?? '' });
  expect((await office.sync()).previewed?.moves).toMatchObject([
    { before: { action: 'held', newUnits: 0 }, after: { action: 'change', newUnits: 0 } },
  ]);
});

test('a run of one part is compared in that part alone', async () => {
  const office = await Office.ready();
  await office.mapService({ contractId: 'c1', contractServiceId: 's1' });
  await office.mapService({ contractId: 'c2', contractServiceId: 's2' });
  await listPlan(office.core);
  expect((await office.sync({ organization: '2' })).previewed).toMatchObject({ moved: 0 });
});

test('a rehearsal’s plan can be read, and the run after it is compared with it', async () => {
  const office = await Office.mapped();
  office.sites = { 'Daily Mail': { AllDevicesMetric: 20 } };
  const rehearsal = await office.sync({ dryRun: true });
  const plan = await listRehearsal(office.core, rehearsal.id);
  expect(plan).toMatchObject({
    id: rehearsal.planId,
    lines: [{ organization: 'Daily Mail', newUnits: 20, unitRule: 'prorate-daily', monthlyAmount: '250.00' }],
    groups: {
      module: [{ label: 'Datto RMM', lines: 1, units: 20, amount: '250.00' }],
      organization: [{ label: 'Daily Mail', lines: 1, units: 20, amount: '250.00' }],
    },
  });
  const run = await office.sync();
  expect(run).toMatchObject({ planId: rehearsal.planId, previewed: { moved: 0 } });
  expect(await refusal(listRehearsal(office.core, run.id))).toMatchObject({ code: 'not-found' });
});
