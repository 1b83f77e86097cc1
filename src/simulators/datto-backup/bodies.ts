import type { SimSeat } from './account.ts';
import type { HeldAsset, HeldClient, HeldCustomer, HeldDevice } from './world.ts';

const RESELLER = 'Northwind IT';

export const deviceBody = (client: HeldClient, device: HeldDevice): object => ({
  serialNumber: device.serialNumber,
  name: device.name,
  model: 'S4-P2',
  lastSeenDate: '2026-11-25T22:10:00+00:00',
  clientCompanyName: client.name,
  hidden: device.hidden ?? false,
  servicePlan: 'Infinite Cloud',
  registrationDate: '2024-02-01T00:00:00+00:00',
  servicePeriod: '2027-02-01T00:00:00+00:00',
  warrantyExpire: '2029-02-01T00:00:00+00:00',
  localStorageUsed: { size: 1_800, units: 'GB' },
  localStorageAvailable: { size: 2_200, units: 'GB' },
  offsiteStorageUsed: device.offsite,
  internalIP: '10.0.0.5',
  activeTickets: 0,
  resellerCompanyName: device.childReseller ?? RESELLER,
  agentCount: device.agents,
  shareCount: device.shares,
  alertCount: 0,
  uptime: 864_000,
  remoteWebUrl: `https://device.example/${device.serialNumber}`,
});

/** An agent or a share of an appliance. */
export const deviceAssetBody = (device: HeldDevice, type: 'agent' | 'share', number: number): object => ({
  name: `${device.name}-${type}-${number}`,
  volume: `${device.serialNumber}${type}${number}`,
  localIp: '10.0.0.20',
  os: type === 'agent' ? 'Windows Server 2022' : '',
  protectedVolumesCount: 1,
  unprotectedVolumesCount: 0,
  protectedVolumeNames: ['C'],
  unprotectedVolumeNames: [],
  agentVersion: '3.0.14.0',
  isPaused: false,
  isArchived: false,
  latestOffsite: 1_795_600_000,
  localSnapshots: 90,
  lastSnapshot: 1_795_640_000,
  lastScreenshotAttempt: 1_795_620_000,
  lastScreenshotAttemptStatus: true,
  lastScreenshotUrl: `https://device.example/screenshot/${number}.png`,
  fqdn: `${device.name}-${number}.corp.example`.toLowerCase(),
  backups: [],
  type,
});

export const cloudAssetBody = (client: HeldClient, asset: HeldAsset): object => ({
  name: asset.name,
  status: 'paired',
  type: asset.type,
  lastBackup: 1_795_640_000,
  screenshotSuccess: true,
  assetUuid: asset.uuid,
  organizationId: client.organizationId,
  organizationName: client.name,
  resellerId: 9_001,
  backupStateSuccessful: true,
  lastScreenshotUrl: '',
  last10Backups: [],
  hostname: asset.name,
  macAddress: '',
  externalIp: '203.0.113.9',
  smbiosVendor: 'Dell Inc.',
  smbiosName: 'OptiPlex',
  agentCode: 'dtc',
  protectedVolume: 250_000_000_000,
});

export const billable = (customer: Pick<HeldCustomer, 'seats'>): number =>
  customer.seats.filter((seat) => seat.billable).length;

export const domainBody = (client: HeldClient, customer: HeldCustomer, domain: string): object => ({
  backupStats: {
    activeServicesCount: customer.seats.length * 4,
    activeServicesWithRecentBackupCount: customer.seats.length * 4,
    backupPercentage: 100,
  },
  domain,
  saasCustomerId: customer.id,
  saasCustomerName: customer.name,
  organizationId: client.organizationId,
  organizationName: client.name,
  seatsUsed: customer.seatsUsed === undefined ? billable(customer) : customer.seatsUsed,
  productType: customer.productType ?? 'Office365',
  externalSubscriptionId: `Classic:Office365:${customer.id}`,
  retentionType: 'ICR',
});

export const seatBody = (seat: SimSeat): object => ({
  mainId: seat.mainId,
  name: seat.name,
  seatType: seat.seatType,
  seatState: seat.seatState,
  billable: seat.billable ? '1' : '0',
  dateAdded: '2025-04-26T16:43:05+00:00',
  remoteId: seat.remoteId ?? seat.mainId,
});
