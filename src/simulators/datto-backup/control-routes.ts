import type { Hono } from 'hono';
import { type ControlPage, controlPage } from '../kit/control-page.ts';
import { bodyOf, commonControls, countChange, done, refusal } from '../kit/control-routes.ts';
import { Faults } from './faults.ts';
import { KINDS } from './kinds.ts';
import type { StandIn } from './stand-in.ts';
import type { World } from './world.ts';

const Change = countChange(KINDS, 'kind');

/** The stand-in's own controls under `/_sim`, which the vendor's API does not have: a page for people, JSON for programs. */
export function controlRoutes(standIn: StandIn): Hono {
  const { world } = standIn;
  const control = commonControls(standIn, Faults);
  control.get('/', (c) => c.html(controlPage(pageOf(world), c.req.query('q') ?? '')));
  control.get('/state', (c) =>
    c.json({
      account: world.accountName(),
      clients: world.clients().map((client) => ({
        organizationId: client.organizationId,
        name: client.name,
        counts: Object.fromEntries(KINDS.map((kind) => [kind, world.count(client, kind)])),
      })),
      faults: standIn.faults,
    }),
  );
  control.post('/clients/:id/counts', async (c) => {
    const client = world.client(Number(c.req.param('id')));
    if (client === undefined) return c.json({ error: 'There is no such client.' }, 404);
    const change = Change.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    const { action, kind, n } = change.data;
    const changed = world.change(client.organizationId, kind, action === 'add' ? n : -n);
    return done(c, { client: client.name, action, kind, changed }, c.req.query('q') ?? '');
  });
  return control;
}

const pageOf = (world: World): ControlPage => ({
  vendor: 'Datto backup',
  holds: `${world.accountName()}, ${world.clients().length} clients of BCDR, Endpoint Backup and SaaS Protection.`,
  noun: 'client',
  things: 'Protected',
  kindField: 'kind',
  kinds: KINDS,
  rows: world.clients().map((client) => ({
    id: String(client.organizationId),
    name: client.name ?? 'Without a client',
    counts: KINDS.map((kind) => [kind, world.count(client, kind)] as const),
  })),
  action: (id) => `clients/${id}/counts`,
});
