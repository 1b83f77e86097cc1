import { BILLING_TYPES } from '../../../src/adapters/usage/saas-protection/mapper.ts';
import { saasProtectionSource } from '../../../src/adapters/usage/saas-protection/usage-source.ts';
import { client, type SeatState, type SimSeat } from '../../../src/simulators/datto-backup/account.ts';
import { usageSourceContract } from '../../contract/usage-source.ts';
import { dattoSetup } from '../datto-api/open-datto.ts';

const seat = (n: number, seatState: SeatState, more: Partial<SimSeat> = {}): SimSeat => ({
  mainId: `user${n}@one.example`,
  name: `User ${n}`,
  seatType: 'User',
  seatState,
  billable: true,
  ...more,
});

const ACCOUNT = {
  name: 'Contract MSP',
  clients: [
    client(1, 'One', {
      saas: [
        {
          id: 501,
          name: 'One',
          domains: ['one.example', 'one.test'],
          seats: [
            seat(1, 'Active', { remoteId: 'r1' }),
            seat(2, 'Active'),
            seat(3, 'Paused'),
            // The mailbox of somebody who left, and its successor under the same address.
            seat(1, 'Archived', { remoteId: 'r0' }),
            seat(4, 'Unprotected', { billable: false }),
            seat(5, 'Active', { seatType: 'SharedMailbox', billable: false }),
          ],
        },
      ],
    }),
    client(2, 'Two', { saas: [{ id: 502, name: 'Two', domains: ['two.example'], seats: [] }] }),
    client(3, 'No SaaS'),
  ],
};

usageSourceContract('saas-protection', () =>
  dattoSetup(ACCOUNT, saasProtectionSource, 'saasCustomerId', {
    expected: {
      externalIds: ['501', '502'],
      counts: [
        ['501', 'Billable Seats', 4],
        ['501', 'Active Seats', 2],
        ['501', 'Paused Seats', 1],
        ['501', 'Archived Seats', 1],
      ],
    },
    billingTypes: BILLING_TYPES,
  }),
);
