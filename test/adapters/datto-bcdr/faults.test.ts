import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDattoApi } from '../../../src/adapters/usage/datto-api/datto-api.ts';
import type { DeviceChoice } from '../../../src/adapters/usage/datto-bcdr/client.ts';
import { dattoBcdrSource } from '../../../src/adapters/usage/datto-bcdr/usage-source.ts';
import { client, type SimBackupDevice } from '../../../src/simulators/datto-backup/account.ts';
import type { Faults } from '../../../src/simulators/datto-backup/faults.ts';
import { countOnce, openDatto } from '../datto-api/open-datto.ts';

const devices = (count: number, more: Partial<SimBackupDevice> = {}): SimBackupDevice[] =>
  Array.from({ length: count }, (_, i) => ({ name: `S-${i}`, agents: 1, shares: 0, offsite: null, ...more }));

/** Three pages. */
const ACCOUNT = { name: 'Faulty MSP', clients: [client(1, 'One', { devices: devices(250) })] };

let datto: Awaited<ReturnType<typeof openDatto>>;
const count = (choice?: DeviceChoice) => countOnce(dattoBcdrSource(datto.api, choice));
const total = async (choice?: DeviceChoice) => (await count(choice)).devices.length;

beforeEach(async () => {
  datto = await openDatto(ACCOUNT);
});
afterEach(() => datto.simulator.close());

describe('lists', () => {
  it.each<[string, Partial<Faults>]>([
    ['as objects with numbers for keys', { objectKeyed: true }],
    ['whose count is of the page', { countOfPage: true }],
    ['with a row on two pages', { duplicateAcrossPages: true, countOff: 0 }],
    ['as objects whose count is of the page', { objectKeyed: true, countOfPage: true }],
  ])('%s are whole', async (_, fault) => {
    datto.simulator.setFaults(fault);
    expect(await total()).toBe(250);
    expect(datto.simulator.requests).toHaveLength(3);
  });

  it('are read again when they changed in between', async () => {
    let requests = 0;
    const source = dattoBcdrSource(datto.api);
    const onRequest = () => {
      if (++requests === 3) datto.simulator.world.change(1, 'appliance', -120);
    };
    const answer = await source.count({ signal: new AbortController().signal, onRequest });
    expect(answer.devices).toHaveLength(130);
  });

  it.each<[string, Partial<Faults>, RegExp]>([
    ['a total that does not come out', { countOff: 1 }, /bcdr\/device .*says 251, its pages hold 250/],
    ['a page short of rows', { countOfPage: true, countOff: -1 }, /its pages hold 250/],
    ['another page than asked for', { wrongPage: true }, /page 1 .*page 2 came instead/],
    ['a cut page', { brokenPage: 2 }, /page 2 .*JSON is cut/],
    ['a web page', { failure: { status: 200, times: null, html: true } }, /page 1 .*web page/],
    ['a renamed serial number', { changedField: 'serialNumber' }, /items\[0\]\.serialNumber/],
    ['a renamed client', { changedField: 'clientCompanyName' }, /items\[0\]\.clientCompanyName/],
    ['a renamed agent count', { changedField: 'agentCount' }, /items\[0\]\.agentCount/],
    ['no pagination', { changedField: 'pagination' }, /pagination/],
  ])('with %s are malformed, never a smaller count', async (_, fault, message) => {
    datto.simulator.setFaults(fault);
    await expect(count()).rejects.toMatchObject({
      code: 'source-malformed',
      message: expect.stringMatching(message),
    });
  });
});

describe('limits and outages', () => {
  it('waits as asked at 429, and longer each time where nothing is asked', async () => {
    datto.simulator.setFaults({ throttle: { times: 1, retryAfterSeconds: 9 } });
    expect(await total()).toBe(250);
    datto.simulator.setFaults({ throttle: { times: 2, retryAfterSeconds: null } });
    expect(await total()).toBe(250);
    expect(datto.waits).toEqual([9_000, 5_000, 10_000]);
  });

  it('asks again at 504, and gives up when it lasts', async () => {
    datto.simulator.setFaults({ failure: { status: 504, times: 2, html: true } });
    expect(await total()).toBe(250);
    datto.simulator.setFaults({ failure: { status: 504, times: null, html: true } });
    await expect(count()).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/Datto BCDR failed on bcdr\/device, page 1 \(HTTP 504, 4 attempts\)/),
    });
  });

  it.each<[number, RegExp]>([
    [401, /Datto BCDR refused the API key: check DATTO_BCDR_API_KEY.*DATTO_BCDR_API_SECRET.*Partner Portal/],
    [403, /forbids icb to read bcdr\/device, page 1: let the API key read the backup devices/],
    [404, /HTTP 404.*DATTO_BCDR_API_URL is https:\/\/api\.datto\.com/],
    [302, /HTTP 302/],
  ])('is refused by %i with what to do, and asks once', async (status, message) => {
    datto.simulator.setFaults({ failure: { status, times: null, html: false } });
    await expect(count()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(message),
    });
    expect(datto.simulator.requests).toHaveLength(1);
  });

  it('shows no key in any error', async () => {
    const keys = { apiUrl: datto.simulator.url, apiKey: 'WRONG-KEY', apiSecret: 'WRONG-SECRET' };
    const error = await countOnce(dattoBcdrSource(openDattoApi(keys, 'DATTO_BCDR'))).catch((e: Error) => e);
    expect(error).toMatchObject({ code: 'source-refused' });
    expect(JSON.stringify(error) + (error as Error).stack).not.toContain('WRONG-');
  });

  it.each(['', '/', '/v1', '/v1/'])('forgives %j behind the address', async (ending) => {
    const { url, apiKey, apiSecret } = datto.simulator;
    const api = openDattoApi({ apiUrl: url + ending, apiKey, apiSecret }, 'DATTO_BCDR');
    expect((await countOnce(dattoBcdrSource(api))).devices).toHaveLength(250);
  });
});

describe('which appliances', () => {
  beforeEach(() => {
    datto.simulator.world.setAccount({
      name: 'Choosy MSP',
      clients: [
        client(1, 'Smith', { devices: [...devices(2), ...devices(1, { hidden: true })] }),
        client(2, 'Smith', { devices: devices(4, { childReseller: 'Lower IT' }) }),
      ],
    });
  });

  it('are those shown in the portal, of this reseller alone', async () => {
    expect(await total()).toBe(2);
  });

  it('are hidden ones too when asked for', async () => {
    expect(await total({ hiddenDevices: true })).toBe(3);
  });

  it('are those of resellers below, whose clients are told apart', async () => {
    const answer = await count({ childResellers: true });
    expect(answer.organizations).toEqual([
      { externalId: 'northwind it/smith', name: 'Smith (Northwind IT)' },
      { externalId: 'lower it/smith', name: 'Smith (Lower IT)' },
    ]);
  });
});
