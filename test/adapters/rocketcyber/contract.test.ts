import { BILLING_TYPES } from '../../../src/adapters/usage/rocketcyber/mapper.ts';
import type { Faults } from '../../../src/simulators/rocketcyber/faults.ts';
import { type SourceFailure, usageSourceContract } from '../../contract/usage-source.ts';
import { cyberAccount, openRocketCyber } from './open-rocketcyber.ts';

const FAULTS: Record<SourceFailure, Partial<Faults>> = {
  'source-unavailable': { failure: { status: 503, times: null, html: false } },
  'source-refused': { unauthorized: 'always' },
  'source-malformed': { changedField: 'totalCount' },
};

/** 610 agents: two pages. */
const ACCOUNTS = [
  cyberAccount(1, 'Northwind IT', [0, 0, 0]),
  cyberAccount(2, 'Big', [600, 2, 540]),
  cyberAccount(3, 'Small', [10, 0, null]),
];

for (const mode of ['wire', 'spec'] as const) {
  usageSourceContract(`rocketcyber, ${mode}`, async () => {
    const { simulator, source } = await openRocketCyber({ accounts: ACCOUNTS, mode });
    return {
      source,
      expected: {
        externalIds: ['1', '2', '3'],
        counts: [
          ['2', 'Agents', 600],
          ['2', 'Firewalls', 2],
          ['2', 'Microsoft 365 Users', 540],
          ['3', 'Agents', 10],
        ],
      },
      billingTypes: BILLING_TYPES,
      secrets: [simulator.apiKey],
      requestsSeen: () => simulator.requests.length,
      fail: (code) =>
        simulator.setFaults(
          code === 'source-malformed' && mode === 'spec' ? { changedField: 'id' } : FAULTS[code],
        ),
      slowDown: () => simulator.setFaults({ slowMs: 2_000 }),
      repair: () => {
        simulator.clearFaults();
        simulator.setFaults({ accountPath: mode === 'spec' ? 'accounts' : 'account' });
      },
      close: simulator.close,
    };
  });
}
