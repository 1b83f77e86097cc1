import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RecordOf } from '../../src/domain/records.ts';
import type { Snapshot, Store } from '../../src/ports/store.ts';
import { itemOf, organization } from './store-records.ts';

interface Step {
  readonly items: readonly (readonly [id: string, month: string, units: number])[];
  readonly organizations: readonly string[];
  readonly removeItems: readonly string[];
  readonly removeOrganizations: readonly string[];
}

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const month = fc.constantFrom('2026-01', '2026-02', '2026-03');
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.record({
  items: few(fc.tuple(id, month, fc.integer({ min: -9, max: 9 }))),
  organizations: few(id),
  removeItems: few(id),
  removeOrganizations: few(id),
});

type Model = {
  readonly items: ReadonlyMap<string, RecordOf<'billingItems'>>;
  readonly organizations: ReadonlyMap<string, RecordOf<'organizations'>>;
};

/** Random puts, moves and removals do to a store what they do to two maps, in the newest and in every older snapshot. */
export function storeModel(open: () => Promise<Store>): void {
  it('equals two maps after any sequence of commits, in every snapshot', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
        const store = await open();
        try {
          const tenant = await store.for('default');
          const seen: [Snapshot, Model][] = [];
          let model: Model = { items: new Map(), organizations: new Map() };
          for (const next of steps) {
            model = after(model, next);
            await tenant.commit({
              put: {
                billingItems: next.items.map(([key, start, units]) => itemOf(key, `${start}-01`, units)),
                organizations: next.organizations.map((key) => organization(key)),
              },
              remove: [
                ...next.removeItems.map((key) => ({ kind: 'billingItems' as const, id: key })),
                ...next.removeOrganizations.map((key) => ({ kind: 'organizations' as const, id: key })),
              ],
            });
            seen.push([await tenant.snapshot(), model]);
          }
          for (const [snapshot, expected] of seen) await expectEqual(snapshot, expected);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 25, seed: 20261110 },
    ),
  );
}

function after(model: Model, next: Step): Model {
  const items = new Map(model.items);
  const organizations = new Map(model.organizations);
  for (const key of next.removeItems) items.delete(key);
  for (const key of next.removeOrganizations) organizations.delete(key);
  for (const [key, start, units] of next.items) items.set(key, itemOf(key, `${start}-01`, units));
  for (const key of next.organizations) organizations.set(key, organization(key));
  return { items, organizations };
}

async function expectEqual(snapshot: Snapshot, model: Model): Promise<void> {
  const sorted = <T extends { id: string }>(records: Iterable<T>) =>
    [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(await snapshot.list('billingItems')).toEqual(sorted(model.items.values()));
  expect(await snapshot.list('organizations')).toEqual(sorted(model.organizations.values()));
  const months = new Set(Array.from(model.items.values(), (item) => item.period.start.slice(0, 7)));
  expect(await snapshot.partitions('billingItems')).toEqual([...months].sort());
  for (const key of ['a', 'b', 'c', 'd', 'e']) {
    expect(await snapshot.get('billingItems', key)).toEqual(model.items.get(key));
  }
}
