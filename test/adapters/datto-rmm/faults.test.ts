import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClientDeps } from '../../../src/adapters/http/vendor-session.ts';
import type { NotBillable } from '../../../src/adapters/usage/datto-rmm/settings.ts';
import { dattoRmmSource } from '../../../src/adapters/usage/datto-rmm/usage-source.ts';
import type { SimAccount, SimDevice } from '../../../src/simulators/datto-rmm/account.ts';
import type { Faults } from '../../../src/simulators/datto-rmm/faults.ts';
import {
  type DattoRmmSimulator,
  startDattoRmmSimulator,
} from '../../../src/simulators/datto-rmm/start-datto-rmm-simulator.ts';

const desktops = (count: number): SimDevice[] =>
  Array.from({ length: count }, (_, i) => ({ hostname: `PC-${i}`, category: 'Desktop' }));

/** Three pages of devices; a whole count takes five requests: sign-in, sites, three pages. */
const ACCOUNT: SimAccount = {
  name: 'Faulty MSP',
  sites: [{ uid: 's1', name: 'One', devices: desktops(600) }],
  filters: [{ id: 77, name: '_NotBillable_', hostnames: ['PC-0', 'PC-599'] }],
};
const WHOLE = 5;

let simulator: DattoRmmSimulator;
let clock: number;
let waits: number[];

/** Waits move the clock of client and stand-in instead of taking time. */
const deps = (more: ClientDeps = {}): ClientDeps => ({
  now: () => clock,
  delay: async (ms) => {
    waits.push(ms);
    clock += ms;
  },
  ...more,
});

function open(more: ClientDeps = {}, notBillable?: NotBillable) {
  const { url, apiKey, apiSecret } = simulator;
  const settings = { apiUrl: url, apiKey, apiSecret, ...(notBillable === undefined ? {} : { notBillable }) };
  const source = dattoRmmSource(settings, deps(more));
  return (onRequest?: (n: number) => void) => {
    let n = 0;
    return source.count({ signal: new AbortController().signal, onRequest: () => onRequest?.(++n) });
  };
}

const total = async (counting: ReturnType<ReturnType<typeof open>>) =>
  (await counting).counts.find((row) => row.billingType === 'AllDevicesMetric')?.quantity;

beforeEach(async () => {
  clock = Date.parse('2026-11-30T01:15:00Z');
  waits = [];
  simulator = await startDattoRmmSimulator({ account: ACCOUNT, now: () => clock });
});
afterEach(() => simulator.close());

describe('signing in', () => {
  it('takes one token for many counts', async () => {
    const count = open();
    await count();
    await count();
    expect(simulator.requests).toHaveLength(2 * WHOLE - 1);
  });

  it('takes a new token before the old one ends', async () => {
    const count = open();
    await count();
    clock += 360_000_000 - 60_000;
    expect(await total(count())).toBe(600);
    expect(simulator.requests.filter((request) => request.status === 401)).toEqual([]);
    expect(simulator.tokens.size).toBe(2);
  });

  it('takes a new token once when one is refused before its time', async () => {
    const count = open();
    await count();
    simulator.tokens.clear();
    expect(await total(count())).toBe(600);
    expect(simulator.requests.filter((request) => request.status === 401)).toHaveLength(1);
  });

  it('gives up when a fresh token is refused too', async () => {
    simulator.setFaults({ unauthorized: 'always' });
    await expect(open()()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/DATTO_RMM_API_KEY and DATTO_RMM_API_SECRET/),
    });
    expect(simulator.requests).toHaveLength(4);
  });

  it('says so when the key is wrong, asks once and shows no secret', async () => {
    const settings = { apiUrl: simulator.url, apiKey: 'WRONG-KEY', apiSecret: 'WRONG-SECRET' };
    const error = await dattoRmmSource(settings, deps())
      .count({ signal: new AbortController().signal })
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'source-refused' });
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('WRONG-');
    expect(simulator.requests).toHaveLength(1);
  });
});

describe('limits', () => {
  it('waits as long as Retry-After asks', async () => {
    simulator.setFaults({ throttle: { times: 2, retryAfterSeconds: 7 } });
    expect(await total(open()())).toBe(600);
    expect(waits).toEqual([7_000, 7_000]);
  });

  it('waits longer each time where it asks for nothing', async () => {
    simulator.setFaults({ throttle: { times: 3, retryAfterSeconds: null } });
    expect(await total(open()())).toBe(600);
    expect(waits).toEqual([5_000, 10_000, 20_000]);
  });

  it('gives up when throttled without end', async () => {
    simulator.setFaults({ throttle: { times: 100, retryAfterSeconds: null } });
    await expect(open()()).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/few minutes/),
    });
    expect(waits).toHaveLength(4);
  });

  it('stops at a block after 429 and stays away for five minutes', async () => {
    const count = open();
    simulator.setFaults({ throttle: { times: 1, retryAfterSeconds: null } });
    const blocking = count((n) => n === 3 && simulator.setFaults({ blocked: true }));
    const message = expect.stringMatching(/blocked this address for 5 minutes/);
    await expect(blocking).rejects.toMatchObject({ code: 'source-refused', message });
    simulator.clearFaults();

    const before = simulator.requests.length;
    clock += 299_000;
    await expect(count()).rejects.toMatchObject({ code: 'source-refused', message });
    expect(simulator.requests).toHaveLength(before);
    clock += 2_000;
    expect(await total(count())).toBe(600);
  });

  it('tells missing rights from a block, and asks once', async () => {
    simulator.setFaults({ blocked: true });
    await expect(open()()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/see all sites and devices.*blocked for 5 minutes/),
    });
    expect(simulator.requests).toHaveLength(2);
  });
});

