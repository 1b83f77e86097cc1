import { expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { ADA, BOB, Office } from '../usecases/office.ts';

/** What `icb explain` prints for the item of a day, over the use case as the API answers it. */
async function printed(office: Office, itemDate: string): Promise<string> {
  const { items } = await listBillingItems(office.core, { filter: {} });
  const id = items.find((item) => item.itemDate === itemDate)?.id ?? '';
  const get = async <T>(path: string): Promise<T> => {
    expect(path).toBe(`/api/billing-items/${id}/explain`);
    return JSON.parse(JSON.stringify(await explainItem(office.core, id)));
  };
  const said = await explain({ get, send: get as never, close: async () => {} }, id);
  expect(said.json).toMatchObject({ item: { id } });
  return said.text.replaceAll(id, 'ID');
}

test('prints the words, the counts by day, devices, decisions and facts', async () => {
  const office = await Office.mapped();
  for (const [date, devices] of [
    ['2026-11-10', 8],
    ['2026-11-11', 16],
    ['2026-11-12', 16],
  ] as const) {
    office.devices = Array.from({ length: devices }, (_, i) => `PC-${i + 1}`);
    office.day(date).sites = { 'Daily Mail': { AllDevicesMetric: devices } };
    await office.sync();
    if (date === '2026-11-10') await approveAndPost(office.core, { by: ADA, filter: {} });
    const [line] = await office.plan();
    if (line?.action === 'held' && date === '2026-11-11')
      await releaseLine(office.core, { by: BOB, id: line.id, reason: 'New office' });
  }
  const text = await printed(office, '2026-11-11');
  expect(text.split('\n').slice(0, 13)).toEqual([
    'Daily Mail: Desktop Monitoring, pending adjustment ID',
    '  Desktop Monitoring at Daily Mail is billed by All devices of Datto RMM.',
    '  16 devices were counted on 11 Nov 2026, 8 more than the 8 units in force before; the count waited until Bob approved it on 11 Nov 2026.',
    '  The period was posted on 10 Nov 2026 with 8 units; posted items never change, so this change is an item of its own.',
    '  From 11 Nov 2026 the rest of the period, 20 of 30 days, is billed: 8 × 12.50 USD × 20 of 30 days = 66.6667 USD.',
    '',
    'Day         Counted  Units',
    '──────────  ───────  ─────  ───────────────',
    '2026-11-10        8      8',
    '2026-11-11       16     16  item date, held',
    '2026-11-12       16     16',
    '',
    '8 devices came between 2026-11-10 and 2026-11-11: PC-9, PC-10, PC-11, PC-12, PC-13, PC-14, PC-15, PC-16',
  ]);
  expect(text).toContain('Held 2026-11-11 to 2026-11-11, 8 → 16, approved');
  expect(text).toContain('Approved through 2026-11-11 by Bob: New office');
  expect(text).toContain('Price: 12.50 USD a unit, the price icb first read.');
  expect(text).toMatch(/Corrects bi_\w+$/);
  expect(await printed(office, '2026-11-01')).toMatch(/Corrected by bi_\w+\nPosted by Ada at 2026-11-10/);
});
