import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BackupDevice, Storage } from '../../../src/adapters/usage/datto-bcdr/api-types.ts';
import { toUsageAnswer } from '../../../src/adapters/usage/datto-bcdr/mapper.ts';
import { storageBytes } from '../../../src/adapters/usage/datto-bcdr/storage-bytes.ts';

const device = (serialNumber: string, more: Partial<BackupDevice> = {}): BackupDevice => ({
  serialNumber,
  name: `NAS-${serialNumber}`,
  clientCompanyName: 'Acme',
  agentCount: 3,
  shareCount: 1,
  offsiteStorageUsed: { size: 10, units: 'GB' },
  ...more,
});
const quantity = (devices: BackupDevice[], billingType: string, externalId = 'acme') =>
  toUsageAnswer(devices).counts.find(
    (one) => one.externalId === externalId && one.billingType === billingType,
  )?.quantity;

describe('off-site storage', () => {
  it.each<[Storage | null, number | undefined]>([
    [{ size: 1, units: 'GB' }, 1024 ** 3],
    [{ size: 1.5, units: 'gib' }, 1.5 * 1024 ** 3],
    [{ size: 2, units: ' TB ' }, 2 * 1024 ** 4],
    [{ size: 3, units: 'k' }, 3072],
    [{ size: 7, units: 'Bytes' }, 7],
    [{ size: 0, units: 'furlongs' }, 0],
    [{ size: 0, units: null }, 0],
    [{ size: 5, units: 'furlongs' }, undefined],
    [{ size: 5, units: null }, undefined],
    [{ size: null, units: 'GB' }, undefined],
    [null, undefined],
  ])('of %j is %j bytes', (storage, bytes) => {
    expect(storageBytes(storage)).toBe(bytes);
  });

  it('is cut to whole gigabytes after the sum over a client, not before', () => {
    const half = { offsiteStorageUsed: { size: 512, units: 'MB' } };
    expect(quantity([device('1', half), device('2', half), device('3', half)], 'Offsite Storage (GB)')).toBe(
      1,
    );
  });
});

describe('usage answer', () => {
  it('takes a client as one however its name is spaced and cased, and shows the first spelling', () => {
    const names = ['Acme Ltd', 'ACME  LTD', ' acme ltd '];
    const { organizations } = toUsageAnswer(
      names.map((clientCompanyName, i) => device(String(i), { clientCompanyName })),
    );
    expect(organizations).toEqual([{ externalId: 'acme ltd', name: 'Acme Ltd' }]);
  });

  it.each([null, '', '  '])('keeps an appliance of client %j in sight', (clientCompanyName) => {
    const { organizations, devices } = toUsageAnswer([device('1', { clientCompanyName })]);
    expect(organizations).toEqual([{ externalId: '(no client)', name: 'Without a client' }]);
    expect(devices).toHaveLength(1);
  });

  it('gives a name too long for an id a short one of its own', () => {
    const long = (end: string) => device(end, { clientCompanyName: 'x'.repeat(200) + end });
    const ids = toUsageAnswer([long('a'), long('b')]).organizations.map((one) => one.externalId);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => id.length < 40)).toBe(true);
  });

  it.each<[string, Partial<BackupDevice>]>([
    ['Agents', { agentCount: null }],
    ['Shares', { shareCount: null }],
    ['Offsite Storage (GB)', { offsiteStorageUsed: null }],
    ['Offsite Storage (GB)', { offsiteStorageUsed: { size: 4, units: 'furlongs' } }],
  ])('does not know the %s of a client where one appliance does not tell', (billingType, untold) => {
    const { counts, unknown } = toUsageAnswer([
      device('1'),
      device('2', untold),
      device('3', { clientCompanyName: 'Globex' }),
    ]);
    expect(unknown).toEqual([{ externalId: 'acme', billingType }]);
    expect(counts.filter((one) => one.externalId === 'acme')).toHaveLength(3);
    expect(counts.filter((one) => one.externalId === 'globex')).toHaveLength(4);
  });

  it('shows no agents as devices, and each appliance once', () => {
    expect(toUsageAnswer([device('1', { name: ' ' })]).devices).toEqual([
      { externalId: 'acme', id: '1', name: '1', billingType: 'Devices' },
    ]);
  });

  it('counts the same in whatever order the appliances come', () => {
    const drawn = fc.array(
      fc.record({
        clientCompanyName: fc.constantFrom('A', 'B', null),
        agentCount: fc.option(fc.nat(50)),
        size: fc.nat(5_000),
      }),
      { maxLength: 30 },
    );
    const sorted = (devices: BackupDevice[]) =>
      toUsageAnswer(devices)
        .counts.map((one) => `${one.externalId} ${one.billingType} ${one.quantity}`)
        .sort();
    fc.assert(
      fc.property(drawn, (rows) => {
        const devices = rows.map(({ size, ...row }, i) =>
          device(String(i), { ...row, offsiteStorageUsed: { size, units: 'MB' } }),
        );
        expect(sorted(devices.toReversed())).toEqual(sorted(devices));
      }),
    );
  });
});
