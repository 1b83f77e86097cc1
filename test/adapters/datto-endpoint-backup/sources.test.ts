import { describe, expect, it } from 'vitest';
import type { CloudAsset } from '../../../src/adapters/usage/datto-endpoint-backup/api-types.ts';
import { assetKind } from '../../../src/adapters/usage/datto-endpoint-backup/asset-kind.ts';
import { toUsageAnswer } from '../../../src/adapters/usage/datto-endpoint-backup/mapper.ts';
import {
  dattoEndpointBackupSources,
  PRODUCTS,
} from '../../../src/adapters/usage/datto-endpoint-backup/usage-sources.ts';
import { BUILT_IN } from '../../../src/catalog/catalogue.ts';
import { client } from '../../../src/simulators/datto-backup/account.ts';
import { openDatto } from '../datto-api/open-datto.ts';

describe('the kind of an asset', () => {
  it.each([
    ['workstation', 'pc'],
    ['Desktop', 'pc'],
    ['LAPTOP', 'pc'],
    ['endpointPc', 'pc'],
    ['server', 'server'],
    ['Windows Server', 'server'],
    ['azureVm', 'azure'],
    ['azure_server', 'azure'],
    ['agentless', undefined],
    ['epic', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j', (type, kind) => {
    expect(assetKind(type)).toBe(kind);
  });
});

const asset = (assetUuid: string, more: Partial<CloudAsset> = {}): CloudAsset => ({
  assetUuid,
  name: `PC-${assetUuid}`,
  type: 'workstation',
  organizationId: 7,
  organizationName: 'Acme',
  ...more,
});
const PCS = { kind: 'pc', billingType: 'Protected PCs' } as const;
const SERVERS = { kind: 'server', billingType: 'Protected Servers' } as const;

describe('usage answer', () => {
  it('counts its own product by the vendor’s organization, and answers for that alone', () => {
    const answer = toUsageAnswer([asset('1'), asset('2'), asset('3', { type: 'server' })], PCS);
    expect(answer).toMatchObject({
      organizations: [{ externalId: '7', name: 'Acme' }],
      counts: [{ externalId: '7', billingType: 'Protected PCs', quantity: 2 }],
      billingTypes: ['Protected PCs'],
      unknown: [],
    });
  });

  it('does not know the count of an organization with an asset it cannot place, and says which', () => {
    const odd = asset('9', { type: 'toaster', name: 'T-1' });
    for (const product of [PCS, SERVERS]) {
      const answer = toUsageAnswer([asset('1'), odd, asset('2', { organizationId: 8 })], product);
      expect(answer.unknown).toEqual([{ externalId: '7', billingType: product.billingType }]);
      expect(answer.counts.map((one) => one.externalId)).not.toContain('7');
      expect(answer.devices.map((one) => one.externalId)).not.toContain('7');
      expect(answer.untold).toEqual([
        { externalId: '7', because: expect.stringMatching(/^T-1 is of type "toaster", which icb knows/) },
      ]);
    }
  });

  it.each<[Partial<CloudAsset>, object]>([
    [{ organizationId: null }, { externalId: 'acme', name: 'Acme' }],
    [{ organizationId: null, organizationName: null }, { externalId: '(no client)' }],
    [{ organizationName: null }, { externalId: '7', name: '7' }],
    [{ organizationId: '7' }, { externalId: '7', name: 'Acme' }],
  ])('names the organization behind %j', (more, organization) => {
    expect(toUsageAnswer([asset('1', more)], PCS).organizations).toMatchObject([organization]);
  });

  it('names billing types of the catalogue, modules too', () => {
    for (const [module, { billingType }] of PRODUCTS)
      expect(BUILT_IN.billingType(module, billingType)).toBeDefined();
  });
});

describe('three modules of one account', () => {
  const account = {
    name: 'Shared MSP',
    clients: [
      client(1, 'One', {
        assets: Array.from({ length: 250 }, (_, i) => ({ name: `S-${i}`, type: 'server' })),
      }),
    ],
  };
  const open = async () => {
    const { simulator, api } = await openDatto(account);
    return { simulator, sources: dattoEndpointBackupSources(api) };
  };

  it('read the list once when counted side by side, and its requests are told once', async () => {
    const { simulator, sources } = await open();
    let requests = 0;
    const onRequest = () => requests++;
    const answers = await Promise.all(
      sources.map((source) => source.count({ signal: new AbortController().signal, onRequest })),
    );
    expect(answers.map((answer) => answer.devices.length)).toEqual([0, 250, 0]);
    expect([simulator.requests.length, requests]).toEqual([3, 3]);
    await simulator.close();
  });

  it('go on when one of them is stopped', async () => {
    const { simulator, sources } = await open();
    const stop = new AbortController();
    const [pcs, servers] = sources;
    const stopped = pcs?.count({ signal: stop.signal, onRequest: () => stop.abort() });
    const whole = servers?.count({ signal: new AbortController().signal });
    await expect(stopped).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/Datto Endpoint Backup was stopped.*60 seconds in all.*nightly sync/),
    });
    expect((await whole)?.devices).toHaveLength(250);
    await simulator.close();
  });
});
