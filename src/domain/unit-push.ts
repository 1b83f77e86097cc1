import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { ContractId, ContractServiceId } from './ids.ts';

/** Units before the change, and what they are to be with it: what a reading tells the outcome by. */
const sent = {
  unitsBefore: z.number().int(),
  /** When sending began. Written before the call. */
  at: IsoInstant,
};

/**
 * What has become of one change of units on its way to a PSA that lives elsewhere. It never goes again while it may have
 * been taken: the units are read, and where they tell nothing a person decides. Source: facts/apis.md §3.3.
 */
export const PushState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('queued'), problem: z.string().optional() }),
  z.object({ status: z.literal('sending'), ...sent }),
  /** The units read afterwards were those wanted. */
  z.object({ status: z.literal('confirmed'), ...sent, confirmedAt: IsoInstant }),
  /** The PSA said no; `movedTo` names the push that brings the units in from a later day instead. */
  z.object({
    status: z.literal('refused'),
    code: z.string().min(1),
    text: z.string().min(1),
    at: IsoInstant,
    movedTo: z.string().optional(),
  }),
  /** Sent, and the units read afterwards are neither those before nor those wanted, or could not be read. */
  z.object({
    status: z.literal('unknown'),
    ...sent,
    unitsRead: z.number().int().optional(),
    text: z.string(),
  }),
  /** Nothing is to be sent any more: a person decided, or other changes of the same day took it back. */
  z.object({ status: z.literal('settled'), at: IsoInstant, by: Actor, reason: z.string().min(1) }),
]);
export type PushState = z.infer<typeof PushState>;

/** One change of units that a PSA elsewhere is to take: a row of the outbox, written with the plan that called for it. */
export const UnitPush = z.object({
  id: z.string().min(1),
  /** The run whose plan called for it. */
  runId: z.string().min(1),
  contractId: ContractId,
  contractServiceId: ContractServiceId,
  effectiveDate: IsoDate,
  /** Signed, never 0. */
  change: z.number().int(),
  createdAt: IsoInstant,
  /** The day the plan called for, where the PSA takes the change only from a later one. */
  wantedFrom: IsoDate.optional(),
  state: PushState,
});
export type UnitPush = z.infer<typeof UnitPush>;
