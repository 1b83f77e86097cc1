import { addDays, type IsoDate, type IsoInstant } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import { stableId } from '../domain/ids.ts';
import { addMoney, zero } from '../domain/money.ts';
import { type UnitPush, wantedDay } from '../domain/unit-push.ts';
import { unbilledDays } from './unbilled-days.ts';

/** What is known of the contract services that pushes are about. */
export interface PushFacts {
  readonly at: IsoInstant;
  readonly contracts: ReadonlyMap<string, Contract>;
  readonly services: ReadonlyMap<string, ContractService>;
}

/** Why a change of units counts from a later day than the plan called for. */
export type MoveReason = 'same-day' | 'period-posted';

/**
 * A push the PSA takes only from a later day on: the one refused, and the one that brings the units in from `to`. What
 * the days between come to is noted. Where the contract ends before `to`, it stays refused and waits for a person.
 */
export function movePush(push: UnitPush, to: IsoDate, code: MoveReason, facts: PushFacts): UnitPush[] {
  const contract = facts.contracts.get(push.contractId);
  const end = contract?.endDate;
  const over = end !== undefined && end !== null && to > end;
  const unbilled = unbilledUntil(push, over ? addDays(end, 1) : to, code, facts);
  const state = { status: 'refused', code, at: facts.at } as const;
  if (over) {
    const text = `${WHY[code](push)} The contract ends on ${end}, so there is no later day. Bill the change by hand, then drop it here.`;
    return [{ ...push, ...unbilled, state: { ...state, text } }];
  }
  const { wantedFrom: _, unbilled: __, ...rest } = push;
  const moved: UnitPush = {
    ...rest,
    id: stableId('up', push.id, to),
    effectiveDate: to,
    createdAt: facts.at,
    wantedFrom: wantedDay(push),
    ...unbilled,
    state: { status: 'queued' },
  };
  const text = `${WHY[code](push)} The units change from ${to} instead.`;
  return [{ ...push, state: { ...state, text, movedTo: moved.id } }, moved];
}

const WHY: Record<MoveReason, (push: UnitPush) => string> = {
  'same-day': ({ effectiveDate }) =>
    `The PSA takes one change of a service a day, and has one from ${effectiveDate} already.`,
  'period-posted': ({ effectiveDate }) => `The period of ${effectiveDate} is approved and posted in the PSA.`,
};

function unbilledUntil(
  push: UnitPush,
  until: IsoDate,
  reason: MoveReason,
  { contracts, services }: PushFacts,
): Pick<UnitPush, 'unbilled'> {
  const contract = contracts.get(push.contractId);
  const service = services.get(push.contractServiceId);
  if (!contract || !service) return push.unbilled ? { unbilled: push.unbilled } : {};
  const days = unbilledDays(push.change, push.effectiveDate, until, contract, service);
  const before = push.unbilled;
  return {
    unbilled: {
      amount: addMoney(before?.amount ?? zero, days),
      currency: service.currency,
      reason: before?.reason === 'period-posted' ? 'period-posted' : reason,
    },
  };
}
