import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { BillingTypeName, ContractServiceId, ModuleId, OrganizationId, SyncRunId } from './ids.ts';
import { Currency, Money } from './money.ts';
import { PLAN_ACTIONS } from './plan.ts';

export const SyncTrigger = z.enum(['night', 'catch-up', 'slack', 'web', 'api', 'cli']);
export type SyncTrigger = z.infer<typeof SyncTrigger>;

export const LineTotals = z.object({
  create: z.number().int(),
  change: z.number().int(),
  none: z.number().int(),
  held: z.number().int(),
  blocked: z.number().int(),
});
export type LineTotals = z.infer<typeof LineTotals>;

export const ModuleOutcome = z.object({
  id: ModuleId,
  state: z.enum(['running', 'done', 'failed']),
  /** Usage counts taken: one per module organization and billing type that is not zero. */
  counts: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
  moduleOrganizations: z.number().int().nonnegative().default(0),
  newModuleOrganizations: z.number().int().nonnegative().default(0),
  problem: z.string().optional(),
  /** How often it was asked in this run. */
  tries: z.number().int().positive().optional(),
  /** Of the first try, and of the last. */
  startedAt: IsoInstant.optional(),
  finishedAt: IsoInstant.optional(),
  /** Spent counting, the waits between tries left out. */
  durationMs: z.number().int().nonnegative().optional(),
  /** When it is asked again, while the run waits for that. */
  retryAt: IsoInstant.optional(),
  /** Whether the run's plan has taken up this outcome, and what its lines came to. */
  applied: z.boolean().optional(),
  lines: LineTotals.optional(),
});
export type ModuleOutcome = z.infer<typeof ModuleOutcome>;

/** Where a run's summary stands. Written before it is posted, so that no restart posts it twice. */
export const SummaryPost = z.object({
  channel: z.string(),
  /** When posting began. */
  at: IsoInstant,
  /** Slack's name of the message; absent when it was refused, or when nobody knows whether it arrived. */
  ts: z.string().optional(),
  /** Why Slack refused it, or `answer_lost`. */
  problem: z.string().optional(),
  /** The thread under it was begun. */
  detailed: z.boolean().optional(),
});
export type SummaryPost = z.infer<typeof SummaryPost>;

/** What a run read from and wrote to a PSA that lives elsewhere. */
export const PsaOutcome = z.object({
  /** `failed`: something could not be read or sent; `problem` says what, and what to do. */
  state: z.enum(['done', 'failed']),
  requests: z.number().int().nonnegative(),
  problem: z.string().optional(),
  /** What people should know of the connection though nothing is wrong with it. */
  notice: z.string().optional(),
  /** What was read before the plan; absent while the run rests on the last known book. */
  read: z
    .object({
      organizations: z.number().int().nonnegative(),
      contracts: z.number().int().nonnegative(),
      contractServices: z.number().int().nonnegative(),
      /** Records that were new, different or gone. */
      changed: z.number().int().nonnegative(),
      /** Records the PSA holds and icb has no word for, by kind, id and why; the first of them. */
      leftOut: z.array(z.object({ kind: z.string(), id: z.string(), because: z.string() })).optional(),
    })
    .optional(),
  /** Unit changes that went out in this run, and what became of them. */
  pushed: z.number().int().nonnegative().optional(),
  confirmed: z.number().int().nonnegative().optional(),
  refused: z.number().int().nonnegative().optional(),
  unknown: z.number().int().nonnegative().optional(),
  /** Still to go when the run's pushing ended, those of earlier runs included. */
  queued: z.number().int().nonnegative().optional(),
  /** When sending goes on, while the run waits for that. */
  waitsUntil: IsoInstant.optional(),
  /** Billing items that were found posted, or un-posted, in the PSA. */
  posted: z.number().int().nonnegative().optional(),
  unposted: z.number().int().nonnegative().optional(),
});
export type PsaOutcome = z.infer<typeof PsaOutcome>;

/** What everything came to after a run, in one currency: what later summaries compare themselves with. */
export const RunTotal = z.object({
  currency: Currency,
  /** Two-decimal figures of all items, pending and posted, of periods that begin in the month of the run's day. */
  month: Money,
  /** Units in force on the run's day, and their price for a whole period. */
  units: z.number().int(),
  monthly: Money,
  /** The month's figures by module; null: units that no module feeds. Absent in runs of older versions. */
  modules: z.array(z.object({ module: ModuleId.nullable(), month: Money })).optional(),
});
export type RunTotal = z.infer<typeof RunTotal>;

const PlanFate = z.object({
  action: z.enum(PLAN_ACTIONS),
  oldUnits: z.number().int(),
  newUnits: z.number().int(),
  amount: Money,
});

/** A line that a run planned otherwise than people had seen; without `before` or `after` it stays as it is there. */
export const PlanMove = z.object({
  id: z.string(),
  organizationId: OrganizationId,
  contractServiceId: ContractServiceId,
  module: ModuleId,
  billingType: BillingTypeName,
  currency: Currency,
  before: PlanFate.optional(),
  after: PlanFate.optional(),
});
export type PlanMove = z.infer<typeof PlanMove>;

/** One sync, from count to summary. */
export const SyncRun = z.object({
  id: SyncRunId,
  trigger: SyncTrigger,
  by: Actor,
  /** What a person asked for in Slack that began it. */
  task: z.string().optional(),
  /** `done`: every module asked was counted; `partial`: some; `failed`: none. */
  state: z.enum(['running', 'done', 'partial', 'failed']),
  dryRun: z.boolean(),
  scope: z.object({ module: ModuleId.optional(), organization: OrganizationId.optional() }).default({}),
  date: IsoDate,
  startedAt: IsoInstant,
  finishedAt: IsoInstant.optional(),
  modules: z.array(ModuleOutcome),
  /** The plan it executed. */
  planId: z.string().optional(),
  /** The plan that people looked at last before it on that day, and how many lines it planned otherwise. */
  previewed: z.object({ planId: z.string(), moved: z.number().int(), moves: z.array(PlanMove) }).optional(),
  lines: LineTotals,
  /** Unit changes written to the PSA, local or Autotask. */
  psaWrites: z.number().int().nonnegative(),
  /** Billing items this run created or changed. */
  items: z.object({ created: z.number().int(), changed: z.number().int(), removed: z.number().int() }),
  problem: z.string().optional(),
  /** Times it was taken up again after icb was stopped in the midst of it. */
  resumed: z.number().int().positive().optional(),
  /** Nights before it that were missed: their counts can no longer be had. */
  missedNights: z.array(IsoDate).optional(),
  totals: z.array(RunTotal).optional(),
  /** Left out with the local PSA, and until a remote one was asked. */
  psa: PsaOutcome.optional(),
  summary: SummaryPost.optional(),
});
export type SyncRun = z.infer<typeof SyncRun>;
