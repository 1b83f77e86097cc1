import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Device, Site } from '../../../src/adapters/usage/datto-rmm/api-types.ts';
import {
  BILLING_TYPES,
  LEAF_BILLING_TYPES,
  leafBillingType,
} from '../../../src/adapters/usage/datto-rmm/billing-class.ts';
import { toUsageAnswer } from '../../../src/adapters/usage/datto-rmm/mapper.ts';

const device = (change: Partial<Device> & { category?: string | null } = {}): Device => {
  const { category = 'Desktop', ...rest } = change;
  return {
    uid: 'd1',
    siteUid: 's1',
    siteName: 'Site one',
    hostname: 'PC-1',
    deviceClass: 'device',
    deviceType: { category },
    deleted: false,
    ...rest,
  };
};
const site = (change: Partial<Site> = {}): Site => ({
  uid: 's1',
  name: 'Site one',
  onDemand: false,
  ...change,
});
const all = () => false;

describe('leaf billing type', () => {
  const rows: [deviceClass: string | null, category: string | null, leaf: string | undefined][] = [
    ['device', 'Desktop', 'Desktop'],
    ['device', 'LAPTOP', 'Laptop'],
    ['device', 'server', 'Server'],
    ['Device', ' Desktop ', 'Desktop'],
    ['device', 'Smartphone', undefined],
    ['device', 'tablet', undefined],
    ['unknown', 'Smartphone', undefined],
    ['device', '', 'Unknown'],
    ['device', null, 'Unknown'],
    ['device', 'Kiosk', 'Unknown'],
    ['device', 'constructor', 'Unknown'],
    ['printer', 'Printer', 'Printer'],
    ['printer', null, 'Printer'],
    ['esxihost', 'ESXi Host', 'ESXi Host'],
    ['rmmnetworkdevice', 'Network Device (Router)', 'Network Device (Router)'],
    ['rmmnetworkdevice', 'Network Device (Switch)', 'Network Device (Switch)'],
    ['rmmnetworkdevice', 'network device (ups)', 'Network Device (UPS)'],
    ['rmmnetworkdevice', 'Network Device (Firewall)', 'Network Device (Firewall)'],
    ['rmmnetworkdevice', 'Network Device (IP Phone)', 'Network Device (IP Phone)'],
    ['rmmnetworkdevice', 'Network Device (NAS)', 'Network Device (NAS)'],
    ['rmmnetworkdevice', 'Network Device (Network Appliance)', 'Network Device (Network Appliance)'],
    ['rmmnetworkdevice', 'Network Device (SAN)', 'Network Device (SAN)'],
    ['rmmnetworkdevice', 'Network Device (other)', 'Network Device (other)'],
    ['rmmnetworkdevice', 'Network Device (Access Point)', 'Network Device (other)'],
    ['rmmnetworkdevice', 'network', 'Network Device (other)'],
    ['rmmnetworkdevice', null, 'Network Device (other)'],
    ['rmmnetworkdevice', 'Datto Access Point', 'Datto Access Point'],
    ['rmmnetworkdevice', 'Network Device (Datto Access Point)', 'Datto Access Point'],
    ['rmmnetworkdevice', 'Datto Managed Power', 'Datto Managed Power'],
    ['rmmnetworkdevice', 'Datto Switch', 'Datto Switch'],
    ['rmmnetworkdevice', 'Datto Continuity', 'Datto Continuity'],
    ['unknown', 'Desktop', 'Unknown'],
    ['toaster', 'Desktop', 'Unknown'],
    ['toString', 'Desktop', 'Unknown'],
    [null, null, 'Unknown'],
  ];
  it.each(rows)('%s, %s: %s', (deviceClass, category, leaf) => {
    expect(leafBillingType({ deviceClass, deviceType: { category } })).toBe(leaf);
  });

  it('is one of 19, which with the two sums make the vendor’s 21 billing types', () => {
    expect(LEAF_BILLING_TYPES).toHaveLength(19);
    expect(new Set(BILLING_TYPES).size).toBe(21);
    const reached = new Set(rows.map(([, , leaf]) => leaf));
    expect(LEAF_BILLING_TYPES.filter((leaf) => !reached.has(leaf))).toEqual([]);
  });

  it('is Unknown without a device type', () => {
    expect(leafBillingType({ deviceClass: 'device', deviceType: null })).toBe('Unknown');
  });
});

