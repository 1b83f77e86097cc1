import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { devicesPage } from '../../../src/adapters/usage/datto-rmm/api-types.ts';
import { dattoRmmSource } from '../../../src/adapters/usage/datto-rmm/usage-source.ts';
import { generatedAccount } from '../../../src/simulators/datto-rmm/generated-account.ts';
import {
  type DattoRmmSimulator,
  startDattoRmmSimulator,
} from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';
import { type OpenApi, specCheck } from './open-api.ts';

/** The vendor's descriptions are not ours to publish: they lie beside the repository where they are at hand at all. */
const SPECS = new URL('../../../../shared/specs/datto-rmm/', import.meta.url);
const present = existsSync(SPECS);
const read = (name: string) => JSON.parse(readFileSync(new URL(name, SPECS), 'utf8'));

const BUILDS = [
  { name: 'build 201', file: 'openapi-v2-build201-zinfandel.json', undeclared: [] },
  // This build moved the user-defined fields to v3; whether v2 still sends them is not known.
  { name: 'build 235', file: 'openapi-v2-build235-syrah.json', undeclared: ['udf'] },
] as const;

/** Where the live API, and so wire mode, departs from the specification: dates in epoch milliseconds … */
const EPOCH_DATES = [
  '/devices/…/creationDate',
  '/devices/…/lastAuditDate',
  '/devices/…/lastReboot',
  '/devices/…/lastSeen',
  '/filters/…/dateCreate',
  '/filters/…/lastUpdated',
  '/started',
];
/** … and null for what is not set, which the specification allows nowhere. */
const NULLS = [
  '/pageDetails/nextPageUrl',
  '/pageDetails/prevPageUrl',
  '/sites/…/autotaskCompanyId',
  '/sites/…/autotaskCompanyName',
  '/sites/…/description',
  '/sites/…/notes',
  '/sites/…/proxySettings',
  '/description',
  '/notes',
  '/proxySettings',
  '/devices/…/a64Bit',
  '/devices/…/antivirus',
  '/devices/…/cagVersion',
  '/devices/…/deviceType',
  '/devices/…/displayVersion',
  '/devices/…/domain',
  '/devices/…/lastLoggedInUser',
  '/devices/…/operatingSystem',
  '/devices/…/patchManagement',
  '/devices/…/rebootRequired',
  '/devices/…/softwareStatus',
  '/devices/…/warrantyDate',
  '/devices/…/webRemoteUrl',
];
const isUdf = (fault: string) => /^\/devices\/…\/udf\/udf\d+: type$/.test(fault);

interface Exchange {
  readonly url: URL;
  readonly status: number;
  readonly body: unknown;
}

const ACCOUNT = {
  ...generatedAccount({ sites: 40, devices: 600, seed: 9 }),
  filters: [{ id: 77, name: '_NotBillable_', hostnames: ['AMB-PC-001'] }],
};

const PATHS = [
  'account',
  'account/sites?page=0&max=20&siteName=a',
  'account/devices?page=1&max=100&hostname=PC&deviceType=desk&operatingSystem=win&siteName=a',
  'account/devices?filterId=3',
  `site/${ACCOUNT.sites[0]?.uid}`,
  `site/${ACCOUNT.sites[0]?.uid}/devices?page=0&max=50`,
  'filter/default-filters',
  'filter/custom-filters',
  'system/status',
  'system/pagination',
  'system/request_rate',
];

/** Everything a client asks of the stand-in: what ours does, with every rule, and each path by hand. */
async function exchangesWith(simulator: DattoRmmSimulator): Promise<{ ours: Exchange[]; all: Exchange[] }> {
  const ours: Exchange[] = [];
  const recording: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    ours.push({
      url: new URL((input as Request).url),
      status: response.status,
      body: await response.clone().json(),
    });
    return response;
  };
  const { url, apiKey, apiSecret } = simulator;
  for (const notBillable of [{ filterId: 77 }, { udf: 3 }]) {
    const source = dattoRmmSource({ apiUrl: url, apiKey, apiSecret, notBillable }, { fetch: recording });
    await source.count({ signal: new AbortController().signal });
  }
  const calls = ours.filter((exchange) => exchange.url.pathname.startsWith('/api/'));
  const [token] = simulator.tokens.keys();
  const byHand = await Promise.all(
    PATHS.map(async (path): Promise<Exchange> => {
      const address = new URL(`/api/v2/${path}`, url);
      const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      return { url: address, status: response.status, body: await response.json() };
    }),
  );
  return { ours: calls, all: [...calls, ...byHand] };
}

