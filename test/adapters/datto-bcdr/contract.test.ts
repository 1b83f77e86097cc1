import { BILLING_TYPES } from '../../../src/adapters/usage/datto-bcdr/mapper.ts';
import { dattoBcdrSource } from '../../../src/adapters/usage/datto-bcdr/usage-source.ts';
import { client, type SimBackupDevice } from '../../../src/simulators/datto-backup/account.ts';
import { usageSourceContract } from '../../contract/usage-source.ts';
import { dattoSetup } from '../datto-api/open-datto.ts';

const device = (name: string, more: Partial<SimBackupDevice> = {}): SimBackupDevice => ({
  name,
  agents: 2,
  shares: 0,
  offsite: { size: 600.5, units: 'GB' },
  ...more,
});

/** 103 appliances that are shown: two pages. */
const ACCOUNT = {
  name: 'Contract MSP',
  clients: [
    client(1, 'Big', { devices: Array.from({ length: 100 }, (_, i) => device(`S-${i}`)) }),
    client(2, 'Small', {
      devices: [device('A', { shares: 3, offsite: { size: 1, units: 'TB' } }), device('B', { hidden: true })],
    }),
    client(3, ' small ', { devices: [device('C', { offsite: { size: 524_288, units: 'MB' } })] }),
    client(4, null, { devices: [device('Spare', { agents: 0, offsite: { size: 0, units: '' } })] }),
    client(5, 'Nothing yet'),
  ],
};

usageSourceContract('datto-bcdr', () =>
  dattoSetup(ACCOUNT, dattoBcdrSource, 'clientCompanyName', {
    expected: {
      externalIds: ['big', 'small', '(no client)'],
      counts: [
        ['big', 'Devices', 100],
        ['big', 'Agents', 200],
        ['big', 'Offsite Storage (GB)', 60_050],
        ['small', 'Devices', 2],
        ['small', 'Agents', 4],
        ['small', 'Shares', 3],
        ['small', 'Offsite Storage (GB)', 1_536],
        ['(no client)', 'Devices', 1],
      ],
    },
    billingTypes: BILLING_TYPES,
  }),
);
