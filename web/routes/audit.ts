import { createRoute, z } from '@hono/zod-openapi';
import { PLACES } from '../../src/domain/audit.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { By, Instant, json, PageQuery, PROBLEMS, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const AuditShape = z
  .object({
    id: z.string(),
    at: Instant,
    by: By,
    action: z.string().openapi({ example: 'confirm-mappings' }),
    subject: z.string().optional(),
    place: z
      .string()
      .optional()
      .openapi({
        example: 'dashboard',
        description: `A Slack channel's id, or one of: ${PLACES.join(', ')}`,
      }),
    text: z.string(),
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  })
  .openapi('AuditEntry');

export function auditRoutes() {
  return apiRouter().openapi(
    createRoute({
      method: 'get',
      path: '/audit',
      tags: ['audit'],
      summary: 'Who changed what, when, from what to what; newest first',
      request: { query: PageQuery },
      responses: { 200: json(pageOf(AuditShape), 'Audit entries'), ...PROBLEMS },
    }),
    async (c) => {
      const page = await listAudit(c.var.deps.core, c.req.valid('query'));
      return c.json(pageOf(AuditShape).parse(page), 200);
    },
  );
}
