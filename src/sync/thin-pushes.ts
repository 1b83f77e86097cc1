import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoMonth } from '../domain/calendar.ts';
import { monthOf } from '../domain/calendar.ts';
import { isTaken, type UnitPush } from '../domain/unit-push.ts';

/**
 * Changes of units that are over and that nothing asks for any more: taken by the PSA on the very day they were wanted,
 * or gone together with another. Those that moved to another day, left days unbilled or were dropped by a person stay: a
 * comparison with the PSA tells of them, and postings are recognized by them.
 */
export function donePushes(
  pushes: readonly UnitPush[],
  through: IsoMonth,
  pending: readonly BillingItem[],
): UnitPush[] {
  const open = new Set<string>(pending.map(({ contractServiceId }) => contractServiceId));
  const old = pushes.filter(({ effectiveDate }) => monthOf(effectiveDate) <= through);
  return old.filter(
    (push) =>
      (isTaken(push) || (push.state.status === 'settled' && push.state.as === 'merged')) &&
      push.wantedFrom === undefined &&
      push.unbilled === undefined &&
      !open.has(push.contractServiceId),
  );
}
