import { describe, expect, test } from 'vitest';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import type { Changes } from '../../src/ports/store.ts';
import type { Core } from '../../src/usecases/core.ts';
import { getSync } from '../../src/usecases/get-sync.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { missedNights } from '../../src/usecases/missed-nights.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import { ADA, Office, RMM } from './office.ts';

import { down, ROCKET, twoModules } from './two-modules.ts';

describe('a module that fails at night', () => {
  test('is asked again after 10 and 20 minutes; the others are applied before that', async () => {
    const world = await twoModules(2);
    const before: string[][] = [];
    world.onWait(async () => void before.push(await world.office.items()));
    const run = await world.night();
    expect(world.waits).toEqual([10, 20]);
    expect(before[0]).toEqual(['pending period 2026-11-01 14 175.00']);
    expect(run).toMatchObject({
      state: 'done',
      lines: { create: 1, none: 0 },
      modules: [
        { id: RMM, state: 'done', tries: 1, requests: 1, lines: { create: 1 } },
        { id: ROCKET, state: 'done', tries: 3, requests: 3, counts: 1, durationMs: expect.any(Number) },
      ],
    });
    expect(run.modules[1]).not.toHaveProperty('retryAt');
    expect(run.modules.every(({ startedAt = '', finishedAt = '' }) => startedAt < finishedAt)).toBe(true);
    const { items } = await listActivity(world.core, { failedOnly: true, module: ROCKET });
    expect(items.filter((row) => row.runId === run.id).map((row) => row.reason.code)).toEqual([
      'organization-not-mapped',
    ]);
  });

  test('three times stays failed, with the number of tries; its units stay', async () => {
    const world = await twoModules(9);
    const run = await world.night();
    expect([world.asked(), run.state, run.modules[1]]).toMatchObject([
      3,
      'partial',
      { state: 'failed', tries: 3, problem: down.message },
    ]);
    const rows = await world.office.list('activity');
    expect(rows.filter((row) => row.runId === run.id && row.module === ROCKET)).toHaveLength(1);
    expect(await world.office.list('syncRuns').then((runs) => runs.at(-1))).toMatchObject({
      state: 'partial',
    });
  });

  test('is told of while it waits, and once more at the end', async () => {
    const world = await twoModules(1);
    await world.night();
    const told = world.office.told.filter((run) => run.trigger === 'night');
    expect(told.map((run) => [run.state, run.modules[1]?.state])).toEqual([
      ['running', 'failed'],
      ['done', 'done'],
    ]);
    expect(told[0]?.modules[1]?.retryAt).toMatch(/^2026-11-10T09:10/);
  });

  test('keeps nobody waiting: with a run behind it, it has one try at once', async () => {
    const world = await twoModules(1);
    let second: Promise<SyncRun> | undefined;
    world.onWait(async () => {
      second = (await startSync(world.core, { trigger: 'api', by: ADA })).finished;
    });
    const first = await world.night();
    expect([first.state, world.asked()]).toEqual(['done', 3]);
    expect(await second).toMatchObject({ state: 'done' });
  });

  test('on demand is not asked again: a person waits', async () => {
    const world = await twoModules(1);
    const run = await (await startSync(world.core, { trigger: 'api', by: ADA })).finished;
    expect([run.state, world.asked(), world.waits]).toEqual(['partial', 1, []]);
  });

  test('is left for the next start when icb stops meanwhile', async () => {
    const world = await twoModules(1);
    world.onWait(async () => world.core.syncQueue.stop());
    const cut = await world.night();
    expect(cut.state).toBe('running');
    const restarted: Core = { ...world.core, syncQueue: new SyncQueue() };
    await recoverRuns(restarted);
    await restarted.syncQueue.idle();
    expect(await getSync(restarted, cut.id)).toMatchObject({
      state: 'done',
      resumed: 1,
      modules: [{ tries: 1 }, { tries: 2, state: 'done' }],
    });
  });
});

