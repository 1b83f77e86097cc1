import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dattoRmmSource } from '../../src/adapters/usage/datto-rmm/usage-source.ts';
import { generatedAccount } from '../../src/simulators/datto-rmm/generated-account.ts';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import type { BenchRow } from './bench-row.ts';

const SITES = 2_000;
const DEVICES = 25_000;
const PAGE = 250;

interface Address {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** One whole count of a large account. The stand-in runs in a process of its own, so that CPU time here is icb's. */
export async function dattoRmmRows(): Promise<BenchRow[]> {
  const child = fork(new URL(import.meta.url));
  try {
    const [address] = (await once(child, 'message')) as [Address];
    return await countOnce(address);
  } finally {
    child.kill();
  }
}

async function countOnce({ url, apiKey, apiSecret }: Address): Promise<BenchRow[]> {
  const source = dattoRmmSource({ apiUrl: url, apiKey, apiSecret });
  let requests = 0;
  const cpuBefore = process.cpuUsage();
  const begin = performance.now();
  const answer = await source.count({
    signal: AbortSignal.timeout(60_000),
    onRequest: () => {
      requests++;
    },
  });
  const seconds = (performance.now() - begin) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);

  const minimum = 1 + Math.ceil(SITES / PAGE) + Math.ceil(DEVICES / PAGE);
  const size = `${answer.organizations.length} sites, ${DEVICES} devices of which ${answer.devices.length} billable`;
  return [
    {
      name: 'sync.datto-rmm.requests',
      ours: requests,
      peers: { minimum },
      ratio: requests / minimum,
      unit: 'requests',
      note: `${size}; minimum: sign-in and pages of ${PAGE}`,
    },
    {
      name: 'sync.datto-rmm.cpu',
      ours: (user + system) / 1e6,
      peers: {},
      unit: 's',
      note: `${size}; one cold count, ${seconds.toFixed(1)} s with waiting`,
    },
  ];
}

async function serve(): Promise<void> {
  const account = generatedAccount({ sites: SITES, devices: DEVICES, seed: 1 });
  const { url, apiKey, apiSecret } = await startDattoRmmSimulator({ account });
  process.send?.({ url, apiKey, apiSecret } satisfies Address);
  // A bench that is killed must not leave its stand-in behind.
  process.on('disconnect', () => process.exit());
}

if (import.meta.main && process.send !== undefined) await serve();
