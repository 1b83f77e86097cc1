import { deviceClassOf, type SimFilter } from './account.ts';
import type { DeviceRow, HeldDevice, HeldSite, World } from './world.ts';

/**
 * Bodies as the live API sends them: dates in epoch milliseconds, unset fields null. `asSpecified` turns one into what
 * the vendor's specification describes.
 */
export type Body = Readonly<Record<string, unknown>>;

const DATE_FIELDS: ReadonlySet<string> = new Set([
  'lastSeen',
  'lastReboot',
  'lastAuditDate',
  'creationDate',
  'dateCreate',
  'lastUpdated',
  'started',
]);

/** What stands for null in the specification where leaving the field out would lose a fact. */
const EMPTY: Readonly<Record<string, unknown>> = { deviceType: { category: '', type: '' } };

/** ISO dates, and no nulls: the specification declares no field nullable. */
export function asSpecified(value: unknown, field = ''): unknown {
  if (typeof value === 'number' && DATE_FIELDS.has(field)) return new Date(value).toISOString();
  if (Array.isArray(value)) return value.map((entry) => asSpecified(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, inner ?? EMPTY[name] ?? null])
      .filter(([, inner]) => inner !== null)
      .map(([name, inner]) => [name, asSpecified(inner, name as string)]),
  );
}

const HOUR = 3_600_000;
const UDFS = Array.from({ length: 30 }, (_, i) => `udf${i + 1}`);
const PORTAL = 'https://rmm.example';

export function deviceBody({ device, site }: DeviceRow, nowMs: number): Body {
  const deviceClass = deviceClassOf(device);
  const computer = deviceClass === 'device';
  const online = device.id % 7 !== 0 && device.deleted !== true;
  const lastSeen = online ? nowMs - (device.id % 50) * 60_000 : nowMs - (device.id % 20) * 24 * HOUR;
  return {
    id: device.id,
    uid: device.uid,
    siteId: site.id,
    siteUid: site.uid,
    siteName: site.name,
    deviceType: deviceTypeBody(device),
    hostname: device.hostname,
    intIpAddress: `10.${site.id % 256}.${(device.id >> 8) % 256}.${device.id % 256}`,
    operatingSystem: device.operatingSystem || null,
    lastLoggedInUser: computer ? `user${device.id % 90}` : null,
    domain: computer ? 'corp.example' : null,
    cagVersion: computer ? '4.4.2235.2235' : null,
    displayVersion: computer ? '4.4.2235' : null,
    extIpAddress: `203.0.113.${site.id % 256}`,
    description: device.hostname,
    a64Bit: computer ? true : null,
    rebootRequired: computer ? device.id % 11 === 0 : null,
    online,
    suspended: device.suspended ?? false,
    deleted: device.deleted ?? false,
    lastSeen,
    lastReboot: computer ? lastSeen - 72 * HOUR : null,
    lastAuditDate: lastSeen - 6 * HOUR,
    creationDate: 1_704_067_200_000 + device.id * 1000,
    udf: Object.fromEntries(UDFS.map((name) => [name, device.udf?.[name] ?? null])),
    snmpEnabled: deviceClass === 'rmmnetworkdevice',
    deviceClass,
    portalUrl: `${PORTAL}/device/${device.id}`,
    warrantyDate: null,
    antivirus: computer
      ? { antivirusProduct: 'Windows Defender Antivirus', antivirusStatus: 'RunningAndUpToDate' }
      : null,
    patchManagement: computer ? patchBody(device) : null,
    softwareStatus: null,
    webRemoteUrl: null,
    networkProbe: false,
    onboardedViaNetworkMonitor: deviceClass === 'rmmnetworkdevice',
  };
}

const deviceTypeBody = (device: HeldDevice): Body | null =>
  device.category === null ? null : { category: device.category, type: device.type ?? '' };

const patchBody = (device: HeldDevice): Body => ({
  patchStatus: device.id % 5 === 0 ? 'ApprovedPending' : 'FullyPatched',
  patchesApprovedPending: device.id % 5 === 0 ? 3 : 0,
  patchesNotApproved: 0,
  patchesInstalled: 40 + (device.id % 30),
});

const statusOf = (devices: readonly HeldDevice[]) => {
  const present = devices.filter((device) => device.deleted !== true);
  const online = present.filter((device) => device.id % 7 !== 0).length;
  return {
    numberOfDevices: present.length,
    numberOfOnlineDevices: online,
    numberOfOfflineDevices: present.length - online,
  };
};

export const siteBody = (site: HeldSite, accountUid: string): Body => ({
  id: site.id,
  uid: site.uid,
  accountUid,
  name: site.name,
  description: null,
  notes: null,
  onDemand: site.onDemand ?? false,
  splashtopAutoInstall: true,
  proxySettings: null,
  devicesStatus: statusOf(site.devices),
  autotaskCompanyName: site.autotaskCompanyName ?? null,
  autotaskCompanyId: site.autotaskCompanyId ?? null,
  portalUrl: `${PORTAL}/site/${site.id}`,
});

export function accountBody(world: World): Body {
  const managed = world.sites().filter((site) => site.onDemand !== true);
  const all = statusOf(world.rows().map(({ device }) => device));
  const { numberOfDevices } = statusOf(managed.flatMap((site) => site.devices));
  return {
    id: 1,
    uid: world.accountUid,
    name: world.accountName(),
    currency: 'USD',
    descriptor: { bilingEmail: 'billing@msp.example', deviceLimit: 100_000, timeZone: 'Europe/London' },
    devicesStatus: {
      ...all,
      numberOfOnDemandDevices: all.numberOfDevices - numberOfDevices,
      numberOfManagedDevices: numberOfDevices,
    },
  };
}

export const filterBody = (filter: Pick<SimFilter, 'id' | 'name'>, type: 'rmm_default' | 'custom'): Body => ({
  id: filter.id,
  name: filter.name,
  description: filter.name,
  type,
  dateCreate: 1_704_067_200_000,
  lastUpdated: 1_735_689_600_000,
});
