import { seededUid } from '../kit/seeded.ts';
import type {
  SimBackupAccount,
  SimBackupDevice,
  SimClient,
  SimCloudAsset,
  SimSaasCustomer,
  SimSeat,
} from './account.ts';
import { ASSET_TYPES, type Kind, makeAppliance, makeAsset, makeSeat, SEAT_STATES } from './kinds.ts';

export type HeldDevice = SimBackupDevice & { readonly serialNumber: string };
export type HeldAsset = SimCloudAsset & { readonly uuid: string };
export interface HeldCustomer extends Omit<SimSaasCustomer, 'seats'> {
  seats: SimSeat[];
}
export interface HeldClient extends Omit<SimClient, 'devices' | 'assets' | 'saas'> {
  devices: HeldDevice[];
  assets: HeldAsset[];
  readonly saas: readonly HeldCustomer[];
}

/** The vendor's side of the truth, changed only through these methods. */
export interface World {
  accountName(): string;
  clients(): readonly HeldClient[];
  client(organizationId: number): HeldClient | undefined;
  setAccount(account: SimBackupAccount): void;
  /** How many of a kind a client has. */
  count(client: HeldClient, kind: Kind): number;
  /** Adds or, with a negative number, removes the newest. Answers by how many the count changed. */
  change(organizationId: number, kind: Kind, by: number): number;
}

export function createWorld(seed: number, account: SimBackupAccount): World {
  let name = '';
  let clients: HeldClient[] = [];
  let made = 0;

  const hold = (client: SimClient): HeldClient => ({
    ...client,
    devices: client.devices.map((device, i) => ({
      ...device,
      serialNumber:
        device.serialNumber ??
        seededUid(seed, client.organizationId, 'device', i).replaceAll('-', '').slice(0, 12),
    })),
    assets: client.assets.map((asset, i) => ({
      ...asset,
      uuid: asset.uuid ?? seededUid(seed, client.organizationId, 'asset', i),
    })),
    saas: client.saas.map((customer) => ({ ...customer, seats: [...customer.seats] })),
  });

  function setAccount(next: SimBackupAccount): void {
    name = next.name;
    clients = next.clients.map(hold);
  }

  const client = (organizationId: number) => clients.find((one) => one.organizationId === organizationId);

  function change(organizationId: number, kind: Kind, by: number): number {
    const target = client(organizationId);
    if (target === undefined) return 0;
    const before = count(target, kind);
    const wanted = Math.max(0, before + by);
    const clientName = target.name ?? 'none';
    // Numbers go on where others were removed: an id is never given twice.
    if (wanted > before) made += wanted - before;
    const more = Array.from({ length: Math.max(0, wanted - before) }, (_, i) => 1_000 + made - i);
    changeTo(target, kind, wanted, {
      appliances: () => more.map((n) => makeAppliance(clientName, n, seed) as HeldDevice),
      assets: () => more.map((n) => makeAsset(clientName, kind, n, seed) as HeldAsset),
      seats: (domain, state) => more.map((n) => makeSeat(domain, state, n, seed)),
    });
    return Math.abs(count(target, kind) - before);
  }

  setAccount(account);
  return { accountName: () => name, clients: () => clients, client, setAccount, count, change };
}

function count(client: HeldClient, kind: Kind): number {
  const state = SEAT_STATES[kind];
  const type = ASSET_TYPES[kind];
  if (state !== undefined)
    return client.saas.flatMap((customer) => customer.seats).filter((seat) => seat.seatState === state)
      .length;
  if (type !== undefined) return client.assets.filter((asset) => asset.type === type).length;
  if (kind === 'appliance') return client.devices.length;
  return client.devices.reduce((sum, device) => sum + (figure(device, kind) ?? 0), 0);
}

const figure = (device: HeldDevice, kind: Kind): number | null =>
  kind === 'agent' ? device.agents : device.shares;

interface Makers {
  appliances(): HeldDevice[];
  assets(): HeldAsset[];
  seats(domain: string, state: NonNullable<(typeof SEAT_STATES)[Kind]>): SimSeat[];
}

function changeTo(client: HeldClient, kind: Kind, wanted: number, make: Makers): void {
  const state = SEAT_STATES[kind];
  const type = ASSET_TYPES[kind];
  const [customer] = client.saas;
  if (state !== undefined) {
    if (customer === undefined) return;
    customer.seats = resized(
      customer.seats,
      (seat) => seat.seatState === state,
      wanted,
      make.seats(customer.domains[0] ?? 'example.com', state),
    );
  } else if (type !== undefined) {
    client.assets = resized(client.assets, (asset) => asset.type === type, wanted, make.assets());
  } else if (kind === 'appliance') {
    client.devices = resized(client.devices, () => true, wanted, make.appliances());
  } else {
    const difference = wanted - count(client, kind);
    const field = kind === 'agent' ? 'agents' : 'shares';
    client.devices = spread(client.devices, field, difference);
  }
}

/** Keeps the oldest of those that match, or adds the new ones. */
function resized<T>(
  list: readonly T[],
  matches: (one: T) => boolean,
  wanted: number,
  more: readonly T[],
): T[] {
  let kept = 0;
  return [...list.filter((one) => !matches(one) || ++kept <= wanted), ...more];
}

/** Adds to the first appliance, takes from the first that have any. */
function spread(
  devices: readonly HeldDevice[],
  field: 'agents' | 'shares',
  difference: number,
): HeldDevice[] {
  let left = difference;
  return devices.map((device) => {
    const before = device[field] ?? 0;
    const after = Math.max(0, before + left);
    left -= after - before;
    return { ...device, [field]: after };
  });
}
