import { seededUid } from '../kit/seeded.ts';
import type { DeviceCategory, SimAccount, SimDevice, SimFilter, SimSite } from './account.ts';
import { makeDevice } from './device-maker.ts';

/** A device as it stands in the account; its ids are given once and stay. */
export interface HeldDevice extends SimDevice {
  readonly id: number;
  readonly uid: string;
}

export interface HeldSite extends Omit<SimSite, 'devices'> {
  readonly id: number;
  devices: HeldDevice[];
}

export interface DeviceRow {
  readonly site: HeldSite;
  readonly device: HeldDevice;
}

/** The vendor's side of the truth, changed only through these methods. */
export interface World {
  readonly accountUid: string;
  accountName(): string;
  sites(): readonly HeldSite[];
  site(uid: string): HeldSite | undefined;
  /** All devices in the order the API lists them. */
  rows(): readonly DeviceRow[];
  filters(): readonly SimFilter[];
  setAccount(account: SimAccount): void;
  addSite(site: SimSite): HeldSite;
  /** Adds believable devices of one category. Answers how many. */
  addDevices(siteUid: string, category: DeviceCategory, count: number): number;
  /** Removes the newest devices of one category. Answers how many there were to remove. */
  removeDevices(siteUid: string, category: DeviceCategory, count: number): number;
}

export function createWorld(seed: number, account: SimAccount): World {
  let name = '';
  let sites: HeldSite[] = [];
  let filters: readonly SimFilter[] = [];
  let rows: DeviceRow[] | undefined;
  let nextSiteId = 100;
  let nextDeviceId = 10_000;

  const hold = (siteUid: string, device: SimDevice): HeldDevice => {
    const id = nextDeviceId++;
    return { ...device, id, uid: device.uid ?? seededUid(seed, siteUid, id) };
  };

  function addSite(site: SimSite): HeldSite {
    const held = { ...site, id: nextSiteId++, devices: site.devices.map((device) => hold(site.uid, device)) };
    sites.push(held);
    rows = undefined;
    return held;
  }

  function setAccount(next: SimAccount): void {
    name = next.name;
    filters = next.filters ?? [];
    sites = [];
    for (const site of next.sites) addSite(site);
  }

  const site = (uid: string) => sites.find((candidate) => candidate.uid === uid);

  function addDevices(siteUid: string, category: DeviceCategory, count: number): number {
    const target = site(siteUid);
    if (target === undefined) return 0;
    const have = target.devices.filter((device) => device.category === category).length;
    for (let n = 1; n <= count; n++) {
      target.devices.push(hold(siteUid, makeDevice(target.name, category, have + n, seed)));
    }
    rows = undefined;
    return count;
  }

  function removeDevices(siteUid: string, category: DeviceCategory, count: number): number {
    const target = site(siteUid);
    if (target === undefined) return 0;
    const doomed = new Set(
      target.devices
        .filter((device) => device.category === category)
        .slice(-count)
        .map((device) => device.uid),
    );
    target.devices = target.devices.filter((device) => !doomed.has(device.uid));
    rows = undefined;
    return doomed.size;
  }

  setAccount(account);
  return {
    accountUid: seededUid(seed, 'account'),
    accountName: () => name,
    sites: () => sites,
    site,
    rows: () => {
      rows ??= sites.flatMap((held) => held.devices.map((device) => ({ site: held, device })));
      return rows;
    },
    filters: () => filters,
    setAccount,
    addSite,
    addDevices,
    removeDevices,
  };
}
