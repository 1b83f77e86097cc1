import type { ModuleState } from '../domain/module.ts';
import type { AppliedCounts, UnitChange, UnitLedger } from '../domain/unit-ledger.ts';

/** What is stored: each record as it stands. */
export interface StoredLedgers {
  readonly moduleStates: readonly ModuleState[];
  readonly unitLedgers: readonly UnitLedger[];
}

type Counted = NonNullable<ModuleState['counted']>;

/**
 * Unit ledgers as they stand: one that goes along with its module has taken in what the module says. On most nights
 * nearly every ledger takes in one more report and nothing else, which is one record for the module then instead of one
 * for each of thousands of lines.
 */
export function ledgersAsTheyStand({ moduleStates, unitLedgers }: StoredLedgers): readonly UnitLedger[] {
  const counted = new Map(moduleStates.map((state) => [state.id as string, state.counted]));
  return unitLedgers.map((ledger) => asItStands(ledger, counted.get(ledger.module ?? '')));
}

function asItStands(ledger: UnitLedger, counted: Counted | undefined): UnitLedger {
  if (!ledger.applied?.along || !counted) return ledger;
  const { since, first } = ledger.applied;
  return { ...ledger, applied: { since, first, ...counted } };
}

/**
 * The records to write so that ledgers stand as they did with `changed` in their places. A module says how far most of
 * its ledgers are; the others, such as lines that wait for a person, say it themselves.
 * @param changed ledgers as they will stand, made from those of `ledgersAsTheyStand`
 */
export function goAlong(stored: StoredLedgers, changed: readonly UnitLedger[]): StoredLedgers {
  const byModule = Map.groupBy(stored.unitLedgers, ({ module }) => module ?? '');
  const changedIn = Map.groupBy(changed, ({ module }) => module ?? '');
  const states = new Map(stored.moduleStates.map((state) => [state.id as string, state]));
  const written = [...changedIn].map(([module, own]) => {
    const state = states.get(module);
    return state ? ofModule(state, byModule.get(module) ?? [], own) : { moduleStates: [], unitLedgers: own };
  });
  return {
    moduleStates: written.flatMap(({ moduleStates }) => moduleStates),
    unitLedgers: written.flatMap(({ unitLedgers }) => unitLedgers),
  };
}

function ofModule(
  state: ModuleState,
  stored: readonly UnitLedger[],
  changed: readonly UnitLedger[],
): StoredLedgers {
  const before = new Map(stored.map((ledger) => [ledger.id, ledger]));
  const after = new Map(stored.map((ledger) => [ledger.id, asItStands(ledger, state.counted)]));
  for (const ledger of changed) after.set(ledger.id, ledger);
  const counted = mostCommon([...after.values()], state.counted);
  const moved = counted && !isAt(counted, state.counted);
  return {
    moduleStates: moved ? [{ ...state, counted }] : [],
    unitLedgers: [...after.values()]
      .map((ledger) => along(ledger, counted))
      .filter((ledger) => !says(before.get(ledger.id), ledger)),
  };
}

const along = (ledger: UnitLedger, counted: Counted | undefined): UnitLedger =>
  ledger.applied && counted && isAt(ledger.applied, counted)
    ? { ...ledger, applied: { ...ledger.applied, along: true } }
    : ledger;

/** How far most ledgers are; where as many are elsewhere, the module stays where it is. */
function mostCommon(ledgers: readonly UnitLedger[], before: Counted | undefined): Counted | undefined {
  const places = Map.groupBy(
    ledgers.flatMap(({ applied }) => applied ?? []),
    ({ through, at }) => `${through} ${at}`,
  );
  const firsts = [...places.values()].map((same) => ({ size: same.length, place: same[0] }));
  firsts.sort((a, b) => b.size - a.size || Number(isAt(b.place, before)) - Number(isAt(a.place, before)));
  const place = firsts[0]?.place;
  return place && { through: place.through, ...(place.at === undefined ? {} : { at: place.at }) };
}

const isAt = (one: Counted | undefined, other: Counted | undefined): boolean =>
  one !== undefined && one.through === other?.through && one.at === other.at;

/** Whether what is stored says the same. */
const says = (stored: UnitLedger | undefined, now: UnitLedger): boolean =>
  stored !== undefined &&
  sameApplied(stored.applied, now.applied) &&
  stored.itemsThrough === now.itemsThrough &&
  sameDays(stored.dropped, now.dropped) &&
  sameChanges(stored.changes, now.changes);

/** How far those are that go along, the module says. */
function sameApplied(a: AppliedCounts | undefined, b: AppliedCounts | undefined): boolean {
  if (!a || !b) return a === b;
  const sameBeginning = a.since === b.since && a.first === b.first && a.along === b.along;
  return sameBeginning && (a.along === true || isAt(a, b));
}

const sameDays = (a: UnitLedger['dropped'], b: UnitLedger['dropped']): boolean =>
  a === b || (a?.length === b?.length && (a ?? []).every((day, i) => day === b?.[i]));

const sameChanges = (a: UnitLedger['changes'], b: UnitLedger['changes']): boolean =>
  a === b || (a.length === b.length && a.every((change, i) => sameChange(change, b[i])));

const sameChange = (a: UnitChange, b: UnitChange | undefined): boolean =>
  a.effectiveDate === b?.effectiveDate &&
  a.units === b.units &&
  a.countDate === b.countDate &&
  a.cause === b.cause;
