import { describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import { countModule } from '../../src/sync/count-modules.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { getSync } from '../../src/usecases/get-sync.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listActivity } from '../../src/usecases/list-activity.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listSyncs } from '../../src/usecases/list-syncs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { ADA, Office, RMM, refusal } from './office.ts';

const unavailable = new IcbError('source-unavailable', 'Datto RMM does not answer. Try again later.');

describe('running twice', () => {
  test('changes nothing, also on the store but for the run, its counts and its log', async () => {
    const office = await Office.mapped();
    await office.sync();
    const [items, ledgers] = [await office.items(), await office.list('unitLedgers')];
    const again = await office.sync();
    expect(again).toMatchObject({ lines: { none: 1 }, psaWrites: 0, items: { created: 0, changed: 0 } });
    expect(await office.items()).toEqual(items);
    expect((await office.list('unitLedgers')).map((ledger) => ledger.changes)).toEqual(
      ledgers.map((ledger) => ledger.changes),
    );
  });

  test('the last count of a day replaces the earlier one', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.sites = { 'Daily Mail': { AllDevicesMetric: 12 } };
    await office.sync();
    expect(await office.items()).toEqual(['pending period 2026-11-01 12 150.00']);
    expect(await office.list('usageReports')).toHaveLength(1);
  });

  test('a device leaves on the 16th: −2 × 12.50 × 15/30; two more on the 22nd: −2 × 12.50 × 9/30', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.day('2026-11-16').sites = { 'Daily Mail': { AllDevicesMetric: 12 } };
    await office.sync();
    office.day('2026-11-22').sites = { 'Daily Mail': { AllDevicesMetric: 10 } };
    await office.sync();
    expect(await office.items()).toEqual([
      'pending period 2026-11-01 14 175.00',
      'pending adjustment 2026-11-16 -2 -12.50',
      'pending adjustment 2026-11-22 -2 -7.50',
    ]);
  });
});