it('says whether the vendor’s OpenAPI is at hand', () => {
  if (!present) console.warn('Not checked: the vendor’s Datto RMM OpenAPI is not beside this repository.');
  expect(typeof present).toBe('boolean');
});

describe.runIf(present).each(BUILDS)('Datto RMM OpenAPI, $name', ({ file, undeclared }) => {
  let check: ReturnType<typeof specCheck>;
  const simulators: DattoRmmSimulator[] = [];
  const open = async (mode: 'wire' | 'spec') => {
    const simulator = await startDattoRmmSimulator({ account: ACCOUNT, mode });
    simulators.push(simulator);
    return simulator;
  };
  beforeAll(() => {
    check = specCheck(read(file) as OpenApi, undeclared);
  });
  afterAll(() => Promise.all(simulators.map((simulator) => simulator.close())));

  it('accepts every request our client sends', async () => {
    const { ours } = await exchangesWith(await open('wire'));
    expect(new Set(ours.map(({ url }) => url.pathname))).toEqual(
      new Set(['/api/v2/account/sites', '/api/v2/account/devices']),
    );
    expect(new Set(ours.flatMap(({ url }) => [...url.searchParams.keys()]))).toEqual(
      new Set(['page', 'max', 'filterId']),
    );
    expect(ours.flatMap(({ url }) => check.request(url))).toEqual([]);
  });

  it('accepts every answer of the stand-in in spec mode', async () => {
    const { all } = await exchangesWith(await open('spec'));
    for (const { url, status, body } of all) {
      expect([url.href, status, check.answer(url.pathname, status, body)]).toEqual([url.href, 200, []]);
    }
  });

  it('differs from wire mode by the list above and nothing else', async () => {
    const { all } = await exchangesWith(await open('wire'));
    const faults = all.flatMap(({ url, status, body }) => check.answer(url.pathname, status, body));
    const found = new Set(faults.filter((fault) => !isUdf(fault)));
    expect([...found].sort()).toEqual([...EPOCH_DATES, ...NULLS].map((place) => `${place}: type`).sort());
    // Build 235 does not describe them; in build 201 each of the 30 sent is null somewhere.
    expect(new Set(faults.filter(isUdf)).size).toBe(undeclared.length === 0 ? 30 : 0);
  });

  it('would notice a wrong answer', () => {
    const page = { pageDetails: { count: 'one' }, devices: [{ deviceClass: 'toaster', colour: 'red' }] };
    expect(check.answer('/api/v2/account/devices', 200, page).sort()).toEqual([
      '/devices/…/colour: additionalProperties',
      '/devices/…/deviceClass: enum',
      '/pageDetails/count: type',
    ]);
    expect(check.request(new URL('http://x/api/v2/account/devices?page=first&size=2'))).toEqual([
      'page: type',
      'size: unknown parameter',
    ]);
  });
});

describe.runIf(present)('Datto RMM error bodies', () => {
  it.each([401, 403, 404, 500])('of %i are as build 235 describes them', async (status) => {
    const check = specCheck(read('openapi-v2-build235-syrah.json') as OpenApi);
    const simulator = await startDattoRmmSimulator({ mode: 'spec' });
    simulator.setFaults({ failure: { status, times: null, html: false } });
    const path = '/api/v2/site/none/devices';
    const response = await fetch(simulator.url + path);
    const body = await response.json();
    await simulator.close();
    expect([response.status, check.answer(path, status, body)]).toEqual([status, []]);
    expect(body).toMatchObject({ status, path: '/v2/site/none/devices' });
  });
});

describe.runIf(present)('pages recorded by another client’s tests', () => {
  it.each(['devicesPage', 'devicesPage1', 'devicesPage2'])('%s reads well', (name) => {
    expect(devicesPage(1).parse(read(`fixtures/${name}.json`)).rows).toHaveLength(1);
  });
  it('the malformed one is refused', () => {
    expect(devicesPage().safeParse(read('fixtures/devices-page-with-malformed-item.json')).success).toBe(
      false,
    );
  });
});
