import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LoggedRequest } from '../../src/simulators/autotask/stand-in.ts';
import {
  type AutotaskSimulator,
  startAutotaskSimulator,
} from '../../src/simulators/autotask/start-autotask-simulator.ts';
import { generatedAccount } from '../../src/simulators/datto-rmm/generated-account.ts';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { benchBook, ORGANIZATIONS } from './autotask-book.ts';

export const DEVICES = 15_000;
export const LATENCY_MS = 150;

export interface Addresses {
  readonly autotask: {
    readonly username: string;
    readonly secret: string;
    readonly integrationCode: string;
    readonly apiUrl: string;
  };
  readonly dattoRmm: { readonly apiUrl: string; readonly apiKey: string; readonly apiSecret: string };
}

/** Requests since the last asking. */
export interface Asked {
  readonly reads: number;
  readonly writes: number;
}

/** The same, and the rows that icb read of what was posted. */
export interface AskedAutotask extends Asked {
  readonly posted: number;
}

/** What the Autotask in this process was asked, by its own log. */
export async function askedOf(child: ChildProcess | undefined): Promise<AskedAutotask> {
  if (!child) throw new Error('there is no such stand-in');
  const answer = once(child, 'message');
  child.send('asked?');
  const [asked] = await answer;
  return asked as AskedAutotask;
}

/** A query goes by POST and reads; whatever else is no GET writes. */
export function readsAndWrites(requests: readonly LoggedRequest[]): Asked {
  const isRead = ({ method, path }: LoggedRequest) => method === 'GET' || /\/query(\/|\?|$)/.test(path);
  const reads = requests.filter(isRead).length;
  return { reads, writes: requests.length - reads };
}

/** As far back as icb looks for what was posted. */
const POSTED_MS = 62 * 24 * 60 * 60_000;

let simulator: AutotaskSimulator | undefined;

function asked(): AskedAutotask {
  if (!simulator) throw new Error('this stand-in is no Autotask');
  const { requests, world } = simulator;
  const counted = readsAndWrites(requests);
  requests.length = 0;
  const since = new Date(Date.now() - POSTED_MS).toISOString();
  const posted = world.tables.rows('BillingItems').filter((row) => String(row.postedOnTime) >= since).length;
  return { ...counted, posted };
}

export const STAND_INS: Readonly<Record<string, () => Promise<Partial<Addresses>>>> = {
  async autotask() {
    simulator = await startAutotaskSimulator({
      book: benchBook(new Date().getUTCFullYear(), (n) => 1 + (n % 30)),
      latencyMs: LATENCY_MS,
    });
    const { user, secret, integrationCode, apiUrl } = simulator;
    return { autotask: { username: user, secret, integrationCode, apiUrl } };
  },
  async dattoRmm() {
    const account = generatedAccount({ sites: ORGANIZATIONS, devices: DEVICES, seed: 1 });
    const rmm = await startDattoRmmSimulator({ account });
    rmm.setFaults({ slowMs: LATENCY_MS });
    const { url, apiKey, apiSecret } = rmm;
    return { dattoRmm: { apiUrl: url, apiKey, apiSecret } };
  },
};

if (import.meta.main && process.send !== undefined) {
  process.send(await STAND_INS[process.argv[2] ?? '']?.());
  process.on('message', () => {
    process.send?.(asked());
  });
  // A bench that is killed must not leave its stand-ins behind.
  process.on('disconnect', () => process.exit());
}
