import { createRoute, z } from '@hono/zod-openapi';
import { ROLES } from '../../src/domain/role.ts';
import { officeSettings, setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { grantRole } from '../../src/usecases/roles.ts';
import { Currency, json, jsonBody, Money, PROBLEMS } from '../shapes/common.ts';
import { apiRouter } from './api-router.ts';

const RoleShape = z.enum(ROLES);
const Settings = z
  .object({
    revision: z
      .int()
      .openapi({ description: 'Grows with each saving; send it back to be told of others’ changes' }),
    people: z.array(z.object({ userId: z.string(), role: RoleShape })),
    groups: z.array(z.object({ groupId: z.string(), role: RoleShape })),
    syncCron: z.string().optional().openapi({ description: 'Instead of ICB_SYNC_CRON' }),
    channel: z.string().optional().openapi({ description: 'Instead of SLACK_CHANNEL' }),
    postLimits: z.array(z.object({ currency: Currency, amount: Money })).openapi({
      description: 'A posting above this amount needs a second person',
    }),
  })
  .openapi('Settings');

const Change = Settings.omit({ syncCron: true, channel: true })
  .extend({
    syncCron: z.string().nullable().openapi({ description: 'Null: as the environment says' }),
    channel: z.string().nullable().openapi({ description: 'Null: as the environment says' }),
  })
  .partial()
  .strict();

/** What admins set while icb runs: roles, schedule, channel, limits for a second person. */
export function officeSettingsRoutes() {
  return apiRouter()
    .openapi(
      createRoute({
        method: 'get',
        path: '/settings',
        tags: ['settings'],
        summary: 'Roles, schedule, channel and posting limits, as far as they are set here',
        responses: { 200: json(Settings, 'The settings'), ...PROBLEMS },
      }),
      async (c) => c.json(Settings.parse(await officeSettings(c.var.deps.core)), 200),
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/settings',
        tags: ['settings'],
        summary: 'Change some of them; with `revision`, only where nobody saved meanwhile',
        request: jsonBody(Change),
        responses: { 200: json(Settings, 'The settings now'), ...PROBLEMS },
      }),
      async (c) => {
        const { revision, ...change } = c.req.valid('json');
        const saved = await setOfficeSettings(c.var.deps.core, {
          by: c.var.viewer.actor,
          change,
          ...(revision !== undefined && { revision }),
        });
        return c.json(Settings.parse(saved), 200);
      },
    )
    .openapi(
      createRoute({
        method: 'put',
        path: '/settings/roles/{userId}',
        tags: ['settings'],
        summary: 'Give one person a role; `viewer` takes it away',
        request: { params: z.object({ userId: z.string() }), ...jsonBody(z.object({ role: RoleShape })) },
        responses: { 200: json(Settings, 'The settings now'), ...PROBLEMS },
      }),
      async (c) => {
        const { userId } = c.req.valid('param');
        const { role } = c.req.valid('json');
        const saved = await grantRole(c.var.deps.core, { by: c.var.viewer.actor, userId, role });
        return c.json(Settings.parse(saved), 200);
      },
    );
}