describe('a module that fails', () => {
  test('never becomes zero: its lines stay, say so, and the next period is made all the same', async () => {
    const office = await Office.mapped();
    await office.sync();
    office.problem = unavailable;
    const run = await office.day('2026-12-01').sync();
    expect(run).toMatchObject({
      state: 'failed',
      modules: [{ state: 'failed', problem: unavailable.message }],
      lines: { none: 1 },
    });
    expect(await office.plan()).toMatchObject([
      { action: 'none', oldUnits: 14, newUnits: 14, reason: { code: 'count-unknown' } },
    ]);
    expect(await office.items()).toEqual([
      'pending period 2026-11-01 14 175.00',
      'pending period 2026-12-01 14 175.00',
    ]);
    const { items } = await listActivity(office.core, { failedOnly: true });
    expect(items.slice(0, 3).map((row) => row.reason.code)).toContain('module-failed');
    expect(await listModules(office.core).then(([first]) => first)).toMatchObject({
      problem: unavailable.message,
      lastCountedAt: expect.stringContaining('2026-11-10'),
    });
    expect((await syncSummary(office.core, run.id)).needsPerson[0]).toMatchObject({ kind: 'failed-module' });
  });

  test('beside one that is counted makes the run partial', async () => {
    const office = await Office.mapped();
    const items = [
      {
        date: '2026-11-10',
        moduleOrganization: { externalId: 'a', name: 'Acme' },
        billingType: 'Agents',
        quantity: 3,
      },
    ];
    await importUsage(office.core, { by: ADA, usage: { module: 'rocketcyber', items } });
    await enableModule(office.core, { module: 'rocketcyber', by: ADA });
    office.problem = unavailable;
    expect(await office.sync()).toMatchObject({
      state: 'partial',
      modules: [
        { id: 'datto-rmm', state: 'failed' },
        { id: 'rocketcyber', state: 'done', counts: 1, requests: 0 },
      ],
    });
    const rocket = (await listModules(office.core)).find((module) => module.id === 'rocketcyber');
    await office.day('2026-11-20').sync();
    expect(
      (await listModules(office.core)).find((module) => module.id === 'rocketcyber')?.lastCountedAt,
    ).toBe(rocket?.lastCountedAt);
  });

  test('with an error nobody foresaw hides it from people and tells the log', async () => {
    const office = await Office.mapped();
    office.problem = new TypeError('token abc is undefined');
    const run = await office.sync();
    expect(run.modules[0]?.problem).not.toContain('abc');
    expect(office.logged).toMatchObject([{ facts: { err: office.problem, module: RMM } }]);
  });

  test('whose settings are gone is not taken for one that is fed', async () => {
    const office = await Office.mapped();
    await office.sync();
    const restarted = await Office.empty({ connected: false, core: office.core });
    expect(await restarted.day('2026-11-20').sync()).toMatchObject({
      state: 'failed',
      modules: [{ state: 'failed', problem: expect.stringContaining('DATTO_RMM_API_URL') }],
    });
    expect((await restarted.plan())[0]).toMatchObject({ newUnits: 14, reason: { code: 'count-unknown' } });
  });

  test('too slow is cut off, also when it does not listen; what it says later is not heard', async () => {
    let answer: (value: never) => void = () => {};
    const deaf: UsageSource = { module: RMM, count: () => new Promise((resolve) => (answer = resolve)) };
    const { outcome, answer: heard } = await countModule(deaf, 5);
    answer({ organizations: [], counts: [], devices: [] } as never);
    expect(outcome).toMatchObject({ state: 'failed', problem: expect.stringContaining('did not answer') });
    expect(heard).toBeUndefined();
  });

  test('gives up itself at the signal, retries included', async () => {
    const polite: UsageSource = {
      module: RMM,
      count: ({ signal, onRequest }) => {
        onRequest?.();
        onRequest?.();
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    expect((await countModule(polite, 5)).outcome).toMatchObject({ state: 'failed', requests: 2 });
  });
});

describe('rehearsing', () => {
  test('writes nothing but its own record and tells nobody', async () => {
    const office = await Office.mapped();
    const before = await Promise.all(
      (['usageReports', 'moduleStates', 'unitLedgers', 'billingItems', 'activity', 'audit'] as const).map(
        (kind) => office.list(kind),
      ),
    );
    const run = await office.sync({ dryRun: true });
    expect(run).toMatchObject({ dryRun: true, state: 'done', lines: { create: 1 }, psaWrites: 0 });
    expect(
      await Promise.all(
        (['usageReports', 'moduleStates', 'unitLedgers', 'billingItems', 'activity', 'audit'] as const).map(
          (kind) => office.list(kind),
        ),
      ),
    ).toEqual(before);
    expect(await office.list('syncRuns')).toHaveLength(2);
    expect(office.told).toHaveLength(1);
  });

  test('plans as the run would: same plan, whether the module failed before or fails now', async () => {
    const office = await Office.mapped();
    office.problem = unavailable;
    await office.sync();
    office.problem = undefined;
    const rehearsed = await office.sync({ dryRun: true });
    expect(rehearsed.lines).toMatchObject({ create: 1 });
    expect((await office.sync()).planId).toBe(rehearsed.planId);
    office.sites = { 'Daily Mail': { AllDevicesMetric: 99 } };
    office.problem = unavailable;
    expect((await office.sync({ dryRun: true })).lines).toMatchObject({ none: 1, change: 0 });
  });
});

describe('one at a time', () => {
  test('a request during a run queues behind it; both can be watched', async () => {
    const office = await Office.mapped();
    let open: () => void = () => {};
    office.gate = new Promise<void>((resolve) => (open = resolve));
    const first = await startSync(office.core, { trigger: 'api', by: ADA });
    const second = await startSync(office.core, { trigger: 'slack', by: ADA });
    expect(await getSync(office.core, first.id)).toMatchObject({ state: 'running' });
    expect(await getSync(office.core, second.id)).toMatchObject({ state: 'running' });
    expect((await listSyncs(office.core)).map((run) => run.state)).toEqual(['running', 'running', 'done']);
    open();
    const [one, two] = await Promise.all([first.finished, second.finished]);
    expect(two.startedAt >= (one.finishedAt ?? '')).toBe(true);
    expect([one.lines.create, two.lines.none]).toEqual([1, 1]);
    expect(await getSync(office.core, second.id)).toMatchObject({ state: 'done' });
  });

  test('one that waited past midnight counts for the day on which it starts', async () => {
    const office = await Office.mapped();
    let open: () => void = () => {};
    office.gate = new Promise<void>((resolve) => (open = resolve));
    office.at('2026-11-10T23:59:00Z');
    const first = await startSync(office.core, { trigger: 'api', by: ADA });
    const second = await startSync(office.core, { trigger: 'api', by: ADA });
    await getSync(office.core, first.id);
    office.at('2026-11-11T00:01:00Z');
    open();
    expect((await first.finished).date).toBe('2026-11-10');
    expect((await second.finished).date).toBe('2026-11-11');
    expect((await office.list('usageReports')).map((report) => report.date)).toEqual([
      '2026-11-10',
      '2026-11-11',
    ]);
  });

  test('a channel that hangs holds no run up, and none that fails changes a state', async () => {
    const office = await Office.mapped();
    const hung: (() => void)[] = [];
    office.notify = () => new Promise((resolve) => void hung.push(resolve));
    const hanging = await startSync(office.core, { trigger: 'api', by: ADA });
    const next = await startSync(office.core, { trigger: 'api', by: ADA });
    while (hung.length < 2) await new Promise(setImmediate);
    for (const { id } of [hanging, next])
      expect(await getSync(office.core, id)).toMatchObject({ state: 'done', finishedAt: expect.any(String) });
    for (const free of hung) free();
    await office.core.syncQueue.idle();

    office.notify = () => Promise.reject(new Error('channel_not_found'));
    expect(await office.sync()).toMatchObject({ state: 'done' });
    expect(office.logged).toMatchObject([{ message: 'the sync summary could not be posted' }]);
  });

  test('a store that breaks during a run leaves a failed run with a reference, nothing half-applied', async () => {
    const office = await Office.mapped();
    const { store } = office.core;
    let commits = 0;
    const breaking = {
      ...office.core,
      store: {
        snapshot: () => store.snapshot(),
        commit: async (...args: Parameters<typeof store.commit>) => {
          if (++commits === 2) throw new Error('disk full');
          return store.commit(...args);
        },
      },
    };
    const run = await (await startSync(breaking, { trigger: 'api', by: ADA })).finished;
    expect(run).toMatchObject({ state: 'failed', problem: expect.stringMatching(/reference err_\d+/) });
    expect(run.problem).not.toContain('disk full');
    expect(await office.items()).toEqual([]);
    expect(await getSync(office.core, run.id)).toMatchObject({ state: 'failed' });
  });
});

describe('scope', () => {
  test('one organization: only its lines take counts; the others catch up later with each day’s date', async () => {
    const office = await Office.mapped();
    await office.mapOrganization('Acme', '2');
    await office.mapService({ contractId: 'c2', contractServiceId: 's2', from: 'period-start' });
    await office.sync();
    office.day('2026-11-16').sites = {
      'Daily Mail': { AllDevicesMetric: 15 },
      Acme: { AllDevicesMetric: 7 },
    };
    expect(await office.sync({ organization: 'acme' })).toMatchObject({
      scope: { organization: '2' },
      lines: { change: 1, none: 0 },
    });
    expect(await office.items()).toHaveLength(3);
    await office.day('2026-11-17').sync();
    expect((await office.items()).filter((item) => item.includes('adjustment'))).toEqual([
      'pending adjustment 2026-11-16 1 6.25',
      'pending adjustment 2026-11-16 1 6.25',
    ]);
  });

  test('unknown ones are refused before anything starts', async () => {
    const office = await Office.mapped();
    expect(await refusal(office.sync({ organization: 'Dayly Mail' }))).toMatchObject({
      code: 'unknown-organization',
      message: expect.stringContaining('"Daily Mail"'),
    });
    expect(await refusal(office.sync({ module: 'nope' }))).toMatchObject({ code: 'unknown-module' });
    expect(await refusal(office.sync({ module: 'rocketcyber' }))).toMatchObject({ code: 'not-enabled' });
    expect(await refusal(getSync(office.core, 'run_x'))).toMatchObject({ code: 'not-found' });
  });

  test('nothing mapped is done, and so is nothing enabled', async () => {
    expect(await (await Office.open()).sync()).toMatchObject({ state: 'done' });
    expect(await (await Office.empty()).sync()).toMatchObject({ state: 'done', modules: [] });
  });
});
