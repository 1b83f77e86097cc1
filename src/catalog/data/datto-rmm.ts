import { type BillingTypeRow, count, type ModuleRow } from '../module-row.ts';

const NETWORK_CLASSES = [
  ['Router', 'Routers', 'routers'],
  ['Switch', 'Switches', 'switches'],
  ['UPS', 'UPS units', 'uninterruptible power supplies'],
  ['Firewall', 'Firewalls', 'firewalls'],
  ['IP Phone', 'IP phones', 'IP phones'],
  ['NAS', 'NAS devices', 'network attached storage'],
  ['Network Appliance', 'Network appliances', 'network appliances'],
  ['SAN', 'SAN devices', 'storage area network devices'],
  ['other', 'Other network devices', 'any other class'],
] as const;

const networkDevices: BillingTypeRow[] = NETWORK_CLASSES.map(([name, label, plural]) =>
  count(`Network Device (${name})`, label, `Network devices found at the site: ${plural}.`),
);

const dattoHardware: BillingTypeRow[] = [
  count('Datto Access Point', 'Datto access points', 'Datto wireless access points at the site.'),
  count('Datto Managed Power', 'Datto managed power', 'Datto managed power units at the site.'),
  count('Datto Switch', 'Datto switches', 'Datto switches at the site.'),
  count('Datto Continuity', 'Datto backup appliances', 'Datto continuity appliances at the site.'),
];

const otherClasses: BillingTypeRow[] = [
  count('Server', 'Servers', 'Servers at the site.'),
  count('ESXi Host', 'ESXi hosts', 'VMware ESXi hosts at the site.'),
  count('Printer', 'Printers', 'Printers at the site.'),
  count('Unknown', 'Devices of unknown class', 'Managed devices whose class Datto RMM could not tell.'),
];

const counted = [...otherClasses, ...networkDevices, ...dattoHardware];

/**
 * Counted per site. Devices in the global group `_NotBillable_` never count, nor do smartphones, tablets and devices
 * awaiting approval.
 */
export const dattoRmm: ModuleRow = {
  id: 'datto-rmm',
  name: 'Datto RMM',
  settings: ['DATTO_RMM_API_URL', 'DATTO_RMM_API_KEY', 'DATTO_RMM_API_SECRET'],
  billingTypes: [
    count(
      'AllDevicesMetric',
      'All devices',
      'Every managed device of the site, whatever its class. Smartphones, tablets and unapproved devices stay out.',
      ['Desktop & Laptop', ...counted.map((row) => row.name)],
    ),
    count('Desktop & Laptop', 'Desktops and laptops', 'Desktops and laptops of the site as one number.', [
      'Desktop',
      'Laptop',
    ]),
    count('Desktop', 'Desktops', 'Desktop computers at the site.'),
    count('Laptop', 'Laptops', 'Laptop computers at the site.'),
    ...counted,
  ],
};
