import { createRoute, z } from '@hono/zod-openapi';
import { PlanMove } from '../../src/domain/sync-run.ts';
import { getSync } from '../../src/usecases/get-sync.ts';
import { listRehearsal } from '../../src/usecases/list-plan.ts';
import { listSyncs } from '../../src/usecases/list-syncs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { By, Day, Instant, json, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { PlanShape } from '../shapes/plan-line.ts';
import { PsaOutcomeShape } from '../shapes/psa.ts';
import { apiRouter } from './api-router.ts';

const SyncShape = z
  .object({
    id: z.string(),
    trigger: z.enum(['night', 'catch-up', 'slack', 'web', 'api', 'cli']),
    by: By,
    state: z.enum(['queued', 'running', 'done', 'partial', 'failed']).openapi({
      description: 'done: every module asked was counted; partial: some; failed: none',
    }),
    dryRun: z.boolean(),
    scope: z.object({ module: z.string().optional(), organization: z.string().optional() }),
    date: Day,
    startedAt: Instant,
    finishedAt: Instant.optional(),
    modules: z.array(
      z.object({
        id: z.string(),
        state: z.enum(['running', 'done', 'failed']),
        counts: z.int(),
        requests: z.int(),
        moduleOrganizations: z.int(),
        newModuleOrganizations: z.int(),
        problem: z.string().optional(),
        tries: z.int().optional().openapi({ description: 'How often it was asked in this run' }),
        startedAt: Instant.optional(),
        finishedAt: Instant.optional(),
        durationMs: z.int().optional().openapi({ description: 'Spent counting, waits left out' }),
        retryAt: Instant.optional().openapi({ description: 'When it is asked again' }),
      }),
    ),
    planId: z.string().optional().openapi({ description: 'The plan it executed, as GET /plan names it' }),
    previewed: z
      .object({ planId: z.string(), moved: z.int(), moves: z.array(PlanMove) })
      .optional()
      .openapi({ description: 'The plan last looked at on that day, and what the run planned otherwise' }),
    lines: z.object({
      create: z.int(),
      change: z.int(),
      none: z.int(),
      held: z.int(),
      blocked: z.int(),
    }),
    psaWrites: z.int().openapi({ description: 'Unit changes written to the PSA' }),
    items: z.object({ created: z.int(), changed: z.int(), removed: z.int() }),
    problem: z.string().optional(),
    psa: PsaOutcomeShape.optional(),
    missedNights: z
      .array(Day)
      .optional()
      .openapi({ description: 'Nights that were missed before it; their counts stay unknown' }),
  })
  .openapi('SyncRun');

const Order = z.object({
  module: z.string().optional(),
  organization: z.string().optional(),
  dryRun: z.boolean().optional(),
});

/** Runs kept in one answer; older ones are in the activity log. */
const LISTED = 1000;

export function syncRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/syncs',
        tags: ['syncs'],
        summary: 'Sync now: everything, one module or one organization',
        description: 'Answers at once. During a run, the new one queues behind it.',
        request: { body: { content: { 'application/json': { schema: Order } } } },
        responses: { 202: json(z.object({ id: z.string() }), 'The run; poll it'), ...PROBLEMS },
      }),
      async (c) => {
        const { core } = c.var.deps;
        const { id, finished } = await startSync(core, {
          ...c.req.valid('json'),
          trigger: c.var.viewer.via === 'bearer' ? 'api' : 'web',
          by: c.var.viewer.actor,
        });
        // The run keeps its own record of what went wrong; this is for what it could not even record.
        finished.catch((err: unknown) => core.log.error({ err, run: id }, 'sync run broke off'));
        return c.json({ id }, 202, { Location: `/api/syncs/${id}` });
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/syncs',
        tags: ['syncs'],
        summary: 'Sync runs, newest first',
        request: { query: PageQuery },
        responses: { 200: json(pageOf(SyncShape), 'Sync runs'), ...PROBLEMS },
      }),
      async (c) => {
        const runs = await listSyncs(c.var.deps.core, { limit: LISTED });
        return c.json(pageOf(SyncShape).parse(pageFrom(runs, c.req.valid('query'))), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/syncs/{id}',
        tags: ['syncs'],
        summary: 'One sync run',
        request: { params: z.object({ id: z.string() }) },
        responses: { 200: json(SyncShape, 'The run as it stands'), ...PROBLEMS },
      }),
      async (c) => {
        const run = await getSync(c.var.deps.core, c.req.valid('param').id);
        return c.json(SyncShape.parse(run), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/syncs/{id}/plan',
        tags: ['syncs'],
        summary: 'What a rehearsal (dry run) would have done, line by line',
        description: 'Of the newest rehearsal, until icb is started again.',
        request: { params: z.object({ id: z.string() }), query: PageQuery },
        responses: { 200: json(PlanShape, 'As GET /plan'), ...PROBLEMS },
      }),
      async (c) => {
        const { lines, ...plan } = await listRehearsal(c.var.deps.core, c.req.valid('param').id);
        return c.json(PlanShape.parse({ ...pageFrom(lines, c.req.valid('query')), ...plan }), 200);
      },
    );
}