describe('outages', () => {
  it('asks again after a failure that passes', async () => {
    simulator.setFaults({ failure: { status: 502, times: 3, html: true } });
    expect(await total(open()())).toBe(600);
    expect(waits).toEqual([1_000, 2_000, 4_000]);
  });

  it('gives up on one that lasts', async () => {
    simulator.setFaults({ failure: { status: 500, times: null, html: false } });
    await expect(open()()).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/account\/sites, page 1 \(HTTP 500, 4 attempts\)/),
    });
  });

  it('gives up on answers that never come', async () => {
    simulator.setFaults({ slowMs: 200 });
    await expect(open({ timeoutMs: 20 })()).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/did not answer within 0\.02 seconds/),
    });
  });

  it('names the host when nobody is there', async () => {
    const { apiKey, apiSecret, url } = await startDattoRmmSimulator().then(async (other) => {
      await other.close();
      return other;
    });
    const source = dattoRmmSource({ apiUrl: url, apiKey, apiSecret }, deps());
    await expect(source.count({ signal: new AbortController().signal })).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/127\.0\.0\.1:\d+ could not be reached \(ECONNREFUSED\)/),
    });
  });

  it('does not follow a redirect with the token', async () => {
    simulator.setFaults({ failure: { status: 302, times: null, html: true } });
    await expect(open()()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/HTTP 302.*DATTO_RMM_API_URL/),
    });
  });
});

describe('pages that cannot be counted', () => {
  it.each<[string, Partial<Faults>, RegExp]>([
    ['a cut page', { brokenPage: 1 }, /account\/devices, page 2 .*JSON is cut/],
    [
      'a web page',
      { failure: { status: 200, times: null, html: true } },
      /account\/sites, page 1 .*web page/,
    ],
    [
      'a renamed device class',
      { changedField: 'deviceClass' },
      /devices, page 1 .*devices\[0\]\.deviceClass/,
    ],
    ['a renamed device type', { changedField: 'deviceType' }, /devices\[0\]\.deviceType/],
    ['a renamed site uid', { changedField: 'siteUid' }, /devices\[0\]\.siteUid/],
    ['a page without details', { changedField: 'pageDetails' }, /sites, page 1 .*pageDetails/],
    ['a page without a total', { changedField: 'totalCount' }, /pageDetails\.totalCount/],
    ['a next page elsewhere', { foreignNextPage: 'http://evil.example' }, /page 1 .*another server/],
    ['a next page that is this one', { repeatNextPage: true }, /page 1 .*already read/],
    [
      'a list with rows missing',
      { totalCountOff: 1 },
      /account\/sites .*totalCount says 2, its pages hold 1/,
    ],
  ])('%s', async (_, fault, message) => {
    simulator.setFaults(fault);
    await expect(open()()).rejects.toMatchObject({
      code: 'source-malformed',
      message: expect.stringMatching(message),
    });
  });

  it('keeps the token from another server', async () => {
    const other = await startDattoRmmSimulator();
    simulator.setFaults({ foreignNextPage: other.url });
    await expect(open()()).rejects.toMatchObject({ code: 'source-malformed' });
    expect(other.requests).toEqual([]);
    await other.close();
  });

  it('counts a device once that comes on two pages', async () => {
    simulator.setFaults({ duplicateAcrossPages: true });
    expect(await total(open()())).toBe(600);
  });

  it('reads the list again when it changed in between', async () => {
    const counting = open()((n) => n === WHOLE && simulator.world.addDevices('s1', 'Laptop', 200));
    expect(await total(counting)).toBe(800);
    expect(simulator.requests).toHaveLength(WHOLE + 1);
    simulator.requests.length = 0;

    const shrinking = open()((n) => n === 4 && simulator.world.removeDevices('s1', 'Desktop', 600));
    expect(await total(shrinking)).toBe(200);
  });
});

describe('devices that are not billable', () => {
  it('are those of a filter', async () => {
    const answer = await open({}, { filterId: 77 })();
    expect(answer.devices.map((device) => device.name)).not.toContain('PC-0');
    expect(answer.devices).toHaveLength(598);
  });

  it('are refused of a filter there is not', async () => {
    await expect(open({}, { filterId: 78 })()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/filter 78/),
    });
  });

  it('are those with a value in a user-defined field', async () => {
    simulator.world.addSite({
      uid: 's2',
      name: 'Two',
      devices: [
        { hostname: 'A', category: 'Server', udf: { udf7: '_NotBillable_' } },
        { hostname: 'B', category: 'Server', udf: { udf8: '_NotBillable_' } },
        { hostname: 'C', category: 'Server', udf: { udf7: 'free' } },
      ],
    });
    const names = async (notBillable: NotBillable) =>
      (await open({}, notBillable)()).devices
        .map((device) => device.name)
        .filter((name) => name.length === 1);
    expect(await names({ udf: 7 })).toEqual(['B', 'C']);
    expect(await names({ udf: 7, value: 'free' })).toEqual(['A', 'B']);
  });

  it('cannot be told where the vendor no longer sends user-defined fields', async () => {
    simulator.setFaults({ changedField: 'udf' });
    expect(await total(open()())).toBe(600);
    await expect(open({}, { udf: 7 })()).rejects.toMatchObject({
      code: 'source-malformed',
      message: expect.stringMatching(/devices\[0\]\.udf/),
    });
  });
});
