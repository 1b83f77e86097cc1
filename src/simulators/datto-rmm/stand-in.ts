import { type Switches, switches } from '../kit/common-faults.ts';
import type { LoggedRequest } from '../kit/request-log.ts';
import { seededUid } from '../kit/seeded.ts';
import type { SimAccount } from './account.ts';
import { Faults } from './faults.ts';
import { generatedAccount } from './generated-account.ts';
import { createRateWindow, type RateWindow } from './rate-window.ts';
import { createWorld, type World } from './world.ts';

export interface StandInOptions {
  readonly seed?: number;
  readonly apiKey?: string;
  readonly apiSecret?: string;
  readonly account?: SimAccount;
  /** `wire` as the live API answers, `spec` as its specification says it does. */
  readonly mode?: 'wire' | 'spec';
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Multiplies the rate limit's times: 0.01 makes its 60 s window 600 ms. */
  readonly rateScale?: number;
  /** Calls per window. */
  readonly rateLimit?: number;
}

/** All that the routes share: the account, its keys and tokens, the clock, the rate limit and the faults. */
export interface StandIn extends Switches<Faults> {
  readonly world: World;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly mode: 'wire' | 'spec';
  readonly rate: RateWindow;
  readonly rateScale: number;
  /** The last 10,000 calls under `/api` and `/auth`, oldest first. */
  readonly requests: LoggedRequest[];
  /** Bearer token to its end. */
  readonly tokens: Map<string, number>;
  now(): number;
  /** Moves the stand-in's clock forward. */
  advance(ms: number): void;
}

export function createStandIn(options: StandInOptions = {}): StandIn {
  const { seed = 1, mode = 'wire', now = Date.now, rateScale = 1, rateLimit = 600 } = options;
  let ahead = 0;
  const clock = () => now() + ahead;
  return {
    world: createWorld(seed, options.account ?? generatedAccount({ sites: 12, devices: 300, seed })),
    apiKey: options.apiKey ?? seededUid(seed, 'key').replaceAll('-', '').toUpperCase(),
    apiSecret: options.apiSecret ?? seededUid(seed, 'secret').replaceAll('-', '').toUpperCase(),
    mode,
    rate: createRateWindow(rateLimit, rateScale, clock),
    rateScale,
    ...switches(Faults),
    requests: [],
    tokens: new Map(),
    now: clock,
    advance: (ms) => {
      ahead += ms;
    },
  };
}
