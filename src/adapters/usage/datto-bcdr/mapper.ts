import type { SourceDevice, SourceOrganization, UsageAnswer } from '../../../ports/usage-source.ts';
import { firstText } from '../counting/first-text.ts';
import { Tally } from '../counting/tally.ts';
import { clientOrganization } from '../datto-api/client-organization.ts';
import type { BackupDevice } from './api-types.ts';
import { GIGABYTE, storageBytes } from './storage-bytes.ts';

export const DEVICES = 'Devices';
export const AGENTS = 'Agents';
export const SHARES = 'Shares';
export const OFFSITE_STORAGE = 'Offsite Storage (GB)';
export const BILLING_TYPES: readonly string[] = [DEVICES, AGENTS, SHARES, OFFSITE_STORAGE];

/** A figure of a device by the billing type it adds to; undefined where the vendor does not tell it. */
const FIGURES: readonly (readonly [string, (device: BackupDevice) => number | undefined])[] = [
  [DEVICES, () => 1],
  [AGENTS, (device) => device.agentCount ?? undefined],
  [SHARES, (device) => device.shareCount ?? undefined],
  [OFFSITE_STORAGE, (device) => storageBytes(device.offsiteStorageUsed)],
];

/**
 * Appliances as a usage answer: the client of an appliance is a module organization, and what belongs to no client is
 * one of its own. Off-site storage is summed over a client's appliances and cut to whole gigabytes. Where an appliance
 * does not tell a figure, its client's is unknown: a sum without it would be too small.
 */
export function toUsageAnswer(
  backupDevices: readonly BackupDevice[],
  organizationOf: (device: BackupDevice) => SourceOrganization = (device) =>
    clientOrganization(device.clientCompanyName),
): UsageAnswer {
  const organizations = new Map<string, SourceOrganization>();
  const devices: SourceDevice[] = [];
  const tally = new Tally();
  const untold = new Map<string, { externalId: string; billingType: string }>();

  for (const device of backupDevices) {
    const { externalId, name } = organizationOf(device);
    if (!organizations.has(externalId)) organizations.set(externalId, { externalId, name });
    const { serialNumber } = device;
    devices.push({
      externalId,
      id: serialNumber,
      name: firstText(device.name, serialNumber),
      billingType: DEVICES,
    });
    for (const [billingType, figureOf] of FIGURES) {
      const figure = figureOf(device);
      if (figure === undefined) untold.set(`${externalId}\t${billingType}`, { externalId, billingType });
      else tally.add(externalId, billingType, figure);
    }
  }

  const counts = tally
    .counts()
    .filter(({ externalId, billingType }) => !untold.has(`${externalId}\t${billingType}`))
    .map((count) =>
      count.billingType === OFFSITE_STORAGE
        ? { ...count, quantity: Math.floor(count.quantity / GIGABYTE) }
        : count,
    );
  return { organizations: [...organizations.values()], counts, devices, unknown: [...untold.values()] };
}
