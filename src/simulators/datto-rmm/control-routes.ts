import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DEVICE_CATEGORIES } from './account.ts';
import { controlPage } from './control-page.ts';
import { Faults } from './faults.ts';
import { seededUid } from './seeded.ts';
import type { StandIn } from './stand-in.ts';

const DeviceChange = z.object({
  action: z.enum(['add', 'remove']),
  category: z.enum(DEVICE_CATEGORIES),
  n: z.coerce.number().int().min(1).max(10_000).default(1),
});
const NewSite = z.object({
  name: z.string().trim().min(1).max(100),
  autotaskCompanyId: z.string().trim().optional(),
});
const ClockChange = z.object({ advanceSeconds: z.number().nonnegative() });

/** The stand-in's own controls under `/_sim`, which the vendor's API does not have: a page for people, JSON for programs. */
export function controlRoutes(standIn: StandIn): Hono {
  const { world } = standIn;
  const control = new Hono();

  control.get('/', (c) => c.html(controlPage(world, c.req.query('q') ?? '')));
  control.get('/state', (c) => c.json(stateOf(standIn)));
  control.get('/requests', (c) => c.json(standIn.requests));

  control.post('/faults', async (c) => {
    const faults = Faults.safeParse({ ...standIn.faults, ...((await bodyOf(c)) as object) });
    if (!faults.success) return refusal(c, faults.error);
    standIn.setFaults(faults.data);
    return c.json(standIn.faults);
  });
  control.delete('/faults', (c) => {
    standIn.clearFaults();
    return c.json(standIn.faults);
  });
  control.post('/clock', async (c) => {
    const change = ClockChange.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    standIn.advance(change.data.advanceSeconds * 1000);
    return c.json({ now: new Date(standIn.now()).toISOString() });
  });
  control.post('/sites', async (c) => {
    const site = NewSite.safeParse(await bodyOf(c));
    if (!site.success) return refusal(c, site.error);
    const { name, autotaskCompanyId } = site.data;
    const uid = seededUid('new site', world.sites().length, name);
    world.addSite({ uid, name, devices: [], ...(autotaskCompanyId ? { autotaskCompanyId } : {}) });
    return done(c, { uid, name }, name);
  });
  control.post('/sites/:uid/devices', async (c) => {
    const site = world.site(c.req.param('uid'));
    if (site === undefined) return c.json({ error: 'There is no such site.' }, 404);
    const change = DeviceChange.safeParse(await bodyOf(c));
    if (!change.success) return refusal(c, change.error);
    const { action, category, n } = change.data;
    const changed =
      action === 'add' ? world.addDevices(site.uid, category, n) : world.removeDevices(site.uid, category, n);
    return done(c, { site: site.name, action, category, changed }, c.req.query('q') ?? '');
  });
  return control;
}

const stateOf = ({ world, faults, requests, rate }: StandIn) => ({
  account: world.accountName(),
  sites: world.sites().map(({ uid, name, devices }) => ({
    uid,
    name,
    devices: Object.fromEntries(
      Map.groupBy(devices, (device) => device.category ?? 'none')
        .entries()
        .map(([category, group]) => [category, group.length]),
    ),
  })),
  faults,
  requests: { logged: requests.length, inWindow: rate.count() },
});

const isForm = (c: Context): boolean =>
  c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;

async function bodyOf(c: Context): Promise<unknown> {
  if (isForm(c)) return c.req.parseBody();
  return c.req.json().catch(() => undefined);
}

const refusal = (c: Context, error: z.ZodError): Response => c.json({ error: z.prettifyError(error) }, 400);

/** People who used the page's form go back to it. */
const done = (c: Context, body: object, search: string): Response =>
  isForm(c) ? c.redirect(`/_sim/?q=${encodeURIComponent(search)}`, 303) : c.json(body);
