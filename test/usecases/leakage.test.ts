import { expect, test } from 'vitest';
import type { LeakageFilter } from '../../src/usecases/list-leakage.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { Office, refusal } from './office.ts';

const leaks = async (office: Office, filter: LeakageFilter = {}): Promise<string[]> =>
  (await listLeakage(office.core, filter)).rows.map((row) =>
    [
      row.moduleOrganization,
      row.billingTypeLabel,
      row.units,
      row.reason.code,
      row.amount ?? '-',
      `${row.ageDays} d`,
    ].join(' · '),
  );

test('nothing is known before an enabled module has been counted', async () => {
  const office = await Office.empty();
  expect(await listLeakage(office.core)).toMatchObject({ rows: [], counted: false, totals: { units: 0 } });
});

test('from unmapped to billed, step by step', async () => {
  const office = await Office.open();
  expect(await leaks(office)).toEqual([
    'Daily Mail · All devices · 12 · unmapped-organization · - · 0 d',
    'Acme · All devices · 6 · unmapped-organization · - · 0 d',
    'Daily Mail · Servers · 2 · unmapped-organization · - · 0 d',
  ]);
  await office.mapOrganization('Daily Mail', '1');
  expect(await leaks(office, { organization: 'Daily Mail' })).toEqual([
    'Daily Mail · All devices · 12 · unmapped-billing-type · - · 0 d',
    'Daily Mail · Servers · 2 · unmapped-billing-type · - · 0 d',
  ]);
  await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
  // Daily Mail bills all 14, so that Acme's 6 are worth what it pays: 6 × 12.50.
  expect(await leaks(office)).toEqual(['Acme · All devices · 6 · unmapped-organization · 75.00 · 0 d']);
  await office.mapOrganization('Acme', '2');
  await office.mapService({ contractId: 'c2', contractServiceId: 's2', from: 'period-start' });
  expect(await listLeakage(office.core)).toMatchObject({ rows: [], counted: true });
});

test('totals by reason, module and age; a filter sums only its own rows', async () => {
  const office = await Office.mapped();
  for (const date of ['2026-11-18', '2026-11-19']) await office.day(date).sync();
  office.sites = { ...office.sites, Newcomer: { Server: 3 } };
  await office.day('2026-12-12').sync();
  const { totals } = await listLeakage(office.core);
  expect(totals).toMatchObject({
    rows: 2,
    units: 9,
    amounts: [{ currency: 'USD', amount: '112.50' }],
    unpricedUnits: 0,
    byReason: [{ key: 'unmapped-organization', label: 'Organization not mapped', units: 9 }],
    byModule: [{ key: 'datto-rmm', label: 'Datto RMM', units: 9 }],
    byAge: [
      { key: '0-7', units: 3, amounts: [{ currency: 'USD', amount: '37.50' }] },
      { key: '31+', units: 6, amounts: [{ currency: 'USD', amount: '75.00' }] },
    ],
  });
  const held = await listLeakage(office.core, { reason: 'held' });
  expect(held).toMatchObject({ rows: [], totals: { units: 0, byReason: [] } });
  expect((await refusal(listLeakage(office.core, { module: 'dato rm' }))).code).toBe('unknown-module');
  expect((await refusal(listLeakage(office.core, { organization: 'nobody' }))).code).toBe(
    'unknown-organization',
  );
});

test('a module that is switched off leaks nothing; the same day answers anew after a decision', async () => {
  const office = await Office.open();
  expect((await listLeakage(office.core)).totals.units).toBe(20);
  const [state] = await office.list('moduleStates');
  if (!state) throw new Error('no module state');
  await office.core.store.commit({ put: { moduleStates: [{ ...state, enabled: false }] } });
  expect(await listLeakage(office.core)).toMatchObject({ rows: [], counted: false });
});

test('the summary of a run says what bills nowhere, and is silent when nothing does', async () => {
  const office = await Office.mapped();
  const { id } = await office.sync();
  expect((await syncSummary(office.core, id)).leakage).toEqual({
    units: 6,
    amounts: [{ currency: 'USD', amount: '75.00' }],
  });
  await office.mapOrganization('Acme', '1');
  expect(await syncSummary(office.core, id)).not.toHaveProperty('leakage');
});

test('a held jump leaks what it would bill more, since the day it was held', async () => {
  const office = await Office.mapped();
  await office.mapOrganization('Acme', '1');
  for (const date of ['2026-11-11', '2026-11-12', '2026-11-13']) await office.day(date).sync();
  expect(await leaks(office)).toEqual([]);
  office.sites = { ...office.sites, Acme: { AllDevicesMetric: 36 } };
  await office.day('2026-11-14').sync();
  await office.day('2026-11-15').sync();
  // 14 + 36 are counted, 14 + 6 are in force: 30 × 12.50 a month.
  expect(await leaks(office, { reason: 'held' })).toEqual(['Acme · All devices · 30 · held · 375.00 · 1 d']);
});
