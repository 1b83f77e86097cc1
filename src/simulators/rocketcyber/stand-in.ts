import { type Switches, switches } from '../kit/common-faults.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { seededUid } from '../kit/seeded.ts';
import type { SimCyberAccount } from './account.ts';
import { Faults } from './faults.ts';
import { generatedAccounts } from './generated-accounts.ts';
import { createWorld, type World } from './world.ts';

export interface StandInOptions {
  readonly seed?: number;
  readonly apiKey?: string;
  readonly accounts?: readonly SimCyberAccount[];
  /** `wire` as clients see the API answer, `spec` as an unofficial OpenAPI describes it. */
  readonly mode?: 'wire' | 'spec';
}

/** All that the routes share: the accounts, the key and the faults. */
export interface StandIn extends Switches<Faults> {
  readonly world: World;
  readonly apiKey: string;
  readonly mode: 'wire' | 'spec';
  /** The last 10,000 calls under `/v3`, oldest first. */
  readonly requests: LoggedRequest[];
}

export function createStandIn({ seed = 1, apiKey, accounts, mode = 'wire' }: StandInOptions = {}): StandIn {
  const standIn = {
    world: createWorld(seed, accounts ?? generatedAccounts({ accounts: 12, seed })),
    apiKey: apiKey ?? seededUid(seed, 'rocketcyber').replaceAll('-', ''),
    mode,
    requests: [],
    ...switches(Faults),
  };
  if (mode === 'spec') standIn.setFaults({ accountPath: 'accounts' });
  return standIn;
}
