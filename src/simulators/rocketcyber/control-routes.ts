import type { Hono } from 'hono';
import { type ControlPage, controlPage } from '../kit/control-page.ts';
import { commonControls, countRoute } from '../kit/control-routes.ts';
import { Faults } from './faults.ts';
import type { StandIn } from './stand-in.ts';
import { countOf, KINDS, type World } from './world.ts';

/** The stand-in's own controls under `/_sim`, which the vendor's API does not have: a page for people, JSON for programs. */
export function controlRoutes(standIn: StandIn): Hono {
  const { world } = standIn;
  const control = commonControls(standIn, Faults);
  control.get('/', (c) => c.html(controlPage(pageOf(world), c.req.query('q') ?? '')));
  control.get('/state', (c) =>
    c.json({
      accounts: world.accounts().map((account) => ({
        id: account.id,
        name: account.name,
        counts: Object.fromEntries(KINDS.map((kind) => [kind, countOf(account, kind)])),
      })),
      faults: standIn.faults,
    }),
  );
  countRoute(control, {
    path: 'accounts',
    noun: 'account',
    kinds: KINDS,
    find: (id) => {
      const found = world.account(Number(id));
      if (found === undefined) return undefined;
      return { name: found.name, change: (kind, by) => world.change(found.id, kind, by) };
    },
  });
  return control;
}

const pageOf = (world: World): ControlPage => ({
  vendor: 'RocketCyber',
  holds: `${world.accounts().length} accounts.`,
  noun: 'account',
  things: 'Monitored',
  kindField: 'kind',
  kinds: KINDS,
  rows: world.accounts().map((account) => ({
    id: String(account.id),
    name: account.name,
    counts: KINDS.map((kind) => [kind, countOf(account, kind)] as const),
  })),
  action: (id) => `accounts/${id}/counts`,
});