describe('nights that were missed', () => {
  const nightly = (since: Temporal.Instant) =>
    Array.from({ length: 40 }, (_, day) =>
      Temporal.Instant.from('2026-11-01T01:15:00Z').add({ hours: 24 * day }),
    ).filter((due) => Temporal.Instant.compare(due, since) > 0 && due.toString() <= '2026-11-14T09:00:00Z');

  test('are made up for by one run; the log says which days are unknown, and no count is invented', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.day('2026-11-14').sites = { 'Daily Mail': { AllDevicesMetric: 15 } };
    const missed = await missedNights(office.core, nightly);
    expect(missed).toEqual(['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14']);
    const run = await office.sync({ trigger: 'catch-up', missedNights: missed });
    expect(run.missedNights).toEqual(missed);
    const { items } = await listActivity(office.core, { failedOnly: true });
    const unknown = items.filter((row) => row.reason.code === 'night-missed');
    expect(unknown.map((row) => row.date)).toEqual(['2026-11-13', '2026-11-12', '2026-11-11']);
    expect((await office.list('usageReports')).map((report) => report.date)).toEqual([
      '2026-11-10',
      '2026-11-14',
    ]);
    expect(await office.items()).toEqual([
      'pending period 2026-11-01 14 175.00',
      'pending adjustment 2026-11-14 1 7.0833',
    ]);
    expect(await missedNights(office.core, nightly)).toEqual([]);
  });

  test('none by a first icb; a run under way makes up for its night', async () => {
    const empty = await Office.empty();
    expect(await missedNights(empty.core, nightly)).toEqual([]);
    const office = await Office.open();
    office.day('2026-11-11');
    const { finished } = await startSync(office.core, { trigger: 'night', by: ADA });
    expect(await missedNights(office.core, () => [])).toEqual([]);
    await finished;
  });

  test('a run of an earlier day that was cut off is over, and its night is missed', async () => {
    const office = await Office.mapped();
    const run = await office.day('2026-11-13').sync({ trigger: 'night' });
    const { planId: _, finishedAt: __, ...cutOff } = run;
    await office.core.store.commit({ put: { syncRuns: [{ ...cutOff, state: 'running' }] } });
    office.day('2026-11-14');
    await recoverRuns(office.core);
    expect(await getSync(office.core, run.id)).toMatchObject({ state: 'failed' });
    expect(await missedNights(office.core, nightly)).toContain('2026-11-13');
  });
});

test('a run in which nothing changed only reads: no write to the PSA, and only its own records to the store', async () => {
  const office = await Office.mapped();
  await office.sync();
  const store = office.core.store;
  const written: Changes[] = [];
  let psaCalls = 0;
  const psaOf = office.core.psa;
  const counting: Core = {
    ...office.day('2026-11-11').core,
    store: {
      snapshot: () => store.snapshot(),
      commit: (changes, options) => {
        written.push(changes);
        return store.commit(changes, options);
      },
    },
    psa: {
      ...psaOf,
      adjustUnits: (adjustments) => {
        psaCalls += 1;
        return psaOf.adjustUnits(adjustments);
      },
    },
  };
  const run = await (await startSync(counting, { trigger: 'night', by: ADA })).finished;
  expect(run).toMatchObject({ state: 'done', psaWrites: 0, lines: { none: 1 } });
  expect([psaCalls, written.length]).toEqual([0, 3]);
  const kinds = written.flatMap(({ put = {} }) =>
    Object.entries(put).flatMap(([kind, records]) => (records.length > 0 ? [kind] : [])),
  );
  expect([...new Set(kinds)].sort()).toEqual([
    'activity',
    'moduleOrganizations',
    'moduleStates',
    'syncRuns',
    'usageEvidence',
    'usageReports',
  ]);
  // How far its ledgers are counted, the module says.
  expect(written.at(-1)?.put?.moduleStates?.map(({ counted }) => counted?.through)).toEqual(['2026-11-11']);
  expect(written.flatMap(({ remove = [] }) => remove)).toEqual([]);
});
