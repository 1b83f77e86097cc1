import { describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADA } from './office.ts';
import { RemoteOffice } from './remote-office.ts';

describe('units on their way to a remote PSA', () => {
  test('the book comes from the PSA, and the first count goes there as one adjustment', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    expect((await world.list('contracts')).length).toBe(10);
    const run = await world.night();
    expect(run).toMatchObject({
      state: 'done',
      psaWrites: 1,
      psa: { state: 'done', pushed: 1, confirmed: 1, queued: 0, read: { contracts: 10, changed: 0 } },
    });
    // Ten were there: the difference goes from the period's first day.
    expect(world.psa.pushes()).toEqual(['adjust s1 2026-11-01 4']);
    expect(await world.pushes()).toEqual(['s1 2026-11-01 +4 confirmed']);
    expect(world.psaUnits('s1')).toBe(14);
  });

  test('run twice = run once: an unchanged night writes nothing there, nor of the book or the mirror', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    await world.night();
    await world.day('2026-11-11').night();
    const sent = world.psa.pushes().length;
    const kinds = new Set<string>();
    const { store } = world.core;
    world.core = world.started({
      store: {
        snapshot: () => store.snapshot(),
        commit: (changes, options) => {
          for (const [kind, records] of Object.entries(changes.put ?? {}))
            if (records.length > 0) kinds.add(kind);
          for (const { kind } of changes.remove ?? []) kinds.add(kind);
          return store.commit(changes, options);
        },
      },
    });
    const run = await world.day('2026-11-12').night();
    expect(run).toMatchObject({ psaWrites: 0, psa: { state: 'done', queued: 0, read: { changed: 0 } } });
    expect(world.psa.pushes().length).toBe(sent);
    for (const kind of [
      'organizations',
      'contracts',
      'contractServices',
      'psaUnits',
      'billingItems',
      'unitPushes',
    ])
      expect(kinds).not.toContain(kind);
  });

  test.each([
    ['an answer that is lost after the change was taken', 'lost-answer', 1, []],
    ['a call that is lost before it', 'lost-call', 2, [6]],
    ['a change that is taken minutes after its caller gave up', 'late', 1, [6]],
  ] as const)('%s leaves the units right', async (_, fault, sent, waits) => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    world.psa.fault = (_, nth) => (nth === 0 ? fault : undefined);
    const run = await world.night();
    expect(run).toMatchObject({ state: 'done', psaWrites: 1, psa: { confirmed: 1, queued: 0 } });
    expect(world.psa.pushes().length).toBe(sent);
    expect([world.psaUnits('s1'), world.waits]).toEqual([14, waits]);
  });

  test('a call that is lost three times waits for a person', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    world.psa.fault = () => 'lost-call';
    const run = await world.night();
    expect(run.psa).toMatchObject({ unknown: 1, queued: 0 });
    expect(world.psa.pushes().length).toBe(3);
    expect((await world.list('unitPushes'))[0]?.state).toMatchObject({
      status: 'unknown',
      unitsBefore: 10,
      unitsRead: 10,
    });
  });

  test('somebody who changes units meanwhile leaves the outcome unknown', async () => {
    const world = await RemoteOffice.mapped({ s1: 10 });
    world.psa.fault = () => {
      world.psa.byHand('s1', '2026-11-01', 3);
      return 'lost-call';
    };
    expect((await world.night()).psa).toMatchObject({ unknown: 1 });
    expect((await world.list('unitPushes'))[0]?.state).toMatchObject({ unitsBefore: 10, unitsRead: 13 });
  });

  test('a second change of one day goes a day later, and its day is noted as unbilled', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    await world.devices(17).day('2026-11-16').night();
    await world.devices(19).night();
    expect(world.psa.pushes()).toEqual([
      'adjust s1 2026-11-01 14',
      'adjust s1 2026-11-16 3',
      'adjust s1 2026-11-17 2',
    ]);
    const [moved] = (await world.list('unitPushes')).filter((push) => push.wantedFrom);
    // 2 × 12.50 × 1/30
    expect(moved).toMatchObject({
      wantedFrom: '2026-11-16',
      effectiveDate: '2026-11-17',
      unbilled: { amount: '0.8333', currency: 'USD', reason: 'same-day' },
    });
    // Taken back on the same day, it does not overtake what it takes back.
    await world.devices(17).night();
    expect(world.psa.pushes().at(-1)).toBe('adjust s1 2026-11-18 -2');
    expect(world.psa.unitsOn('s1', '2026-11-20' as never)).toBe(17);
  });

  test('a change inside a posted period goes to the first day after it, the rest is listed as unbilled', async () => {
    const world = await RemoteOffice.mapped();
    await world.night();
    world.psa.post('2026-11-30');
    const run = await world.devices(19).day('2026-11-25').night();
    expect(run.psa).toMatchObject({ confirmed: 1, state: 'done' });
    expect(world.psa.pushes().slice(1)).toEqual(['adjust s1 2026-11-25 5', 'adjust s1 2026-12-01 5']);
    const moved = (await world.list('unitPushes')).find((push) => push.wantedFrom);
    // 5 × 12.50 × 6/30
    expect(moved).toMatchObject({ unbilled: { amount: '12.50', reason: 'period-posted' } });
    expect(await world.pushes()).toEqual([
      's1 2026-11-01 +14 confirmed',
      's1 2026-11-25 +5 refused',
      's1 2026-12-01 +5 confirmed',
    ]);
  });

  test('the budget of calls is waited for, and the push goes on', async () => {
    const world = await RemoteOffice.mapped();
    let spent = false;
    world.psa.fault = () => (spent ? undefined : 'budget');
    world.atWait = () => {
      spent = true;
    };
    const run = await world.night();
    expect(world.waits).toEqual([60]);
    expect(run).toMatchObject({ psaWrites: 1, psa: { confirmed: 1, queued: 0 } });
    expect(run.psa?.waitsUntil).toBeUndefined();
    // People were told while it waited.
    expect(world.office.told.map(({ state }) => state).slice(-2)).toEqual(['running', 'done']);
  });

  test('a budget that others use up for hours is no failure: the same run goes on after it', async () => {
    const world = await RemoteOffice.mapped();
    const { psa } = world;
    psa.budgetFreeAt = () => psa.now().add({ minutes: 5 });
    psa.fault = () => {
      psa.spentUntil ??= psa.now().add({ hours: 4 });
      return Temporal.Instant.compare(psa.now(), psa.spentUntil) < 0 ? 'budget' : undefined;
    };
    const run = await world.night();
    expect(world.waits.length).toBeGreaterThanOrEqual(48);
    expect(run).toMatchObject({
      state: 'done',
      psaWrites: 1,
      psa: { state: 'done', confirmed: 1, queued: 0 },
    });
  });

  test('a budget that stays used up ends the run within a day; the next one goes on', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.fault = () => 'budget';
    const run = await world.night();
    expect(world.waits.length).toBeLessThanOrEqual(20);
    expect(run).toMatchObject({ state: 'done', psaWrites: 0, psa: { queued: 1 } });
    world.psa.fault = () => undefined;
    expect((await world.day('2026-11-11').night()).psa).toMatchObject({ confirmed: 1, queued: 0 });
  });

  test('a refusal is kept with what to do, and sent no more', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.fault = () => ({ code: 'no-rights' });
    expect((await world.night()).psa).toMatchObject({ refused: 1, queued: 0 });
    await world.night();
    expect(world.psa.pushes().length).toBe(1);
    const [push] = await world.list('unitPushes');
    expect(push?.state).toMatchObject({
      status: 'refused',
      text: expect.stringContaining('Give the API user'),
    });
  });

  test('a PSA that cannot be read leaves the run on the last known book, and counts are applied', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.outage = new IcbError('psa-unavailable', 'Autotask does not answer. Try again later.');
    const run = await world.night();
    expect(run).toMatchObject({
      state: 'done',
      psaWrites: 0,
      lines: { create: 1 },
      psa: { state: 'failed', queued: 1 },
    });
    expect(run.psa?.problem).toContain('those last known were used');
    world.psa.outage = undefined;
    const next = await world.night();
    expect(next).toMatchObject({ psaWrites: 1, psa: { state: 'done', queued: 0 } });
  });

  test('a first reading that fails says what to do', async () => {
    const world = await RemoteOffice.empty();
    world.psa.outage = new IcbError('psa-refused', 'Autotask refuses the API user. Check AUTOTASK_USERNAME.');
    const run = await world.night();
    expect(run.psa).toMatchObject({ state: 'failed' });
    expect(run.psa?.problem).toMatch(/nothing can be mapped or billed.*AUTOTASK_USERNAME/);
  });

  test('a sandbox is not billed on', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.sandbox = true;
    expect((await world.night()).psa).toMatchObject({ state: 'failed', queued: 1 });
    expect(world.psa.pushes()).toEqual([]);
  });

  test('an account that has lost sight of contracts removes nothing', async () => {
    const world = await RemoteOffice.mapped();
    world.psa.contracts.clear();
    world.psa.services.clear();
    expect((await world.night()).psa).toMatchObject({ state: 'failed' });
    expect((await world.list('contracts')).length).toBe(10);
  });

  test('icb stops in the midst of a wait, and goes on when it starts again', async () => {
    const world = await RemoteOffice.mapped();
    let spent = false;
    world.psa.fault = () => (spent ? undefined : 'budget');
    world.atWait = () => world.core.syncQueue.stop();
    const { id, finished } = await startSync(world.core, { trigger: 'night', by: ADA });
    expect(await finished).toMatchObject({ state: 'running' });
    spent = true;
    world.atWait = () => {};
    await world.restart();
    const run = (await world.list('syncRuns')).find((each) => each.id === id);
    expect(run).toMatchObject({ state: 'done', resumed: 1, psaWrites: 1, psa: { confirmed: 1, queued: 0 } });
  });
});
