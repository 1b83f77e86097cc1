import { z } from 'zod';

/** Device categories by the vendor's display names, with the device class each comes under. */
export const DEVICE_CLASS_OF = {
  Desktop: 'device',
  Laptop: 'device',
  Server: 'device',
  Smartphone: 'device',
  Tablet: 'device',
  Printer: 'printer',
  'ESXi Host': 'esxihost',
  'Network Device (Router)': 'rmmnetworkdevice',
  'Network Device (Switch)': 'rmmnetworkdevice',
  'Network Device (UPS)': 'rmmnetworkdevice',
  'Network Device (Firewall)': 'rmmnetworkdevice',
  'Network Device (IP Phone)': 'rmmnetworkdevice',
  'Network Device (NAS)': 'rmmnetworkdevice',
  'Network Device (Network Appliance)': 'rmmnetworkdevice',
  'Network Device (SAN)': 'rmmnetworkdevice',
  'Network Device (other)': 'rmmnetworkdevice',
  'Datto Access Point': 'rmmnetworkdevice',
  'Datto Managed Power': 'rmmnetworkdevice',
  'Datto Switch': 'rmmnetworkdevice',
  'Datto Continuity': 'rmmnetworkdevice',
  Unknown: 'unknown',
} as const;
export type DeviceCategory = keyof typeof DEVICE_CLASS_OF;
export const DEVICE_CATEGORIES = Object.keys(DEVICE_CLASS_OF) as DeviceCategory[];

export const DeviceClass = z.enum(['device', 'printer', 'esxihost', 'rmmnetworkdevice', 'unknown']);
export type DeviceClass = z.infer<typeof DeviceClass>;

export interface SimDevice {
  readonly uid?: string;
  readonly hostname: string;
  /** Any text, as on the wire; null for a device whose `deviceType` is null. */
  readonly category: string | null;
  /** By the category when left out; `unknown` for one the table lacks. */
  readonly deviceClass?: DeviceClass;
  /** `deviceType.type`: Main System Chassis, Virtual Machine … */
  readonly type?: string;
  readonly operatingSystem?: string;
  readonly deleted?: boolean;
  readonly suspended?: boolean;
  /** `{ udf7: 'text' }` */
  readonly udf?: Readonly<Record<string, string>>;
}

export interface SimSite {
  readonly uid: string;
  readonly name: string;
  readonly autotaskCompanyId?: string;
  readonly autotaskCompanyName?: string;
  readonly onDemand?: boolean;
  readonly devices: readonly SimDevice[];
}

/** A custom filter, which picks devices by host name. */
export interface SimFilter {
  readonly id: number;
  readonly name: string;
  readonly hostnames: readonly string[];
}

export interface SimAccount {
  readonly name: string;
  readonly sites: readonly SimSite[];
  readonly filters?: readonly SimFilter[];
}

export const deviceClassOf = (device: SimDevice): DeviceClass =>
  device.deviceClass ??
  (device.category !== null && Object.hasOwn(DEVICE_CLASS_OF, device.category)
    ? DEVICE_CLASS_OF[device.category as DeviceCategory]
    : 'unknown');
