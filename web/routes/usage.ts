import { createRoute, z } from '@hono/zod-openapi';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { importUsageFile } from '../../src/usecases/import-usage-file.ts';
import { listUsageUploads } from '../../src/usecases/list-usage-uploads.ts';
import { undoUsage } from '../../src/usecases/undo-usage.ts';
import { By, Instant, json, jsonBody, PageQuery, PROBLEMS, pageOf } from '../shapes/common.ts';
import { type FileQuery, fileAnswer, fileQuery, UsageFileAnswer } from '../shapes/usage-file.ts';
import { apiRouter } from './api-router.ts';

/** For the description only: the core reads the rows itself and lists every bad one. */
const Usage = z
  .object({
    module: z.string().openapi({ description: 'Id or name', example: 'rocketcyber' }),
    items: z.array(z.unknown()).openapi({
      description:
        'At most 50,000, each `{date, moduleOrganization: {externalId, name}, billingType, quantity}`; quantity a whole number, or true or false',
      example: [
        {
          date: '2026-11-30',
          moduleOrganization: { externalId: '4711', name: 'Daily Mail' },
          billingType: 'Agents',
          quantity: 14,
        },
      ],
    }),
  })
  .openapi('Usage');

const Upload = z
  .object({
    id: z.string(),
    module: z.string(),
    moduleName: z.string(),
    at: Instant,
    by: By,
    file: z.string().optional(),
    accepted: z.int(),
    changed: z.int(),
    newModuleOrganizations: z.array(z.string()),
    undone: z.object({ at: Instant, by: By }).optional(),
    undoUntil: Instant.optional().openapi({ description: 'Until when it can be undone' }),
    notUndoable: z.string().optional().openapi({ description: 'Why it cannot be undone' }),
  })
  .openapi('UsageUpload');

const Accepted = z.object({
  accepted: z.int(),
  changed: z.int().openapi({ description: 'Of those, how many differed from what was known' }),
  upload: z.string().optional().openapi({ description: 'Its id, to undo it; absent where nothing differed' }),
});

const Undone = z.object({ id: z.string(), undone: z.object({ at: Instant, by: By }) });

export function usageRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/usage',
        tags: ['usage'],
        summary: 'Push usage counts of a module',
        description:
          'The last count of a day replaces earlier ones of that day, and the same batch again changes nothing. What is absent stays unknown. One bad row refuses the whole batch; `errors` lists every bad row.',
        request: jsonBody(Usage),
        responses: { 200: json(Accepted, 'How many counts were taken'), ...PROBLEMS },
      }),
      async (c) => {
        const usage = c.req.valid('json');
        const done = await importUsage(c.var.deps.core, { by: c.var.viewer.actor, usage });
        return c.json(Accepted.parse({ ...done, upload: done.upload?.id }), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/usage/csv',
        tags: ['usage'],
        summary: 'Take a CSV file of usage counts in, or say what that would do',
        description: 'At most 5 MB and 50,000 rows; UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab.',
        request: {
          query: fileQuery,
          body: { required: true, content: { 'text/csv': { schema: z.string() } } },
        },
        responses: { 200: json(UsageFileAnswer, 'What was read, and what it changes'), ...PROBLEMS },
      }),
      async (c) => {
        const query: FileQuery = c.req.valid('query');
        const bytes = new Uint8Array(await c.req.arrayBuffer());
        const done = await importUsageFile(c.var.deps.core, { ...query, bytes, by: c.var.viewer.actor });
        return c.json(UsageFileAnswer.parse(fileAnswer(done)), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/usage/uploads',
        tags: ['usage'],
        summary: 'Batches of usage that were taken in, newest first',
        request: { query: PageQuery.extend({ module: z.string().optional() }) },
        responses: { 200: json(pageOf(Upload), 'Uploads'), ...PROBLEMS },
      }),
      async (c) =>
        c.json(pageOf(Upload).parse(await listUsageUploads(c.var.deps.core, c.req.valid('query'))), 200),
    )
    .openapi(
      createRoute({
        method: 'post',
        path: '/usage/uploads/{id}/undo',
        tags: ['usage'],
        summary: 'Put back what was known before an upload',
        description: 'Within 24 hours, while no later upload replaced the same counts.',
        request: { params: z.object({ id: z.string() }) },
        responses: { 200: json(Undone, 'Undone'), ...PROBLEMS },
      }),
      async (c) => {
        const { id } = c.req.valid('param');
        return c.json(Undone.parse(await undoUsage(c.var.deps.core, { by: c.var.viewer.actor, id })), 200);
      },
    );
}
