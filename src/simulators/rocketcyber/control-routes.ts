import type { Hono } from 'hono';
import { type ControlPage, controlPage } from '../kit/control-page.ts';
import { bodyOf, commonControls, countChange, done, refusal } from '../kit/control-routes.ts';
import { Faults } from './faults.ts';
import type { StandIn } from './stand-in.ts';
import { countOf, KINDS, type World } from './world.ts';

const Change = countChange(KINDS, 'kind');

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
  control.post('/accounts/:id/counts', async (c) => {
    const account = world.account(Number(c.req.param('id')));
    if (account === undefined) return c.json({ error: 'There is no such account.' }, 404);
    const change = Change.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    const { action, kind, n } = change.data;
    const changed = world.change(account.id, kind, action === 'add' ? n : -n);
    return done(c, { account: account.name, action, kind, changed }, c.req.query('q') ?? '');
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