describe('usage answer', () => {
  it('counts a laptop three times: itself, desktops and laptops, all devices', () => {
    const { counts, devices } = toUsageAnswer([site()], [device({ category: 'Laptop' })], all);
    expect(counts).toEqual([
      { externalId: 's1', billingType: 'Laptop', quantity: 1 },
      { externalId: 's1', billingType: 'Desktop & Laptop', quantity: 1 },
      { externalId: 's1', billingType: 'AllDevicesMetric', quantity: 1 },
    ]);
    expect(devices).toEqual([{ externalId: 's1', id: 'd1', name: 'PC-1', billingType: 'Laptop' }]);
  });

  it.each<[string, Device, Site, (device: Device) => boolean]>([
    ['a deleted device', device({ deleted: true }), site(), all],
    ['a smartphone', device({ category: 'Smartphone' }), site(), all],
    ['a device of an on-demand site', device(), site({ onDemand: true }), all],
    ['a device that is not billable', device(), site(), (one) => one.uid === 'd1'],
  ])('leaves out %s, but names its site', (_, one, of, notBillable) => {
    const answer = toUsageAnswer([of], [one], notBillable);
    expect(answer.organizations).toEqual([{ externalId: 's1', name: 'Site one' }]);
    expect(answer.counts).toEqual([]);
    expect(answer.devices).toEqual([]);
  });

  it('names a site it was not told of by its devices', () => {
    const answer = toUsageAnswer([], [device({ siteUid: 's9', siteName: 'New' })], all);
    expect(answer.organizations).toEqual([{ externalId: 's9', name: 'New' }]);
    expect(answer.counts).toHaveLength(3);
  });

  it.each([
    ['29683', '29683'],
    [29683, '29683'],
    [' 7 ', '7'],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('takes the company id %j as the hint %j', (autotaskCompanyId, hint) => {
    const [organization] = toUsageAnswer([site({ autotaskCompanyId })], [], all).organizations;
    expect(organization?.hints?.organizationId).toBe(hint);
  });

  it('falls back on the uid where a name is blank', () => {
    const answer = toUsageAnswer([site({ name: ' ' })], [device({ hostname: null })], all);
    expect(answer.organizations[0]?.name).toBe('s1');
    expect(answer.devices[0]?.name).toBe('d1');
  });

  it('keeps the leaves of a site adding up to its AllDevicesMetric, whatever the devices are', () => {
    const text = fc.oneof(fc.constantFrom(...LEAF_BILLING_TYPES, 'Smartphone', 'Tablet', ''), fc.string());
    const classes = fc.constantFrom(
      'device',
      'printer',
      'esxihost',
      'rmmnetworkdevice',
      'unknown',
      'other',
      null,
    );
    const anyDevice = fc.record({
      siteUid: fc.constantFrom('s1', 's2', 's3'),
      deviceClass: classes,
      category: fc.option(text),
      deleted: fc.option(fc.boolean()),
    });
    fc.assert(
      fc.property(fc.array(anyDevice, { maxLength: 40 }), (drawn) => {
        const devices = drawn.map((one, i) => device({ ...one, uid: `d${i}` }));
        const answer = toUsageAnswer([site(), site({ uid: 's2', onDemand: true })], devices, all);
        const of = (externalId: string, types: readonly string[]) =>
          answer.counts
            .filter((row) => row.externalId === externalId && types.includes(row.billingType))
            .reduce((sum, row) => sum + row.quantity, 0);
        for (const uid of ['s1', 's2', 's3']) {
          const total = of(uid, ['AllDevicesMetric']);
          expect(of(uid, LEAF_BILLING_TYPES)).toBe(total);
          expect(of(uid, ['Desktop', 'Laptop'])).toBe(of(uid, ['Desktop & Laptop']));
          expect(answer.devices.filter((one) => one.externalId === uid)).toHaveLength(total);
        }
        expect(of('s2', ['AllDevicesMetric'])).toBe(0);
        const managed = devices.filter(
          (one) =>
            one.siteUid !== 's2' &&
            one.deleted !== true &&
            !['smartphone', 'tablet'].includes((one.deviceType?.category ?? '').trim().toLowerCase()),
        );
        expect(answer.devices).toHaveLength(managed.length);
      }),
    );
  });
});
