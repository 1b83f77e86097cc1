import { describe, expect, test } from 'vitest';
import { notCounted } from '../../src/sync/count-modules.ts';
import { getSync } from '../../src/usecases/get-sync.ts';
import { nightWasMissed, recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADA, BOB, Office } from './office.ts';

describe('runs that a stopped process left behind', () => {
  async function leftBehind(more: object = {}) {
    const office = await Office.open();
    const [done] = await office.list('syncRuns');
    if (!done) throw new Error('no run');
    const { planId: _, finishedAt: __, ...left } = done;
    const running = {
      ...left,
      id: 'run_left' as never,
      state: 'running' as const,
      modules: done.modules.map(({ id }) => notCounted(id)),
      ...more,
    };
    await office.core.store.commit({ put: { syncRuns: [running] } });
    return { office, done };
  }

  test('on an earlier day are over, with what to do; runs that ended are left alone', async () => {
    const { office, done } = await leftBehind();
    office.day('2026-11-11');
    await recoverRuns(office.core);
    await office.core.syncQueue.idle();
    expect(await getSync(office.core, 'run_left')).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('Start it again'),
      finishedAt: expect.any(String),
      modules: [{ state: 'failed', problem: expect.any(String) }],
    });
    expect(await getSync(office.core, done.id)).toEqual(done);
    const revision = await office.revision();
    await recoverRuns(office.core);
    expect(await office.revision()).toBe(revision);
  });

  test('today go on; a rehearsal does not', async () => {
    const { office } = await leftBehind();
    await recoverRuns(office.core);
    await office.core.syncQueue.idle();
    expect(await getSync(office.core, 'run_left')).toMatchObject({ state: 'done', resumed: 1 });
    const { office: other } = await leftBehind({ dryRun: true });
    await recoverRuns(other.core);
    expect(await getSync(other.core, 'run_left')).toMatchObject({ state: 'failed' });
  });
});

test('a run that waited behind another when icb was stopped has its turn when it starts again', async () => {
  const office = await Office.mapped();
  const { promise, resolve } = Promise.withResolvers<void>();
  office.gate = promise;
  const first = await startSync(office.core, { trigger: 'api', by: ADA });
  const second = await startSync(office.core, { trigger: 'slack', by: BOB, module: 'datto-rmm' });
  // Another process on the same store, while the first one hangs in its run for good.
  const again = await Office.empty({ core: office.core });
  await recoverRuns(again.core);
  await again.core.syncQueue.idle();
  expect(await getSync(again.core, first.id)).toMatchObject({ state: 'done', resumed: 1 });
  expect(await getSync(again.core, second.id)).toMatchObject({
    state: 'done',
    trigger: 'slack',
    by: BOB,
    scope: { module: 'datto-rmm' },
  });
  resolve();
});

describe('a night was missed', () => {
  const due = Temporal.Instant.from('2026-11-11T01:15:00Z');
  const missed = (office: Office) => nightWasMissed(office.core, due);

  test('not by a first icb, nor when none was due', async () => {
    expect(await missed(await Office.empty())).toBe(false);
    expect(await nightWasMissed((await Office.open()).core, undefined)).toBe(false);
  });

  test('when the last run is older than the night', async () => {
    const office = await Office.open();
    expect(await missed(office)).toBe(true);
    await office.day('2026-11-11').sync({ trigger: 'catch-up' });
    expect(await missed(office)).toBe(false);
  });

  test('also when somebody only rehearsed, or synced a part, since', async () => {
    const office = await Office.open();
    office.day('2026-11-11');
    await office.sync({ dryRun: true });
    await office.sync({ module: 'datto-rmm' });
    await office.sync({ organization: '1' });
    expect(await missed(office)).toBe(true);
  });

  test('also when the run of the night was cut off, but not when its modules failed', async () => {
    const office = await Office.open();
    office.at('2026-11-11T01:15:00Z').problem = new Error('no');
    const run = await office.sync({ trigger: 'night' });
    expect(run.state).toBe('failed');
    expect(await missed(office)).toBe(false);
    const { planId: _, ...cutOff } = run;
    await office.core.store.commit({ put: { syncRuns: [{ ...cutOff, state: 'running' }] } });
    expect(await missed(office)).toBe(true);
    await recoverRuns(office.core);
    expect(await missed(office)).toBe(false);
    await office.core.syncQueue.idle();
  });
});
