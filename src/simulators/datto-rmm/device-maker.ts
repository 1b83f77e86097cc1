import { pick, seededRandom } from '../kit/seeded.ts';
import type { DeviceCategory, SimDevice } from './account.ts';

interface Kind {
  readonly short: string;
  readonly type: string;
  readonly systems: readonly [string, ...string[]];
}

const firmware = (short: string, type: string): Kind => ({ short, type, systems: [`${type} firmware`] });

const KINDS: Readonly<Record<DeviceCategory, Kind>> = {
  Desktop: {
    short: 'PC',
    type: 'Main System Chassis',
    systems: ['Microsoft Windows 11 Pro 10.0.26100', 'Microsoft Windows 10 Pro 10.0.19045', 'macOS 15.6'],
  },
  Laptop: {
    short: 'NB',
    type: 'Notebook',
    systems: [
      'Microsoft Windows 11 Pro 10.0.26100',
      'Microsoft Windows 11 Business 10.0.22631',
      'macOS 15.6',
    ],
  },
  Server: {
    short: 'SRV',
    type: 'Virtual Machine',
    systems: [
      'Microsoft Windows Server 2022 Standard 10.0.20348',
      'Microsoft Windows Server 2019 Standard 10.0.17763',
      'Ubuntu 24.04 LTS',
    ],
  },
  Smartphone: { short: 'PH', type: 'Smartphone', systems: ['iOS 18.6', 'Android 15'] },
  Tablet: { short: 'TB', type: 'Tablet', systems: ['iPadOS 18.6', 'Android 15'] },
  Printer: firmware('PRN', 'Printer'),
  'ESXi Host': { short: 'ESX', type: 'ESXi Host', systems: ['VMware ESXi 8.0.3', 'VMware ESXi 7.0.3'] },
  'Network Device (Router)': firmware('RT', 'Router'),
  'Network Device (Switch)': firmware('SW', 'Switch'),
  'Network Device (UPS)': firmware('UPS', 'UPS'),
  'Network Device (Firewall)': firmware('FW', 'Firewall'),
  'Network Device (IP Phone)': firmware('TEL', 'IP Phone'),
  'Network Device (NAS)': firmware('NAS', 'NAS'),
  'Network Device (Network Appliance)': firmware('APL', 'Network Appliance'),
  'Network Device (SAN)': firmware('SAN', 'SAN'),
  'Network Device (other)': firmware('NET', 'Network Device'),
  'Datto Access Point': firmware('DAP', 'Access Point'),
  'Datto Managed Power': firmware('DMP', 'Managed Power'),
  'Datto Switch': firmware('DSW', 'Switch'),
  'Datto Continuity': firmware('DBC', 'SIRIS'),
  Unknown: { short: 'DEV', type: '', systems: [''] },
};

/** The `number`th device of its category at a site, the same for the same seed: `DAI-NB-004` of Daily Mail. */
export function makeDevice(
  siteName: string,
  category: DeviceCategory,
  number: number,
  seed: number,
): SimDevice {
  const kind = KINDS[category];
  const random = seededRandom(seed * 7919 + number * 31 + category.length);
  const prefix =
    siteName
      .replace(/[^a-z0-9]/gi, '')
      .slice(0, 3)
      .toUpperCase() || 'SIT';
  return {
    hostname: `${prefix}-${kind.short}-${String(number).padStart(3, '0')}`,
    category,
    type: kind.type,
    operatingSystem: pick(random, kind.systems),
  };
}
