import { z } from 'zod';
import { Actor } from './actor.ts';
import { IsoDate, IsoInstant } from './calendar.ts';
import { ModuleId, OrganizationId, SyncRunId } from './ids.ts';

export const SyncTrigger = z.enum(['night', 'catch-up', 'slack', 'web', 'api', 'cli']);
export type SyncTrigger = z.infer<typeof SyncTrigger>;

export const ModuleOutcome = z.object({
  id: ModuleId,
  state: z.enum(['running', 'done', 'failed']),
  /** Usage counts taken: one per module organization and billing type that is not zero. */
  counts: z.number().int().nonnegative(),
  requests: z.number().int().nonnegative(),
  moduleOrganizations: z.number().int().nonnegative().default(0),
  newModuleOrganizations: z.number().int().nonnegative().default(0),
  problem: z.string().optional(),
});
export type ModuleOutcome = z.infer<typeof ModuleOutcome>;

export const LineTotals = z.object({
  create: z.number().int(),
  change: z.number().int(),
  none: z.number().int(),
  held: z.number().int(),
  blocked: z.number().int(),
});
export type LineTotals = z.infer<typeof LineTotals>;

/** One sync, from count to summary. */
export const SyncRun = z.object({
  id: SyncRunId,
  trigger: SyncTrigger,
  by: Actor,
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
  lines: LineTotals,
  /** Unit changes written to the PSA, local or Autotask. */
  psaWrites: z.number().int().nonnegative(),
  /** Billing items this run created or changed. */
  items: z.object({ created: z.number().int(), changed: z.number().int(), removed: z.number().int() }),
  problem: z.string().optional(),
});
export type SyncRun = z.infer<typeof SyncRun>;
