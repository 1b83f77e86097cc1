import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageReport } from '../../src/domain/usage-count.ts';
import { ownIcb } from '../support/own-icb.ts';

const oldReport = (date: string) =>
  UsageReport.parse({
    id: `datto-rmm:${date}`,
    module: 'datto-rmm',
    date,
    takenAt: `${date}T01:15:00Z`,
    complete: true,
    counts: {},
  });

test('after a night icb takes out what is old by itself', { timeout: 90_000 }, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'icb-thinned-'));
  try {
    const before = await ownIcb({ ICB_DATA_DIR: dir });
    await before.icb.core.store.commit({
      put: { usageReports: ['2024-03-01', '2024-03-02', '2024-03-03'].map(oldReport) },
    });
    await before.close();
    // Two days later: the nights between are made up for.
    const after = await ownIcb({ ICB_DATA_DIR: dir, ICB_CLOCK: '2026-11-12T08:00:00Z' }, false);
    await expect
      .poll(() => after.log.find((line) => line.includes('old records thinned')), { timeout: 45_000 })
      .toContain('"thinned":{"counts":{"removed":2,"reduced":0}}');
    const snapshot = await after.icb.core.store.snapshot();
    const left = await snapshot.list('usageReports', { from: '2024-03', to: '2024-03' });
    expect(left.map(({ date }) => date)).toEqual(['2024-03-03']);
    const [entry] = (await snapshot.list('audit')).filter(({ action }) => action === 'thin');
    expect(entry).toMatchObject({
      by: { kind: 'system' },
      text: 'Daily counts of datto-rmm of 2024-03 thinned: 2 records removed',
    });
    await after.close();
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
