import type { Hono } from 'hono';
import { z } from 'zod';
import { type ControlPage, controlPage } from '../kit/control-page.ts';
import { bodyOf, commonControls, countChange, done, refusal } from '../kit/control-routes.ts';
import { seededUid } from '../kit/seeded.ts';
import { DEVICE_CATEGORIES, type DeviceCategory } from './account.ts';
import { Faults } from './faults.ts';
import type { StandIn } from './stand-in.ts';
import type { World } from './world.ts';

const DeviceChange = countChange(DEVICE_CATEGORIES as [DeviceCategory, ...DeviceCategory[]], 'category');
const NewSite = z.object({
  name: z.string().trim().min(1).max(100),
  autotaskCompanyId: z.string().trim().optional(),
});
const ClockChange = z.object({ advanceSeconds: z.number().nonnegative() });

/** The stand-in's own controls under `/_sim`, which the vendor's API does not have: a page for people, JSON for programs. */
export function controlRoutes(standIn: StandIn): Hono {
  const { world } = standIn;
  const control = commonControls(standIn, Faults);

  control.get('/', (c) => c.html(controlPage(pageOf(world), c.req.query('q') ?? '')));
  control.get('/state', (c) => c.json(stateOf(standIn)));
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
    const { action, kind: category, n } = change.data;
    const changed =
      action === 'add' ? world.addDevices(site.uid, category, n) : world.removeDevices(site.uid, category, n);
    return done(c, { site: site.name, action, category, changed }, c.req.query('q') ?? '');
  });
  return control;
}

const pageOf = (world: World): ControlPage => ({
  vendor: 'Datto RMM',
  holds: `${world.accountName()}, ${world.sites().length} sites, ${world.rows().length} devices.`,
  noun: 'site',
  things: 'Devices',
  kindField: 'category',
  kinds: DEVICE_CATEGORIES,
  rows: world.sites().map(({ uid, name, devices }) => ({
    id: uid,
    name,
    counts: [...Map.groupBy(devices, (device) => device.category ?? 'without category')].map(
      ([category, own]) => [category, own.length] as const,
    ),
  })),
  action: (id) => `sites/${encodeURIComponent(id)}/devices`,
  addTo: 'sites',
});

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
