import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAsCalledFor } from '../../src/billing/as-called-for.ts';
import { deriveItemsAtLength } from '../../src/billing/derive-items.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import { periodContaining } from '../../src/domain/billing-period.ts';
import { addDays, type IsoInstant, isoDate } from '../../src/domain/calendar.ts';
import { ContractId } from '../../src/domain/ids.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import { UsageReport } from '../../src/domain/usage-count.ts';
import { ordinaryLine } from '../../src/sync/ordinary-line.ts';
import { OrdinaryNight } from '../../src/sync/ordinary-night.ts';
import { indexPlanInput, type PlanInput } from '../../src/sync/plan-input.ts';
import { anyLine } from '../../src/sync/plan-line.ts';
import { PlanWork } from '../../src/sync/plan-work.ts';
import { World } from './world.ts';

const MAPPED = isoDate('2026-03-12');

const rarely = <T>(what: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: what });

const EVENTS = ['post', 'price', 'site', 'exclusion', 'share', 'minimum'] as const;

/** What happens before one plan: time goes on or not, a count arrives or not, something else is decided or not. */
const night = fc.record({
  /** Days; negative where a clock was put back. */
  after: fc.oneof({ weight: 2, arbitrary: fc.constant(1) }, fc.constantFrom(0, 1, 2, 9, -1)),
  count: fc.oneof({ weight: 3, arbitrary: fc.constant(10) }, fc.constantFrom(undefined, 11, 12, 30, 0)),
  recountBefore: rarely(fc.constantFrom(10, 11)),
  happens: rarely(fc.constantFrom(...EVENTS)),
  run: fc.constantFrom(true, true, true, false),
});
type Night = typeof night extends fc.Arbitrary<infer T> ? T : never;

const scenario = fc.record({
  startDate: fc.integer({ min: 0, max: 60 }).map((days) => addDays(isoDate('2026-01-01'), days) as string),
  endDate: fc.constantFrom(undefined, undefined, '2026-03-30'),
  units: fc.constantFrom(0, 0, 8),
  unitRule: fc.constantFrom('prorate-daily', 'next-period', 'peak'),
  from: fc.constantFrom('period-start', 'today'),
  complete: fc.constantFrom(true, true, true, false),
  nights: fc.array(night, { minLength: 3, maxLength: 14 }),
});
type Scenario = typeof scenario extends fc.Arbitrary<infer T> ? T : never;

/** Plays the nights; `each` sees what every one of them is planned from. */
function play(
  { startDate, endDate, units, nights, complete, ...mapping }: Scenario,
  each: (input: PlanInput) => void,
): void {
  const world = new World({ startDate, units, readOn: MAPPED, ...(endDate ? { endDate } : {}) })
    .set({ holdLimits: DEFAULT_HOLD_LIMITS })
    .map({ since: MAPPED, ...mapping })
    .count(MAPPED, 10);
  if (world.run().lines.length !== 1) throw new Error('one mapping is one line');
  for (const one of nights) {
    const date = addDays(world.input.today, one.after);
    if (one.count === undefined) world.day(date);
    else world.count(date, one.count);
    if (one.recountBefore !== undefined) world.recount(addDays(date, -1), one.recountBefore);
    happen(world, one);
    if (!complete) world.set({ usageReports: world.input.usageReports.map((all) => ({ ...all, complete })) });
    each(known(world.input));
    if (one.run) world.run();
    each(known(world.input));
  }
}

/** As `readPlanInput` gives it: what was counted after the plan's day is left out. */
const known = (input: PlanInput): PlanInput => ({
  ...input,
  usageReports: input.usageReports.filter(({ date }) => date <= input.today),
});

function happen(world: World, { happens }: Night): void {
  const { today, contracts, contractServices, serviceMappings } = world.input;
  const decided = { by: SYSTEM, at: '2026-03-01T00:00:00.000Z' as never };
  const id = serviceMappings[0]?.id ?? '';
  if (happens === 'post') world.post();
  if (happens === 'site') world.mapSite('site-2');
  if (happens === 'price')
    world.set({
      contractServices: contractServices.map((each) => ({ ...each, unitPrice: '13.00' as never })),
    });
  if (happens === 'share') {
    const shared = serviceMappings.map((each) => (each.status === 'mapped' ? { ...each, share: 50 } : each));
    const others = contracts.map((each) => ({ ...each, id: ContractId.parse(`${each.id}-too`) }));
    const theirs = shared.map((each) => ({
      ...each,
      id: `${each.id}-too`,
      contractId: ContractId.parse(`${each.contractId}-too`),
    }));
    if (contracts.length === 1)
      world.set({ contracts: [...contracts, ...others], serviceMappings: [...shared, ...theirs] });
  }
  if (happens === 'minimum') {
    const floored = serviceMappings.map((each) =>
      each.status === 'mapped' ? { ...each, minimum: 11 } : each,
    );
    world.set({ serviceMappings: floored });
  }
  if (happens === 'exclusion') {
    const exclusions = [
      { from: today, until: addDays(today, 2), units: 1, reason: 'Test devices', ...decided },
    ];
    world.set({ lineDecisions: [{ id, releases: [], exclusions }] });
  }
}

