import { setTimeout as sleep } from 'node:timers/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { faultyDays, refusesKey } from '../kit/common-faults.ts';
import { bareAnswer, errorAnswer, pagedAnswer } from './answers.ts';
import { cloudAssetBody, deviceAssetBody, deviceBody, domainBody, seatBody } from './bodies.ts';
import type { StandIn } from './stand-in.ts';
import type { HeldDevice } from './world.ts';

/** Datto's partner API, the parts that have to do with counting, under `/v1`. */
export function apiRoutes(standIn: StandIn): Hono {
  const api = new Hono();
  api.use('*', faultyDays(standIn, errorAnswer), authorized(standIn));
  bcdrRoutes(api, standIn);
  dtcRoutes(api, standIn);
  saasRoutes(api, standIn);
  api.all('*', (c) => errorAnswer(c, 404));
  return api;
}

function bcdrRoutes(api: Hono, standIn: StandIn): void {
  const rows = () =>
    standIn.world.clients().flatMap((client) => client.devices.map((device) => ({ client, device })));

  api.get('/bcdr/device', (c) => {
    const hidden = c.req.query('showHiddenDevices') === '1';
    const children = c.req.query('showChildResellerDevices') === '1';
    const shown = rows().filter(
      ({ device }) => (hidden || device.hidden !== true) && (children || device.childReseller === undefined),
    );
    return pagedAnswer(
      c,
      standIn,
      shown.map(({ client, device }) => deviceBody(client, device)),
    );
  });
  const kindsOf = {
    asset: ['agent', 'share'],
    'asset/agent': ['agent'],
    'asset/share': ['share'],
  } as const;
  for (const [path, kinds] of Object.entries(kindsOf)) {
    api.get(`/bcdr/device/:serial/${path}`, (c) => {
      const device = rows().find((row) => row.device.serialNumber === c.req.param('serial'))?.device;
      if (device === undefined) return errorAnswer(c, 404);
      return bareAnswer(
        c,
        standIn,
        kinds.flatMap((kind) => assetsOf(device, kind)),
      );
    });
  }
}

const assetsOf = (device: HeldDevice, kind: 'agent' | 'share'): object[] =>
  Array.from({ length: (kind === 'agent' ? device.agents : device.shares) ?? 0 }, (_, i) =>
    deviceAssetBody(device, kind, i + 1),
  );

function dtcRoutes(api: Hono, standIn: StandIn): void {
  const assets = (clientId: number | undefined) =>
    standIn.world
      .clients()
      .filter((client) => clientId === undefined || client.organizationId === clientId)
      .flatMap((client) => client.assets.map((asset) => cloudAssetBody(client, asset)));
  api.get('/dtc/assets', (c) => {
    const clientId = c.req.query('clientId');
    return pagedAnswer(c, standIn, assets(clientId === undefined ? undefined : Number(clientId)));
  });
  api.get('/dtc/:clientId/assets', (c) => pagedAnswer(c, standIn, assets(Number(c.req.param('clientId')))));
}

function saasRoutes(api: Hono, standIn: StandIn): void {
  const { world } = standIn;
  api.get('/saas/domains', async (c) => {
    await sleep(standIn.faults.slowDomainsMs);
    const domains = world
      .clients()
      .flatMap((client) =>
        client.saas.flatMap((customer) =>
          customer.domains.map((domain) => domainBody(client, customer, domain)),
        ),
      );
    return bareAnswer(c, standIn, domains);
  });
  api.get('/saas/:customerId/seats', async (c) => {
    await sleep(standIn.faults.slowSeatsMs);
    const id = Number(c.req.param('customerId'));
    const customer = world
      .clients()
      .flatMap((client) => client.saas)
      .find((one) => one.id === id);
    if (customer === undefined) return errorAnswer(c, 404);
    const { seatsAtMost } = standIn.faults;
    if (seatsAtMost !== null && customer.seats.length > seatsAtMost) return errorAnswer(c, 504);
    // One value, separated by commas; of a parameter given twice the vendor keeps the last.
    const types = c.req.queries('seatType')?.at(-1)?.split(',');
    const seats = customer.seats.filter((seat) => types === undefined || types.includes(seat.seatType));
    return bareAnswer(c, standIn, seats.map(seatBody));
  });
}

/** Basic, the public key as user name and the secret key as password. */
function authorized(standIn: StandIn): MiddlewareHandler {
  const wanted = `Basic ${Buffer.from(`${standIn.apiKey}:${standIn.apiSecret}`).toString('base64')}`;
  return async (c, next) => {
    const refused = refusesKey(standIn);
    return refused || c.req.header('authorization') !== wanted ? errorAnswer(c, 401) : next();
  };
}
