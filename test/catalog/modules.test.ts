import { describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/catalog/catalogue.ts';
import { containedIn } from '../../src/catalog/overlaps.ts';
import { Module } from '../../src/domain/module.ts';

const THE_24 = [
  'BullPhish ID',
  'Compliance Manager',
  'Cyber Hawk',
  'Dark Web ID',
  'Datto AV',
  'Datto BCDR',
  'Datto EDR',
  'Datto Endpoint Backup for Microsoft Azure',
  'Datto Endpoint Backup for PCs',
  'Datto Endpoint Backup for Servers',
  'Datto File Protection',
  'Datto Networking',
  'Datto RMM',
  'Datto SaaS Defense',
  'Graphus',
  'Network Detective Pro',
  'RocketCyber',
  'SaaS Protection',
  'Spanning Google',
  'Spanning O365',
  'Traverse',
  'VSA 10',
  'VulScan',
  'Workplace',
];

/** The metrics the vendor's pages name: unit, then names separated by |. */
const VENDOR_NAMES = [
  [
    'bullphish-id',
    'true-false',
    'BullphishID Phishing Module Metric Type|BullphishID Training Module Metric Type',
  ],
  ['compliance-manager', 'count', 'Devices|Users'],
  ['compliance-manager', 'true-false', 'Is Enabled'],
  ['cyber-hawk', 'true-false', 'Is Enabled'],
  [
    'dark-web-id',
    'count',
    'Dark Web ID Live Searches per Month|Dark Web ID Personal Email Monitoring|Live Search for .Gov Domain|Number of Domains|Supply Chain Monitoring for MSPs',
  ],
  ['dark-web-id', 'true-false', 'IDA Dark Web Monitoring Setup'],
  [
    'datto-rmm',
    'count',
    'AllDevicesMetric|Desktop & Laptop|Desktop|Laptop|Server|Printer|Unknown|ESXi Host|Datto Access Point|Datto Managed Power|Datto Switch|Datto Continuity',
  ],
  [
    'datto-rmm',
    'count',
    'Network Device (Router)|Network Device (Switch)|Network Device (UPS)|Network Device (Firewall)|Network Device (IP Phone)|Network Device (NAS)|Network Device (Network Appliance)|Network Device (SAN)|Network Device (other)',
  ],
  ['spanning-o365', 'count', 'Standard Licenses in Use|Archived Licenses'],
  ['spanning-google', 'count', 'Standard Licenses in Use|Archived Licenses'],
  ['vulscan', 'count', 'Per Scanned Device|Per User'],
] as const;

describe('the catalogue', () => {
  it('holds the 24 modules of the original, by name', () => {
    expect(BUILT_IN.modules.map((module) => module.name)).toEqual(THE_24);
  });

  it('gives each module an id of its own that finds it', () => {
    expect(new Set(BUILT_IN.modules.map((module) => module.id)).size).toBe(24);
    for (const module of BUILT_IN.modules) expect(BUILT_IN.find(module.id)).toBe(module);
    expect(BUILT_IN.find('datto-rmn')).toBeUndefined();
  });

  it.each(VENDOR_NAMES)('%s counts as %s what the vendor names', (module, unit, names) => {
    for (const name of names.split('|')) {
      expect(BUILT_IN.billingType(module, name), name).toMatchObject({ name, unit, vendorName: true });
    }
  });

  it('marks every other billing type as ours', () => {
    const known = new Set(
      VENDOR_NAMES.flatMap(([module, , names]) => names.split('|').map((n) => `${module} ${n}`)),
    );
    const claimed = BUILT_IN.modules.flatMap((module) =>
      module.billingTypes.filter((type) => type.vendorName).map((type) => `${module.id} ${type.name}`),
    );
    expect(new Set(claimed)).toEqual(known);
  });

  it.each(BUILT_IN.modules)('$name is sound', (module) => {
    expect(Module.parse(module)).toEqual(module);
    const names = module.billingTypes.map((type) => type.name);
    const labels = module.billingTypes.map((type) => type.label);
    expect(names.length).toBeGreaterThan(0);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(labels).size).toBe(labels.length);
    for (const type of module.billingTypes) {
      expect(names).toEqual(expect.arrayContaining(type.contains));
      expect(containedIn(module, type.name), 'contains itself').not.toContain(type.name);
    }
  });
});

describe('billingTypeOf', () => {
  it('knows the readable label of a cryptic name', () => {
    expect(BUILT_IN.billingType('datto-rmm', 'AllDevicesMetric')?.label).toBe('All devices');
  });

  it.each([
    ['datto-rmm', 'alldevicesmetric'],
    ['datto-rmm', 'Agents'],
    ['no-such-module', 'Server'],
  ])('does not know %s %s', (module, name) => {
    expect(BUILT_IN.billingType(module, name)).toBeUndefined();
  });
});
