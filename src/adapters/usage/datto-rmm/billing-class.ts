import type { Device } from './api-types.ts';

/** The billing types of the finest grain: every device that is billed falls in exactly one. */
export const LEAF_BILLING_TYPES = [
  'Desktop',
  'Laptop',
  'Server',
  'Printer',
  'ESXi Host',
  'Network Device (Router)',
  'Network Device (Switch)',
  'Network Device (UPS)',
  'Network Device (Firewall)',
  'Network Device (IP Phone)',
  'Network Device (NAS)',
  'Network Device (Network Appliance)',
  'Network Device (SAN)',
  'Network Device (other)',
  'Datto Access Point',
  'Datto Managed Power',
  'Datto Switch',
  'Datto Continuity',
  'Unknown',
] as const;
export type LeafBillingType = (typeof LEAF_BILLING_TYPES)[number];

/** Each leaf counts again in these. */
export const sumsOf = (leaf: LeafBillingType): readonly string[] =>
  leaf === 'Desktop' || leaf === 'Laptop' ? ['Desktop & Laptop', 'AllDevicesMetric'] : ['AllDevicesMetric'];

/** All the vendor counts, its names. */
export const BILLING_TYPES: readonly string[] = [
  'AllDevicesMetric',
  'Desktop & Laptop',
  ...LEAF_BILLING_TYPES,
];

/** Categories the vendor never bills. */
const NOT_MANAGED: ReadonlySet<string> = new Set(['smartphone', 'tablet']);

const COMPUTERS: ReadonlyMap<string, LeafBillingType> = new Map([
  ['desktop', 'Desktop'],
  ['laptop', 'Laptop'],
  ['server', 'Server'],
]);

/** First match wins: Datto's own kinds come before the kinds whose words they contain. */
const NETWORK_KINDS: readonly (readonly [RegExp, LeafBillingType])[] = [
  [/\bdatto\b.*\baccess point\b/, 'Datto Access Point'],
  [/\bdatto\b.*\bmanaged power\b/, 'Datto Managed Power'],
  [/\bdatto\b.*\bswitch\b/, 'Datto Switch'],
  [/\bdatto\b.*\bcontinuity\b/, 'Datto Continuity'],
  [/\brouter\b/, 'Network Device (Router)'],
  [/\bswitch\b/, 'Network Device (Switch)'],
  [/\bups\b/, 'Network Device (UPS)'],
  [/\bfirewall\b/, 'Network Device (Firewall)'],
  [/\bip phone\b/, 'Network Device (IP Phone)'],
  [/\bnas\b/, 'Network Device (NAS)'],
  [/\bnetwork appliance\b/, 'Network Device (Network Appliance)'],
  [/\bsan\b/, 'Network Device (SAN)'],
];

const networkKind = (category: string): LeafBillingType =>
  NETWORK_KINDS.find(([pattern]) => pattern.test(category))?.[1] ?? 'Network Device (other)';

/** By the vendor's device class. Total: a class or category icb does not know is billed as Unknown, in plain sight. */
const CLASSES: ReadonlyMap<string, (category: string) => LeafBillingType> = new Map([
  ['device', (category: string) => COMPUTERS.get(category) ?? 'Unknown'],
  ['printer', () => 'Printer'],
  ['esxihost', () => 'ESXi Host'],
  ['rmmnetworkdevice', networkKind],
]);

/**
 * The one leaf a device falls in, or undefined when the vendor does not bill its kind. The vendor's display names and
 * its test data differ in case (`Server`, `server`), so case does not count.
 */
export function leafBillingType(
  device: Pick<Device, 'deviceClass' | 'deviceType'>,
): LeafBillingType | undefined {
  const category = (device.deviceType?.category ?? '').trim().toLowerCase();
  if (NOT_MANAGED.has(category)) return undefined;
  const deviceClass = (device.deviceClass ?? '').trim().toLowerCase();
  return CLASSES.get(deviceClass)?.(category) ?? 'Unknown';
}
