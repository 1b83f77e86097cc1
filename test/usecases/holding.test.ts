import { expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { excludeLine } from '../../src/usecases/exclude-line.ts';
import { setHoldLimits } from '../../src/usecases/hold-limits.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { releaseLines } from '../../src/usecases/release-lines.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { ADA, Office, refusal } from './office.ts';

const held = async (office: Office) => (await office.plan()).find((line) => line.action === 'held');

/** 14 devices in force since the 10th, none counted on the 22nd. */
async function fellToZero(): Promise<{ office: Office; id: string }> {
  const office = await Office.mapped();
  await office.sync();
  office.day('2026-11-22').sites = {};
  await office.sync();
  const line = await held(office);
  return { office, id: line?.id ?? '' };
}

test('a held count bills nothing; released, the next sync takes it with its own date', async () => {
  const { office, id } = await fellToZero();
  expect(await office.items()).toEqual(['pending period 2026-11-01 14 175.00']);
  office.day('2026-11-24');
  const { line, text } = await releaseLine(office.core, { by: ADA, id, reason: 'Office closed' });
  expect(text).toContain('14 → 0 (Office closed)');
  expect(line).toMatchObject({ action: 'change', newUnits: 0, effectiveDate: '2026-11-22' });
  await office.sync();
  // 14 × 12.50 × 9/30
  expect(await office.items()).toContain('pending adjustment 2026-11-22 -14 -52.50');
  expect(await refusal(releaseLine(office.core, { by: ADA, id }))).toMatchObject({ code: 'bad-input' });
});

test('people decide also while the module fails', async () => {
  const { office, id } = await fellToZero();
  office.day('2026-11-23').problem = new IcbError('source-unavailable', 'Datto RMM does not answer.');
  await office.sync();
  expect(await held(office)).toBeUndefined();
  const exclusion = { reason: 'Moving house', until: '2026-11-30' };
  const { line } = await excludeLine(office.core, { by: ADA, id, exclusion });
  expect(line).toMatchObject({ action: 'none', newUnits: 14, reason: { code: 'excluded' } });
});

test('what is held stays said while the module fails: in the summary, as leakage, and approved with all of its module', async () => {
  const { office } = await fellToZero();
  office.sites = { 'Daily Mail': { AllDevicesMetric: 40 } };
  await office.day('2026-11-23').sync();
  office.problem = new IcbError('source-unavailable', 'Datto RMM does not answer.');
  const run = await office.day('2026-11-24').sync();
  expect(await office.plan()).toMatchObject([{ action: 'none', reason: { code: 'count-unknown' } }]);
  const summary = await syncSummary(office.core, run.id);
  expect(summary.held).toMatchObject([{ newUnits: 40, heldSince: '2026-11-22' }]);
  expect(summary.needsPerson.map(({ kind }) => kind)).toContain('held');
  expect((await listLeakage(office.core)).totals.byReason).toMatchObject([{ key: 'held', units: 26 }]);
  const { lines } = await releaseLines(office.core, { by: ADA, module: 'datto-rmm' });
  expect(lines).toMatchObject([{ action: 'change', newUnits: 40 }]);
  expect((await syncSummary(office.core, run.id)).held).toEqual([]);
});

test('limits are settings: where a fall to zero does not wait, it is billed', async () => {
  const { office } = await fellToZero();
  await setHoldLimits(office.core, { by: ADA, limits: { zero: false, jumpUnits: 50 } });
  await office.sync();
  expect(await office.items()).toContain('pending adjustment 2026-11-22 -14 -52.50');
  expect(await refusal(setHoldLimits(office.core, { by: ADA, limits: { jumpUnits: -1 } }))).toMatchObject({
    code: 'bad-input',
  });
});
