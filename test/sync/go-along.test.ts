import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { ModuleState } from '../../src/domain/module.ts';
import { type AppliedCounts, UnitLedger } from '../../src/domain/unit-ledger.ts';
import { goAlong, ledgersAsTheyStand, type StoredLedgers } from '../../src/sync/go-along.ts';

const state = (id: string): ModuleState =>
  ModuleState.parse({
    id,
    enabled: true,
    changedAt: '2026-11-01T00:00:00Z',
    changedBy: { kind: 'cli' },
  });

const day = (n: number) => isoDate(`2026-11-${String(n).padStart(2, '0')}`);
const at = (n: number) => IsoInstant.parse(`2026-11-${String(n).padStart(2, '0')}T02:00:00Z`);
const until = (n: number): AppliedCounts => ({ since: day(1), first: day(1), through: day(n), at: at(n) });

const ledger = (id: string, module: string | null, applied?: AppliedCounts): UnitLedger =>
  UnitLedger.parse({
    id,
    contractId: 'k',
    contractServiceId: id,
    module,
    billingType: module && 'AllDevicesMetric',
    changes: [{ effectiveDate: day(1), units: 3, countDate: day(1), cause: 'count' }],
    ...(applied ? { applied } : {}),
  });

/** What a store holds after it wrote the records. */
const written = (stored: StoredLedgers, put: StoredLedgers): StoredLedgers => ({
  moduleStates: [...byId([...stored.moduleStates, ...put.moduleStates]).values()],
  unitLedgers: [...byId([...stored.unitLedgers, ...put.unitLedgers]).values()],
});
const byId = <T extends { id: string }>(records: readonly T[]) =>
  new Map(records.map((each) => [each.id, each]));

const RMM = 'datto-rmm';
const night = (stored: StoredLedgers, n: number, except: readonly string[] = []) => {
  const changed = ledgersAsTheyStand(stored)
    .filter(({ id, module }) => module === RMM && !except.includes(id))
    .map((each) => ({ ...each, applied: until(n) }));
  const put = goAlong(stored, changed);
  return { put, after: written(stored, put) };
};

describe('ledgers that go along with their module', () => {
  const begun: StoredLedgers = {
    moduleStates: [state(RMM), state('datto-bcdr')],
    unitLedgers: ['a', 'b', 'c'].map((id) => ledger(id, RMM, until(1))),
  };

  it('are written once, and then their module alone', () => {
    const first = night(begun, 2);
    expect(first.put.unitLedgers.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const second = night(first.after, 3);
    expect(second.put.unitLedgers).toEqual([]);
    expect(second.put.moduleStates.map(({ id, counted }) => [id, counted])).toEqual([
      [RMM, { through: day(3), at: at(3) }],
    ]);
    expect(ledgersAsTheyStand(second.after).map(({ applied }) => applied)).toEqual(Array(3).fill(until(3)));
  });

  it('stay behind by themselves while they wait, and catch up', () => {
    const { after } = night(night(begun, 2).after, 3, ['b']);
    expect(ledgersAsTheyStand(after).map(({ applied }) => applied?.through)).toEqual([
      day(3),
      day(2),
      day(3),
    ]);
    const waiting = night(after, 4, ['b']);
    expect(waiting.put.unitLedgers).toEqual([]);
    const caughtUp = night(waiting.after, 5);
    expect(caughtUp.put.unitLedgers.map(({ id }) => id)).toEqual(['b']);
    expect(ledgersAsTheyStand(caughtUp.after).map(({ applied }) => applied)).toEqual(Array(3).fill(until(5)));
  });

  it('are written where anything else changes, and those of the PSA always are', () => {
    const { after } = night(begun, 2);
    const [a] = ledgersAsTheyStand(after);
    if (!a) throw new Error('no ledger');
    const more = { ...a, applied: until(3), itemsThrough: day(1) };
    expect(goAlong(after, [more]).unitLedgers.map(({ id }) => id)).toContain('a');
    const own = ledger('p', null);
    expect(goAlong(after, [own])).toEqual({ moduleStates: [], unitLedgers: [own] });
  });

  it('stand as a store in which each is written, after any nights', () => {
    const module = fc.constantFrom(RMM, 'datto-bcdr');
    const step = fc.record({
      module,
      /** Of ten, those that take this night's report in. */
      taking: fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
      units: fc.constantFrom(0, 0, 0, 1),
      later: fc.constantFrom(0, 1, 1, 2),
      untimed: fc.constantFrom(false, false, true),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let stored: StoredLedgers = { moduleStates: begun.moduleStates, unitLedgers: [] };
        const plain = new Map<string, UnitLedger>();
        let n = 1;
        for (const { module: own, taking, units, later, untimed } of steps) {
          n = Math.min(29, n + later);
          const standing = byId(ledgersAsTheyStand(stored));
          const changed = taking.map((i) => {
            const id = `${own}:${i}`;
            const now = standing.get(id) ?? ledger(id, own);
            const { at: _, ...through } = until(n);
            return {
              ...now,
              applied: untimed ? through : until(n),
              changes: units
                ? [
                    ...now.changes,
                    { effectiveDate: day(n), units, countDate: day(n), cause: 'count' as const },
                  ]
                : now.changes,
            };
          });
          for (const each of changed) plain.set(each.id, each);
          stored = written(stored, goAlong(stored, changed));
          expect(byId(ledgersAsTheyStand(stored))).toEqual(plain);
        }
      }),
      { numRuns: 300 },
    );
  });
});
