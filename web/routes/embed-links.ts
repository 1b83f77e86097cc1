import { createRoute, z } from '@hono/zod-openapi';
import { isoInstant } from '../../src/domain/calendar.ts';
import { listPublishLinks, revokeEmbedLink } from '../../src/usecases/embed-links.ts';
import { parseInput } from '../../src/usecases/parse-input.ts';
import { EmbedRequest } from '../../src/widgets/embed-grant.ts';
import type { WebDeps } from '../deps.ts';
import { makeEmbedLink } from '../embed/make-link.ts';
import { TOKEN_SECONDS } from '../embed/open-grant.ts';
import { By, Instant, json, jsonBody, PageQuery, PROBLEMS, pageFrom, pageOf } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const Made = z
  .object({
    id: z.string(),
    kind: z.enum(['link', 'token']),
    url: z.string(),
    snippet: z.string(),
    expiresAt: Instant.optional(),
    exposes: z.string(),
  })
  .openapi('MadeEmbedLink', { description: 'The only time the address is told' });

const LinkShape = z
  .object({
    id: z.string(),
    widget: z.string().optional(),
    tab: z.string().optional(),
    filters: z.record(z.string(), z.unknown()),
    capabilities: z.record(z.string(), z.boolean()),
    frameAncestors: z.array(z.string()).optional(),
    viewerFilters: z.array(z.string()).optional(),
    createdAt: Instant,
    by: By,
    expiresAt: Instant.optional(),
    revokedAt: Instant.optional(),
    lastUsedAt: Instant.optional(),
  })
  .openapi('EmbedLink');

const One = z.object({ id: z.string() });

async function revoke({ core, machineNow }: WebDeps, by: Parameters<typeof revokeEmbedLink>[1], id: string) {
  const now = Temporal.Instant.fromEpochMilliseconds(machineNow());
  const tokensEnd = isoInstant(now.add({ seconds: 2 * TOKEN_SECONDS }));
  await revokeEmbedLink(core, by, id, { now: isoInstant(now), tokensEnd });
}

const ended = (method: 'post' | 'delete', path: string) =>
  createRoute({
    method,
    path,
    tags: ['embed-links'],
    summary: 'Revoke: at once and for good',
    request: { params: One },
    responses: { 204: { description: 'Revoked' }, ...PROBLEMS },
  });

/** Links and tokens by which others may look at widgets without signing in. */
export function embedLinkRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'post',
        path: '/embed-links',
        tags: ['embed-links'],
        summary: 'Make a publish link (revocable) or a signed token (ten minutes)',
        request: jsonBody(
          z.record(z.string(), z.unknown()).openapi({
            example: { widget: 'posted-by-month', kind: 'link', filters: { organization: ['101'] } },
          }),
        ),
        responses: { 201: json(Made, 'Address and snippet'), ...PROBLEMS },
      }),
      async (c) => {
        const request = parseInput(
          EmbedRequest,
          c.req.valid('json'),
          'The embed link is not understood; none was made.',
        );
        return c.json(await makeEmbedLink(c.var.deps, c.var.viewer.actor, request), 201);
      },
    )
    .openapi(
      createRoute({
        method: 'get',
        path: '/embed-links',
        tags: ['embed-links'],
        summary: 'Publish links, newest first; without their secrets',
        request: { query: PageQuery },
        responses: { 200: json(pageOf(LinkShape), 'Publish links'), ...PROBLEMS },
      }),
      async (c) => {
        const links = await listPublishLinks(c.var.deps.core);
        const page = pageFrom(links, c.req.valid('query'));
        const items = page.items.map(({ grant, at, revoked, ...link }) => ({
          ...grant,
          ...link,
          createdAt: at,
          ...(revoked && { revokedAt: revoked.at }),
        }));
        return c.json(pageOf(LinkShape).parse({ ...page, items }), 200);
      },
    )
    .openapi(ended('delete', '/embed-links/{id}'), async (c) => {
      await revoke(c.var.deps, c.var.viewer.actor, c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(ended('post', '/embed-links/{id}/revoke'), async (c) => {
      await revoke(c.var.deps, c.var.viewer.actor, c.req.valid('param').id);
      return c.body(null, 204);
    });
}
