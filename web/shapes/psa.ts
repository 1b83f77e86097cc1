import { z } from '@hono/zod-openapi';
import { PUSH_STATUSES } from '../../src/domain/unit-push.ts';
import { By, Currency, Day, Instant, Money } from './common.ts';

const count = z.int().optional();

const notice = z.string().optional().openapi({ description: 'Worth knowing although nothing is wrong' });

/** What a run read from and wrote to a PSA that lives elsewhere. */
export const PsaOutcomeShape = z
  .object({
    state: z.enum(['done', 'failed']),
    requests: z.int(),
    problem: z.string().optional(),
    notice,
    read: z
      .object({
        organizations: z.int(),
        contracts: z.int(),
        contractServices: z.int(),
        changed: z.int().openapi({ description: 'Records that were new, different or gone' }),
        leftOut: z.array(z.object({ kind: z.string(), id: z.string(), because: z.string() })).optional(),
      })
      .optional(),
    pushed: count,
    confirmed: count,
    refused: count,
    unknown: count,
    queued: count,
    waitsUntil: Instant.optional(),
    posted: count,
    unposted: count,
  })
  .openapi('PsaOutcome');

export const PsaShape = z
  .object({
    kind: z.enum(['local', 'autotask']),
    name: z.string(),
    state: z.enum(['done', 'failed', 'unread']).openapi({ description: 'unread: no run has asked it yet' }),
    problem: z.string().optional(),
    notice,
    lastRun: PsaOutcomeShape.extend({ id: z.string(), at: Instant }).optional(),
    budget: z
      .object({ used: z.int(), limit: z.int(), stoppedUntil: Instant.optional() })
      .optional()
      .openapi({ description: 'Calls of the last hour, of everybody who uses the PSA' }),
    pushes: z.record(z.enum(PUSH_STATUSES), z.int()),
    needPerson: z.int(),
    approveAndPost: z.string().optional().openapi({ description: 'The PSA’s page for it' }),
  })
  .openapi('Psa');

const Side = z.object({ units: z.int(), pending: Money, posted: Money });

export const Comparisons = z
  .object({
    id: z.string(),
    organizationId: z.string(),
    organization: z.string(),
    contractId: z.string(),
    contract: z.string(),
    contractServiceId: z.string(),
    service: z.string(),
    period: z.object({ start: Day, end: Day }),
    theirs: Side,
    ours: Side,
    difference: Money.openapi({ description: 'Theirs less ours' }),
    currency: Currency,
    reasons: z.array(z.object({ code: z.string(), text: z.string() })),
  })
  .openapi('PsaComparison');

export const ComparisonTotals = z.array(
  z.object({ currency: Currency, theirs: Money, ours: Money, difference: Money }),
);

export const PushShape = z
  .object({
    id: z.string(),
    runId: z.string(),
    organizationId: z.string(),
    organization: z.string(),
    contractId: z.string(),
    contract: z.string(),
    contractServiceId: z.string(),
    service: z.string(),
    effectiveDate: Day,
    wantedFrom: Day.optional(),
    change: z.int(),
    monthlyAmount: Money.optional(),
    currency: Currency.optional(),
    unbilled: z.object({ amount: Money, currency: Currency, reason: z.string() }).optional(),
    createdAt: Instant,
    state: z.looseObject({ status: z.enum(PUSH_STATUSES), by: By.optional() }),
    text: z.string().openapi({ description: 'Where it stands and what to do' }),
  })
  .openapi('UnitPush');
