import type { Hono } from 'hono';
import { type ControlPage, controlPage } from '../kit/control-page.ts';
import { commonControls, countRoute } from '../kit/control-routes.ts';
import { Faults } from './faults.ts';
import { KINDS } from './kinds.ts';
import type { StandIn } from './stand-in.ts';
import type { World } from './world.ts';

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
  countRoute(control, {
    path: 'clients',
    noun: 'client',
    kinds: KINDS,
    find: (id) => {
      const found = world.client(Number(id));
      if (found === undefined) return undefined;
      return {
        name: found.name ?? 'Without a client',
        change: (kind, by) => world.change(found.organizationId, kind, by),
      };
    },
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
