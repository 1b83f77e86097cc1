import { fork } from 'node:child_process';
import { once } from 'node:events';
import { autotaskPsa } from '../../src/adapters/psa-autotask/autotask-psa.ts';
import { dattoRmmSource } from '../../src/adapters/usage/datto-rmm/usage-source.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import type { SimBook } from '../../src/simulators/autotask/book.ts';
import { startAutotaskSimulator } from '../../src/simulators/autotask/start-autotask-simulator.ts';
import { generatedAccount } from '../../src/simulators/datto-rmm/generated-account.ts';
import { startDattoRmmSimulator } from '../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import type { BenchRow } from './bench-row.ts';

const ORGANIZATIONS = 1_000;
const CONTRACTS = 1_200;
const CONTRACT_SERVICES = 8_000;
const SERVICES = 40;
const DEVICES = 15_000;
const LATENCY_MS = 150;

const pages = (rows: number, page: number): number => Math.ceil(rows / page);
const PAGES = {
  companies: pages(ORGANIZATIONS, 500),
  contracts: pages(CONTRACTS, 500),
  services: pages(SERVICES, 500),
  contractServices: pages(CONTRACT_SERVICES, 500),
  units: pages(CONTRACT_SERVICES, 500),
  sites: pages(ORGANIZATIONS, 250),
  devices: pages(DEVICES, 250),
};
const BOOK = PAGES.companies + PAGES.contracts + PAGES.services + PAGES.contractServices + PAGES.units;
const COUNT = PAGES.sites + PAGES.devices;
/** Zone, two lists of choices, the currencies; a sign-in. */
const FIRST = BOOK + 4 + COUNT + 1;
/** Of all companies, one page of those that changed. */
const NIGHT = BOOK - PAGES.companies + 1 + COUNT;
/** Pages of one list come one after another, and nothing before the sign-in. */
const CHAIN = Math.max(1 + PAGES.contractServices, 1 + PAGES.devices);

interface Addresses {
  readonly autotask: {
    readonly username: string;
    readonly secret: string;
    readonly integrationCode: string;
    readonly apiUrl: string;
  };
  readonly dattoRmm: { readonly apiUrl: string; readonly apiKey: string; readonly apiSecret: string };
}

/**
 * The reading half of a first sync and of the night after, with every answer 150 ms late. Each stand-in runs in a process
 * of its own, so that neither waits for the other's work nor for icb's.
 */
export async function autotaskRows(): Promise<BenchRow[]> {
  const children = ['autotask', 'dattoRmm'].map((vendor) => fork(new URL(import.meta.url), [vendor]));
  try {
    const told = await Promise.all(children.map((child) => once(child, 'message')));
    return await readTwice(Object.assign({}, ...told.map(([address]) => address)) as Addresses);
  } finally {
    for (const child of children) child.kill();
  }
}

async function readTwice(addresses: Addresses): Promise<BenchRow[]> {
  const { remote } = autotaskPsa(addresses.autotask, { currency: 'USD' });
  const source = dattoRmmSource(addresses.dattoRmm);
  let requests = 0;
  const call = {
    signal: AbortSignal.timeout(120_000),
    onRequest: () => {
      requests++;
    },
  };
  const today = isoDate(new Date().toISOString().slice(0, 10));
  async function read(since?: string) {
    requests = 0;
    const begin = performance.now();
    const asked = { today, ...(since === undefined ? {} : { since }) };
    const [book, usage] = await Promise.all([remote.readBook(asked, call), source.count(call)]);
    return { book, usage, requests, seconds: (performance.now() - begin) / 1000 };
  }
  const first = await read();
  const night = await read(first.book.bookmark);
  const { organizations, contracts, contractServices } = first.book;
  const size = `${organizations.length} organizations, ${contracts.length} contracts, ${contractServices.length} contract services, ${DEVICES} devices`;
  const shortest = (CHAIN * LATENCY_MS) / 1000;
  return [
    {
      name: 'autotask.first-sync.requests',
      ours: first.requests,
      peers: { minimum: FIRST },
      ratio: first.requests / FIRST,
      unit: 'requests',
      note: `${size}; minimum: zone, picklists, currencies, sign-in and full pages`,
    },
    {
      name: 'autotask.first-sync.wall',
      ours: first.seconds,
      peers: { minimum: shortest },
      ratio: first.seconds / shortest,
      unit: 's',
      note: `${size}; minimum: ${CHAIN} answers one after another, each ${LATENCY_MS} ms late`,
    },
    {
      name: 'autotask.unchanged-night',
      ours: night.requests,
      peers: { minimum: NIGHT },
      ratio: night.requests / NIGHT,
      unit: 'requests',
      note: `the same again, nothing changed; ${night.seconds.toFixed(1)} s`,
    },
  ];
}

function book(): SimBook {
  const year = new Date().getUTCFullYear();
  return {
    companies: Array.from({ length: ORGANIZATIONS }, (_, n) => ({ id: n, name: `Company ${n}` })),
    contracts: Array.from({ length: CONTRACTS }, (_, n) => ({
      id: 10_000 + n,
      companyId: 1 + (n % (ORGANIZATIONS - 1)),
      name: 'Managed Services',
      startDate: `${year - 1}-01-01`,
      endDate: `${year + 1}-12-31`,
    })),
    services: Array.from({ length: SERVICES }, (_, n) => ({
      id: 50 + n,
      name: `Service ${n}`,
      unitPrice: 12.5,
    })),
    contractServices: Array.from({ length: CONTRACT_SERVICES }, (_, n) => ({
      id: 100_000 + n,
      contractId: 10_000 + (n % CONTRACTS),
      serviceId: 50 + Math.floor(n / CONTRACTS),
      units: 1 + (n % 30),
    })),
  };
}

const STAND_INS: Readonly<Record<string, () => Promise<Partial<Addresses>>>> = {
  async autotask() {
    const { user, secret, integrationCode, apiUrl } = await startAutotaskSimulator({
      book: book(),
      latencyMs: LATENCY_MS,
    });
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
  // A bench that is killed must not leave its stand-ins behind.
  process.on('disconnect', () => process.exit());
}
