import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { LoggedRequest } from '../../src/simulators/autotask/stand-in.ts';
import { startAutotaskSimulator } from '../../src/simulators/autotask/start-autotask-simulator.ts';
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

/** What the Autotask in this process was asked, by its own log. */
export async function askedOf(child: ChildProcess | undefined): Promise<Asked> {
  if (!child) throw new Error('there is no such stand-in');
  const answer = once(child, 'message');
  child.send('asked?');
  const [asked] = await answer;
  return asked as Asked;
}

/** A query goes by POST and reads; whatever else is no GET writes. */
export function readsAndWrites(requests: readonly LoggedRequest[]): Asked {
  const isRead = ({ method, path }: LoggedRequest) => method === 'GET' || /\/query(\/|\?|$)/.test(path);
  const reads = requests.filter(isRead).length;
  return { reads, writes: requests.length - reads };
}

let log: LoggedRequest[] = [];

export const STAND_INS: Readonly<Record<string, () => Promise<Partial<Addresses>>>> = {
  async autotask() {
    const { user, secret, integrationCode, apiUrl, requests } = await startAutotaskSimulator({
      book: benchBook(new Date().getUTCFullYear(), (n) => 1 + (n % 30)),
      latencyMs: LATENCY_MS,
    });
    log = requests;
    return { autotask: { username: user, secret, integrationCode, apiUrl } };
  },
  async dattoRmm() {
    const account = generatedAccount({ sites: ORGANIZATIONS, devices: DEVICES, seed: 1 });
    const simulator = await startDattoRmmSimulator({ account });
    simulator.setFaults({ slowMs: LATENCY_MS });
    const { url, apiKey, apiSecret } = simulator;
    return { dattoRmm: { apiUrl: url, apiKey, apiSecret } };
  },
};

if (import.meta.main && process.send !== undefined) {
  process.send(await STAND_INS[process.argv[2] ?? '']?.());
  process.on('message', () => {
    process.send?.(readsAndWrites(log));
    log.length = 0;
  });
  // A bench that is killed must not leave its stand-ins behind.
  process.on('disconnect', () => process.exit());
}
