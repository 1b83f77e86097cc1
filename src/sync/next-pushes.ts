import type { UnitPush } from '../domain/unit-push.ts';

/** As many go out between two readings of units. */
const BATCH = 50;

/**
 * The pushes that go out next: of each contract service the one that was sent before, else what adds units, else the
 * earliest day's; and nothing of a contract on which one is not told yet.
 * @param waiting contract services to leave alone for now
 */
export function nextPushes(all: readonly UnitPush[], waiting: ReadonlySet<string>): UnitPush[] {
  const untold = new Set<string>(
    all.filter(({ state }) => state.status === 'sending').map((push) => push.contractId),
  );
  const queued = all.filter(
    ({ state, contractId, contractServiceId }) =>
      state.status === 'queued' && !untold.has(contractId) && !waiting.has(contractServiceId),
  );
  const firsts = new Map<string, UnitPush>();
  for (const push of queued.toSorted(inTurn))
    if (!firsts.has(push.contractServiceId)) firsts.set(push.contractServiceId, push);
  return [...firsts.values()].slice(0, BATCH);
}

const wasSent = ({ state }: UnitPush): boolean => state.status === 'queued' && state.sentBefore !== undefined;

const inTurn = (a: UnitPush, b: UnitPush): number =>
  Number(wasSent(b)) - Number(wasSent(a)) ||
  // Units that come first leave no day with fewer than none when others go.
  Number(b.change > 0) - Number(a.change > 0) ||
  order(a.effectiveDate, b.effectiveDate) ||
  order(a.id, b.id);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
