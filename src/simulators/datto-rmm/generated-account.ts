import { companyNames } from '../kit/company-names.ts';
import { pick, seededRandom, seededUid } from '../kit/seeded.ts';
import {
  DEVICE_CATEGORIES,
  type DeviceCategory,
  type SimAccount,
  type SimDevice,
  type SimSite,
} from './account.ts';
import { makeDevice } from './device-maker.ts';

/** What a managed customer's hundred devices are; kinds not named here come up once in a while. */
const SHARE: Readonly<Partial<Record<DeviceCategory, number>>> = {
  Desktop: 34,
  Laptop: 32,
  Server: 9,
  Printer: 6,
  'Network Device (Switch)': 4,
  'Network Device (Firewall)': 3,
  'ESXi Host': 2,
};
const DRAW = DEVICE_CATEGORIES.flatMap((category) =>
  Array.from({ length: SHARE[category] ?? 1 }, () => category),
) as [DeviceCategory, ...DeviceCategory[]];

/**
 * `sites` sites that share `devices` devices, the same for the same seed. One device in fifty is deleted, one in fifty
 * suspended, one in a hundred has no `deviceType`; one site in forty is on demand; two of three carry a company id.
 */
export function generatedAccount(size: {
  readonly sites: number;
  readonly devices: number;
  readonly seed: number;
}): SimAccount {
  const random = seededRandom(size.seed);
  const names = companyNames(random, size.sites);
  const devices = names.map((): SimDevice[] => []);
  for (let n = 0; n < size.devices; n++) {
    // The first round gives each site a device; the rest fall unevenly, as customers differ in size.
    const at = n < size.sites ? n : Math.floor(random() ** 2 * size.sites);
    const ofSite = devices[at];
    ofSite?.push(
      oddities(makeDevice(names[at] ?? '', pick(random, DRAW), ofSite.length + 1, size.seed), random()),
    );
  }
  return {
    name: 'Generated MSP',
    sites: names.map((name, i) => siteOf(name, i, devices[i] ?? [], size.seed)),
  };
}

function siteOf(name: string, index: number, devices: readonly SimDevice[], seed: number): SimSite {
  const company = { autotaskCompanyId: String(20_000 + index), autotaskCompanyName: name };
  return {
    uid: seededUid(seed, 'site', index),
    name,
    onDemand: index % 40 === 39,
    ...(index % 3 === 2 ? {} : company),
    devices,
  };
}

function oddities(device: SimDevice, draw: number): SimDevice {
  if (draw < 0.02) return { ...device, deleted: true };
  if (draw < 0.04) return { ...device, suspended: true };
  if (draw < 0.05) return { ...device, category: null, deviceClass: 'unknown' };
  return device;
}
