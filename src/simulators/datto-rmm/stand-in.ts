import type { SimAccount } from './account.ts';
import { type Faults, noFaults } from './faults.ts';
import { generatedAccount } from './generated-account.ts';
import { createRateWindow, type RateWindow } from './rate-window.ts';
import { seededUid } from './seeded.ts';
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

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
}

/** All that the routes share: the account, its keys and tokens, the clock, the rate limit and the faults. */
export interface StandIn {
  readonly world: World;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly mode: 'wire' | 'spec';
  readonly rate: RateWindow;
  readonly rateScale: number;
  readonly faults: Faults;
  /** The last 10,000 calls under `/api` and `/auth`, oldest first. */
  readonly requests: LoggedRequest[];
  /** Bearer token to its end. */
  readonly tokens: Map<string, number>;
  now(): number;
  /** Moves the stand-in's clock forward. */
  advance(ms: number): void;
  /** Switches the named faults; the others stay. */
  setFaults(change: Partial<Faults>): void;
  clearFaults(): void;
}

export function createStandIn(options: StandInOptions = {}): StandIn {
  const { seed = 1, mode = 'wire', now = Date.now, rateScale = 1, rateLimit = 600 } = options;
  let ahead = 0;
  const clock = () => now() + ahead;
  const faults = noFaults();
  return {
    world: createWorld(seed, options.account ?? generatedAccount({ sites: 12, devices: 300, seed })),
    apiKey: options.apiKey ?? seededUid(seed, 'key').replaceAll('-', '').toUpperCase(),
    apiSecret: options.apiSecret ?? seededUid(seed, 'secret').replaceAll('-', '').toUpperCase(),
    mode,
    rate: createRateWindow(rateLimit, rateScale, clock),
    rateScale,
    faults,
    requests: [],
    tokens: new Map(),
    now: clock,
    advance: (ms) => {
      ahead += ms;
    },
    setFaults: (change) => {
      Object.assign(faults, change);
    },
    clearFaults: () => {
      Object.assign(faults, noFaults());
    },
  };
}
