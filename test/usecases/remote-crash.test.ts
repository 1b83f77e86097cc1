import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type IsoDate, isoDate } from '../../src/domain/calendar.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { needsPerson, wantedDay } from '../../src/domain/unit-push.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { SyncQueue } from '../../src/usecases/sync-queue.ts';
import type { Fault } from '../support/fake-remote-psa.ts';
import { ADA } from './office.ts';
import { RemoteOffice } from './remote-office.ts';

const LAST = isoDate('2027-01-15');

const AWAY = new IcbError('psa-unavailable', 'Autotask does not answer. Try again later.');

class Died extends Error {}

/** The world with icb dying at the `at`th store or PSA call of a run; `before` or `after` it took effect. */
function mortal(world: RemoteOffice, at: number) {
  let left = at;
  let dead = false;
  const step = () => {
    if (dead || --left < 0) {
      dead = true;
      throw new Died();
    }
  };
  const { store } = world.office.core;
  world.psa.step = step;
  world.core = world.started({
    syncQueue: new SyncQueue(),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    store: {
      snapshot: async () => {
        if (dead) throw new Died();
        return store.snapshot();
      },
      commit: async (changes, options) => {
        step();
        const revision = await store.commit(changes, options);
        step();
        return revision;
      },
    },
  });
  return () => dead;
}

async function nightThatDies(world: RemoteOffice, at: number): Promise<boolean> {
  const isDead = mortal(world, at);
  await startSync(world.core, { trigger: 'night', by: ADA })
    .then(({ finished }) => finished)
    .catch(() => {});
  world.psa.step = () => {};
  const died = isDead();
  await world.restart();
  return died;
}

/** Every unit the plan called for is in force exactly once, but for those a person is to decide on. */
async function expectRight(world: RemoteOffice): Promise<void> {
  const ledgers = await world.ledgerUnits();
  const pushes = await world.list('unitPushes');
  for (const [service, units] of Object.entries(ledgers)) {
    const open = pushes.filter((push) => push.contractServiceId === service && needsPerson(push));
    const missing = open.reduce((sum, { change }) => sum + change, 0);
    expect(world.psa.unitsOn(service, LAST), JSON.stringify(open)).toBe(units - missing);
  }
  for (const push of pushes) expect(wantedDay(push) <= push.effectiveDate).toBe(true);
}

describe('a crash at any step of a night with a remote PSA', () => {
  test.each(['none', 'lost-answer', 'lost-call'] as const)(
    'loses no unit and pushes none twice (fault: %s)',
    async (fault) => {
      let crashes = 0;
      for (let at = 0; ; at++) {
        const world = await RemoteOffice.mapped({ s1: 10 });
        await world.night();
        world.devices(16).day('2026-11-16');
        const from = world.psa.calls.length;
        world.psa.fault = (_, nth) => (nth === 1 && fault !== 'none' ? fault : undefined);
        const died = await nightThatDies(world, at);
        await world.night();
        await world.day('2026-11-17').night();
        expect(world.psa.unitsOn('s1', LAST), `died at ${at}`).toBe(16);
        await expectRight(world);
        expect(await world.pushes()).toContain('s1 2026-11-16 +2 confirmed');
        expect(
          world.psa.calls.slice(from).filter((call) => call.startsWith('adjust')).length,
        ).toBeLessThanOrEqual(2);
        if (!died) break;
        crashes += 1;
      }
      expect(crashes).toBeGreaterThan(15);
    },
    20_000,
  );
});

test('whatever the PSA does and whenever icb dies, units there equal the ledgers in the end', async () => {
  const fault = fc.option(
    fc.constantFrom<Fault>(
      'lost-answer',
      'lost-call',
      'late',
      'budget',
      'down',
      { code: 'other' },
      { code: 'no-rights' },
    ),
    { nil: undefined, freq: 2 },
  );
  const night = fc.record({
    counts: fc.integer({ min: 8, max: 24 }),
    servers: fc.integer({ min: 0, max: 3 }),
    /** 0: a second run on the same day. */
    days: fc.constantFrom(0, 0, 1, 1, 2, 5, 9),
    faults: fc.array(fault, { maxLength: 3 }),
    diesAt: fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined, freq: 2 }),
    posts: fc.boolean(),
    /** The PSA answers nothing that night: what is to go there waits for the next one. */
    away: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(night, { minLength: 2, maxLength: 5 }), async (nights) => {
      const world = await RemoteOffice.mapped({ s1: 10 });
      await world.mapService({ contractId: 'c1', contractServiceId: 's1b', billingType: 'Server' });
      let day: IsoDate = isoDate('2026-11-10');
      for (const { counts, servers, days, faults, diesAt, posts, away } of nights) {
        day = Temporal.PlainDate.from(day).add({ days }).toString() as IsoDate;
        world.day(day);
        world.office.sites = { 'Daily Mail': { AllDevicesMetric: counts, Server: servers } };
        const queue = [...faults];
        world.psa.fault = () => queue.shift();
        world.psa.outage = away ? AWAY : undefined;
        await nightThatDies(world, diesAt ?? Number.POSITIVE_INFINITY);
        if (posts) world.psa.post(day);
      }
      world.psa.fault = () => undefined;
      world.psa.outage = undefined;
      await world.day(Temporal.PlainDate.from(day).add({ days: 1 }).toString()).night();
      await world.night();
      await expectRight(world);
      const sent = world.psa.pushes().length;
      const items = await world.items();
      await world.night();
      expect(world.psa.pushes().length).toBe(sent);
      expect(await world.items()).toEqual(items);
    }),
    { numRuns: Number(process.env.REMOTE_RUNS ?? 25), seed: 20261126 },
  );
}, 60_000);
