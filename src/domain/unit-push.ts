import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { ContractId, ContractServiceId } from './ids.ts';
import { Currency, Money } from './money.ts';

/** Units before the change, and what they are to be with it: what a reading tells the outcome by. */
const sent = {
  unitsBefore: z.number().int(),
  /** When sending began. Written before the call. */
  at: IsoInstant,
  /** The day whose units tell, where that of the change lies in rows that are posted and stay as they are. */
  tellsOn: IsoDate.optional(),
  /** How often it was sent before without having been taken. */
  tries: z.number().int().positive().optional(),
};

/** How a push ended without the PSA having to take anything more. */
export const SettledAs = z.enum(['taken', 'dropped', 'merged']);

/**
 * What has become of one change of units on its way to a PSA that lives elsewhere. It never goes again while it may have
 * been taken: the units are read, and where they tell nothing a person decides. Source: facts/apis.md §3.3.
 */
export const PushState = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('queued'),
    problem: z.string().optional(),
    /** Of the last time it was sent and not taken. */
    sentBefore: z.object(sent).optional(),
  }),
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
  /** Nothing is to be sent any more: a person decided, or it went together with other changes of the same day. */
  z.object({
    status: z.literal('settled'),
    as: SettledAs,
    at: IsoInstant,
    by: Actor,
    reason: z.string().min(1),
  }),
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
  /** What the days between come to, which the PSA never bills. */
  unbilled: z
    .object({ amount: Money, currency: Currency, reason: z.enum(['same-day', 'period-posted']) })
    .optional(),
  state: PushState,
});
export type UnitPush = z.infer<typeof UnitPush>;

export type PushStatus = PushState['status'];
export const PUSH_STATUSES = [
  'queued',
  'sending',
  'confirmed',
  'refused',
  'unknown',
  'settled',
] as const satisfies readonly PushStatus[];

/** Where a push's change of units is on the way: still to be sent, or sent and not yet told. */
export const isOpen = ({ state }: UnitPush): boolean =>
  state.status === 'queued' || state.status === 'sending';

/** The PSA has it, by its units or by a person's word. */
export const isTaken = ({ state }: UnitPush): boolean =>
  state.status === 'confirmed' || (state.status === 'settled' && state.as === 'taken');

/** A person has to say what becomes of it. */
export const needsPerson = ({ state }: UnitPush): boolean =>
  state.status === 'unknown' || (state.status === 'refused' && state.movedTo === undefined);

/** The change's day as the plan had it. */
export const wantedDay = ({ wantedFrom, effectiveDate }: UnitPush): IsoDate => wantedFrom ?? effectiveDate;
