import { type Switches, switches } from '../kit/common-faults.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { seededUid } from '../kit/seeded.ts';
import type { SimBackupAccount } from './account.ts';
import { Faults } from './faults.ts';
import { generatedAccount } from './generated-account.ts';
import { createWorld, type World } from './world.ts';

export interface StandInOptions {
  readonly seed?: number;
  readonly apiKey?: string;
  readonly apiSecret?: string;
  readonly account?: SimBackupAccount;
}

/** All that the routes share: the account, its keys and the faults. */
export interface StandIn extends Switches<Faults> {
  readonly world: World;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** The last 10,000 calls under `/v1`, oldest first. */
  readonly requests: LoggedRequest[];
}

export function createStandIn(options: StandInOptions = {}): StandIn {
  const { seed = 1 } = options;
  return {
    world: createWorld(seed, options.account ?? generatedAccount({ clients: 12, seed })),
    apiKey: options.apiKey ?? seededUid(seed, 'public').replaceAll('-', '').slice(0, 6),
    apiSecret: options.apiSecret ?? seededUid(seed, 'secret').replaceAll('-', ''),
    requests: [],
    ...switches(Faults),
  };
}
