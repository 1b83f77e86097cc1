import { createRoute, z } from '@hono/zod-openapi';
import { IcbError } from '../../src/domain/errors.ts';
import { importBook, importBookCsv } from '../../src/usecases/import-book.ts';
import { json, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const KINDS = ['organizations', 'contracts', 'contractServices'] as const;

const rows = (fields: string) =>
  z
    .array(z.record(z.string(), z.unknown()))
    .optional()
    .openapi({ description: `Each: ${fields}` });

/** For the description only: the core parses the file itself and lists every bad row. */
const Book = z
  .object({
    organizations: rows('id, name, type, active, parentId?'),
    contracts: rows('id, organizationId, name, type, periodType, status, startDate, endDate'),
    contractServices: rows('id, contractId, service, unitPrice, unitCost?, currency, units?'),
  })
  .openapi('Book');

const Imported = z.object({
  organizations: z.int().optional(),
  contracts: z.int().optional(),
  contractServices: z.int().optional(),
});

function bookOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new IcbError(
      'bad-input',
      'The file is not valid JSON. For CSV send Content-Type: text/csv and ?kind=.',
    );
  }
}

export function importRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'post',
      path: '/import',
      tags: ['contracts'],
      summary: 'Import organizations, contracts and contract services; upsert by id',
      description: 'JSON with all kinds, or one CSV file per kind. One bad row refuses the whole file.',
      request: {
        query: z.object({
          kind: z.enum(KINDS).optional().openapi({ description: 'For CSV: what its rows are' }),
        }),
        body: { content: { 'application/json': { schema: Book }, 'text/csv': { schema: z.string() } } },
      },
      responses: { 200: json(Imported, 'How many rows of each kind were taken'), ...PROBLEMS },
    }),
    async (c) => {
      const { core } = c.var.deps;
      const by = c.var.viewer.actor;
      const { kind } = c.req.valid('query');
      const text = await c.req.text();
      if (!c.req.header('content-type')?.startsWith('text/csv'))
        return c.json(Imported.parse(await importBook(core, { by, book: bookOf(text) })), 200);
      if (!kind)
        throw new IcbError('bad-input', `Say what the rows are: ?kind=${KINDS.join(', or ?kind=')}.`);
      return c.json(Imported.parse(await importBookCsv(core, { by, kind, csv: text })), 200);
    },
  );
}
