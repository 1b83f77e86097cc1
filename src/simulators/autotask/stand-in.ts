import { setTimeout as wait } from 'node:timers/promises';
import type { Adjustment } from './billing/adjust.ts';
import type { SimBook } from './book.ts';
import { demoBook } from './demo-book.ts';
import { type FaultChange, Faults, noFaults } from './faults.ts';
import type { Cursor } from './query/page.ts';
import { createRequestWindow, type RequestWindow } from './request-window.ts';
import { seededKey } from './seeded.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface StandInOptions
  extends Pick<WorldOptions, 'history' | 'futurePeriods' | 'rowPrice' | 'postedPeriods'> {
  readonly seed?: number;
  /** A believable MSP of its own when left out. */
  readonly book?: SimBook;
  /** Epoch milliseconds; its UTC date is the business day. */
  readonly now?: () => number;
  /** Multiplies the times of the limits: 0.001 makes the rolling hour 3.6 s. */
  readonly timeScale?: number;
  /** Calls per rolling hour. */
  readonly threshold?: number;
  /** Added to every answer. */
  readonly latencyMs?: number;
  /** How late answers are waited for; where the clock is not the machine's, neither is this. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface LoggedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 where the caller got no answer. */
  readonly status: number;
  /** Children under the name of their own entity: `ContractServiceAdjustments`. */
  readonly entity: string;
  /** Epoch milliseconds of the stand-in's clock. */
  readonly at: number;
}

/** All that the routes share: the tenant, its keys, the clock, the limits and the faults. */
export interface StandIn {
  readonly user: string;
  readonly secret: string;
  readonly integrationCode: string;
  readonly world: World;
  readonly adjustments: readonly Adjustment[];
  readonly faults: Faults;
  readonly window: RequestWindow;
  /** Calls under way by integration code and entity. */
  readonly threads: Map<string, number>;
  readonly cursors: Map<string, Cursor>;
  /** The last 20,000 calls of the API, oldest first. */
  readonly requests: LoggedRequest[];
  readonly latencyMs: number;
  sleep(ms: number): Promise<unknown>;
  now(): number;
  /** Moves the stand-in's clock forward. */
  advance(ms: number): void;
  /** Switches the named faults; the others stay. */
  setFaults(change: FaultChange): void;
  clearFaults(): void;
  /** What a person does in Autotask: posts all that begins no later than the day. */
  approveAndPost(throughDate: string): { posted: number };
  unpost(billingItemId: number): void;
}

export function createStandIn(options: StandInOptions = {}): StandIn {
  const {
    seed = 1,
    now = Date.now,
    timeScale = 1,
    threshold = 10_000,
    latencyMs = 0,
    sleep = wait,
    book,
    ...rest
  } = options;
  let ahead = 0;
  const clock = () => now() + ahead;
  const faults = noFaults();
  const world = createWorld({
    seed,
    now: clock,
    book: book ?? demoBook(seed, new Date(clock()).toISOString().slice(0, 10)),
    ...rest,
  });
  return {
    user: 'icb.integration@msp.example',
    secret: seededKey(seed, 'secret'),
    integrationCode: seededKey(seed, 'code'),
    world,
    adjustments: world.adjustments,
    faults,
    window: createRequestWindow(threshold, timeScale, clock),
    threads: new Map(),
    cursors: new Map(),
    requests: [],
    latencyMs,
    sleep,
    now: clock,
    advance: (ms) => {
      ahead += ms;
    },
    setFaults: (change) => {
      Object.assign(faults, Faults.parse({ ...faults, ...change }));
    },
    clearFaults: () => {
      Object.assign(faults, noFaults());
    },
    approveAndPost: (throughDate) => world.approveAndPost({ throughDate }),
    unpost: (billingItemId) => world.unpost(billingItemId),
  };
}
