import {
  dattoEndpointBackupSources,
  PRODUCTS,
} from '../../../src/adapters/usage/datto-endpoint-backup/usage-sources.ts';
import { client, type SimCloudAsset } from '../../../src/simulators/datto-backup/account.ts';
import { usageSourceContract } from '../../contract/usage-source.ts';
import { dattoSetup } from '../datto-api/open-datto.ts';

const assets = (type: string, count: number): SimCloudAsset[] =>
  Array.from({ length: count }, (_, i) => ({ name: `${type}-${i}`, type }));

/** 124 assets: two pages. */
const ACCOUNT = {
  name: 'Contract MSP',
  clients: [
    client(11, 'Big', { assets: [...assets('workstation', 110), ...assets('server', 2)] }),
    client(12, 'Mixed', {
      assets: [...assets('server', 5), ...assets('azureVm', 4), ...assets('workstation', 3)],
    }),
    client(13, 'Nothing yet'),
  ],
};

const EXPECTED: Record<string, readonly (readonly [string, number])[]> = {
  'datto-endpoint-backup-pcs': [
    ['11', 110],
    ['12', 3],
  ],
  'datto-endpoint-backup-servers': [
    ['11', 2],
    ['12', 5],
  ],
  'datto-endpoint-backup-azure': [['12', 4]],
};

for (const [module, { billingType }] of PRODUCTS) {
  usageSourceContract(module, () =>
    dattoSetup(
      ACCOUNT,
      (api) => dattoEndpointBackupSources(api).find((source) => source.module === module),
      'assetUuid',
      {
        expected: {
          externalIds: (EXPECTED[module] ?? []).map(([externalId]) => externalId),
          counts: (EXPECTED[module] ?? []).map(([externalId, n]) => [externalId, billingType, n] as const),
        },
        billingTypes: [billingType],
      },
    ),
  );
}
