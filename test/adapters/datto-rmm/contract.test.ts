import { BILLING_TYPES } from '../../../src/adapters/usage/datto-rmm/billing-class.ts';
import { dattoRmmSource } from '../../../src/adapters/usage/datto-rmm/usage-source.ts';
import type { SimAccount, SimDevice } from '../../../src/simulators/datto-rmm/account.ts';
import type { Faults } from '../../../src/simulators/datto-rmm/faults.ts';
import { startDattoRmmSimulator } from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { type SourceFailure, usageSourceContract } from '../../contract/usage-source.ts';

const desktops = (count: number): SimDevice[] =>
  Array.from({ length: count }, (_, i) => ({ hostname: `PC-${i}`, category: 'Desktop' }));

/** 265 devices: two pages. */
const ACCOUNT: SimAccount = {
  name: 'Contract MSP',
  sites: [
    { uid: 'big', name: 'Big', autotaskCompanyId: '11', devices: desktops(260) },
    {
      uid: 'mixed',
      name: 'Mixed',
      devices: [
        { hostname: 'NB-1', category: 'Laptop' },
        { hostname: 'SRV-1', category: 'Server', suspended: true },
        { hostname: 'DSW-1', category: 'Datto Switch' },
        { hostname: 'PH-1', category: 'Smartphone' },
      ],
    },
    {
      uid: 'demand',
      name: 'On demand',
      onDemand: true,
      devices: [{ hostname: 'OD-1', category: 'Desktop' }],
    },
    { uid: 'empty', name: 'Empty', devices: [] },
  ],
};

const FAULTS: Record<SourceFailure, Partial<Faults>> = {
  'source-unavailable': { failure: { status: 503, times: null, html: false } },
  'source-refused': { unauthorized: 'always' },
  'source-malformed': { changedField: 'deviceClass' },
};

usageSourceContract('datto-rmm', async () => {
  const simulator = await startDattoRmmSimulator({ account: ACCOUNT });
  const { apiKey, apiSecret } = simulator;
  return {
    source: dattoRmmSource({ apiUrl: simulator.url, apiKey, apiSecret }, { delay: async () => {} }),
    expected: {
      externalIds: ['big', 'mixed', 'demand', 'empty'],
      counts: [
        ['big', 'Desktop', 260],
        ['big', 'Desktop & Laptop', 260],
        ['big', 'AllDevicesMetric', 260],
        ['mixed', 'Laptop', 1],
        ['mixed', 'Desktop & Laptop', 1],
        ['mixed', 'Server', 1],
        ['mixed', 'Datto Switch', 1],
        ['mixed', 'AllDevicesMetric', 3],
      ],
    },
    billingTypes: BILLING_TYPES,
    get secrets() {
      return [apiKey, apiSecret, ...simulator.tokens.keys()];
    },
    requestsSeen: () => simulator.requests.length,
    fail: (code) => simulator.setFaults(FAULTS[code]),
    slowDown: () => simulator.setFaults({ slowMs: 2_000 }),
    repair: simulator.clearFaults,
    close: simulator.close,
  };
});