function workOn(input: PlanInput): PlanWork {
  const index = indexPlanInput(input, () => true);
  const [contract] = input.contracts;
  const known = contract && index.onContracts.get(contract.id);
  if (!known) throw new Error('no contract');
  return new PlanWork(index, contract, known);
}

const sorted = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  items.toSorted((a, b) => (a.id < b.id ? -1 : 1));

const ledgersOf = (work: PlanWork) => work.ledgers.map(({ now }) => now);

test('the line of an ordinary night is the one that the long way gives, and so is its ledger', () => {
  let short = 0;
  fc.assert(
    fc.property(scenario, (given) =>
      play(given, (input) => {
        const [quick, long] = [workOn(input), workOn(input)];
        for (const mapping of quick.mappings) {
          const line = ordinaryLine(quick, mapping);
          if (!line) continue;
          short += 1;
          expect(line).toEqual(anyLine(long, mapping));
          expect(ledgersOf(quick)).toEqual(ledgersOf(long));
          const unchanged = long.ledgers.map(({ before, now }) => before === now);
          expect(quick.ledgers.map(({ before, now }) => before === now)).toEqual(unchanged);
        }
      }),
    ),
    { numRuns: 800 },
  );
  expect(short).toBeGreaterThan(800);
});

test('items that are as called for are the ones that the long way leaves alone', () => {
  const seen = { yes: 0, no: 0 };
  fc.assert(
    fc.property(scenario, (given) =>
      play(given, (input) => {
        const { today, contracts, contractServices, billingItems, unitLedgers } = input;
        for (const ledger of unitLedgers) {
          const contract = contracts.find(({ id }) => id === ledger.contractId);
          const service = contractServices.find(({ id }) => id === ledger.contractServiceId);
          const period = contract && periodContaining(contract, today);
          if (!contract || !service || !period) continue;
          const own = billingItems.filter((item) => item.contractServiceId === service.id);
          const subject = { ledger, contract, service };
          const isSo = isAsCalledFor(subject, period, own, today);
          seen[isSo ? 'yes' : 'no'] += 1;
          if (!isSo) continue;
          const nothing = { put: [], remove: [] };
          expect(deriveItemsAtLength(subject, own, period.start, today)).toEqual(nothing);
          // Made anew, the pending ones are what they are.
          const [pending, others] = [true, false].map((isPending) =>
            own.filter(
              (item) =>
                isPending ===
                (item.status === 'pending' &&
                  item.module === ledger.module &&
                  item.period.start >= period.start),
            ),
          );
          const anew = deriveItemsAtLength(subject, others ?? [], period.start, today).put;
          expect(sorted(anew)).toEqual(sorted(pending ?? []));
        }
      }),
    ),
    { numRuns: 300 },
  );
  expect(seen.yes).toBeGreaterThan(1000);
  expect(seen.no).toBeGreaterThan(50);
});

test('ledgers that have applied the same share what comes after, and one that lacks nothing stays itself', () => {
  const { newest, all } = {
    newest: reportOf('2026-03-13'),
    all: [reportOf('2026-03-12'), reportOf('2026-03-13')],
  };
  const before = { through: isoDate('2026-03-12'), at: reportOf('2026-03-12').takenAt };
  const applied = (through: string, at: string) => ({
    since: MAPPED,
    first: MAPPED,
    through: isoDate(through),
    at: at as IsoInstant,
  });
  const nightOf = new OrdinaryNight({ all, newest, before }, newest.date);
  const yesterday = () => applied('2026-03-12', before.at);
  expect(nightOf.after(yesterday())).toEqual(applied('2026-03-13', newest.takenAt));
  expect(nightOf.after(yesterday())).toBe(nightOf.after(yesterday()));
  const [one, other] = [applied('2026-03-13', newest.takenAt), applied('2026-03-13', newest.takenAt)];
  expect(nightOf.after(one)).toBe(one);
  expect(nightOf.after(other)).toBe(other);
  expect(nightOf.after(applied('2026-03-11', before.at))).toBeUndefined();
});

function reportOf(date: string): UsageReport {
  const takenAt = `${date}T01:15:00.000Z`;
  const common = { id: `datto-rmm:${date}`, module: 'datto-rmm', complete: true, counts: {} };
  return UsageReport.parse({ ...common, date, takenAt });
}

test('a correction of a posted day that is no longer due goes, though each item alone has the units of the day', () => {
  const world = new World().map({ since: '2026-11-10' }).count('2026-11-10', 10);
  world.run();
  world.post().count('2026-11-10', 20).run();
  expect(world.items().toSorted()).toEqual([
    'pending adjustment 2026-11-01 datto-rmm 10 125.00 corrects',
    'posted period 2026-11-01 datto-rmm 10 125.00',
  ]);
  world.count('2026-11-10', 10).run();
  expect(world.items()).toEqual(['posted period 2026-11-01 datto-rmm 10 125.00']);
});
