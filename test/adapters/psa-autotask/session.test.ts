import { beforeEach, describe, expect, it } from 'vitest';
import { apiRoot } from '../../../src/adapters/psa-autotask/settings.ts';
import { isoDate } from '../../../src/domain/calendar.ts';
import { call, errors, FakeAutotask, type FakeRequest, json, page } from './fake-autotask.ts';

let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const from = isoDate('2026-11-01');
const readUnits = (psa = autotask.psa(), onRequest = () => {}) =>
  psa.remote.readUnits({ from }, call({ onRequest }));
const isQuery = ({ path }: FakeRequest) => path.includes('query');
const queries = () => autotask.requests.filter(isQuery);

describe('the zone', () => {
  it.each([
    [undefined, 'https://webservices.autotask.net/ATServicesRest/'],
    ['https://webservices.autotask.net', 'https://webservices.autotask.net/ATServicesRest/'],
    ['http://127.0.0.1:4010/', 'http://127.0.0.1:4010/ATServicesRest/'],
    ['http://127.0.0.1:4010/ATServicesRest', 'http://127.0.0.1:4010/ATServicesRest/'],
    ['http://127.0.0.1:4010/atservicesrest/v1.0/', 'http://127.0.0.1:4010/ATServicesRest/'],
    ['http://proxy.example/autotask/ATServicesRest/', 'http://proxy.example/autotask/ATServicesRest/'],
  ])('of AUTOTASK_API_URL %s is asked for at %s', (given, root) => expect(apiRoot(given).href).toBe(root));

  it('refuses what is no web address', () => {
    expect(() => apiRoot('webservices5')).toThrow('AUTOTASK_API_URL is not a web address');
  });

  it('is looked up once, by the name of the user', async () => {
    const psa = autotask.psa();
    await Promise.all([readUnits(psa), readUnits(psa)]);
    await readUnits(psa);
    const lookUps = autotask.requests.filter(({ path }) => path === 'zoneInformation');
    expect(lookUps.map(({ url }) => url.href)).toEqual([
      'https://webservices.autotask.net/ATServicesRest/V1.0/zoneInformation?user=api%40msp.example',
    ]);
    expect(queries()[0]?.url.origin).toBe('http://webservices5.example');
  });

  it('is looked up again after a 401: the database may have moved', async () => {
    const psa = autotask.psa();
    await readUnits(psa);
    autotask.zone = 'http://webservices9.example/ATServicesRest/';
    autotask.answer = ({ url }) =>
      url.host === 'webservices5.example' ? new Response('', { status: 401 }) : undefined;
    await readUnits(psa);
    expect(queries().map(({ url }) => url.host)).toEqual([
      'webservices5.example',
      'webservices5.example',
      'webservices9.example',
    ]);
  });

  it('is not changed in the middle of a list', async () => {
    autotask.answer = (request) => {
      if (!isQuery(request)) return undefined;
      if (request.path.endsWith('/query')) return page([unit(1)], `${autotask.zone}V1.0/x/query/next`);
      autotask.zone = 'http://webservices9.example/ATServicesRest/';
      return new Response('', { status: 401 });
    };
    await expect(readUnits()).rejects.toMatchObject({ message: expect.stringContaining('another zone') });
  });

  it('that is not known for the user says which setting to check', async () => {
    autotask.answer = () => errors(500, 'No zone for this user.');
    await expect(readUnits()).rejects.toMatchObject({
      code: 'psa-refused',
      message: expect.stringContaining('AUTOTASK_USERNAME'),
    });
    expect(autotask.requests).toHaveLength(1);
  });
});

const unit = (id: number) => ({
  id,
  contractID: 1,
  serviceID: 5,
  contractServiceID: 10,
  startDate: '2026-11-01T00:00:00Z',
  endDate: '2026-11-30T00:00:00Z',
  units: 1,
});

describe('credentials', () => {
  it('that stay refused are left alone for longer each time', async () => {
    autotask.answer = ({ path }) =>
      path === 'zoneInformation' ? undefined : new Response('', { status: 401 });
    const psa = autotask.psa();
    for (let minute = 0; minute < 60; minute++) {
      await readUnits(psa).catch(() => {});
      autotask.nowMs += 60_000;
    }
    // At 0, 1, 3, 7, 15 and 31 minutes, twice each.
    expect(autotask.requests.filter(({ path }) => path !== 'zoneInformation')).toHaveLength(12);
  });

  it('that are refused are tried twice, then left alone for a minute', async () => {
    autotask.answer = ({ path }) =>
      path === 'zoneInformation' ? undefined : new Response('', { status: 401 });
    const psa = autotask.psa();
    const refused = { code: 'psa-refused', message: expect.stringContaining('AUTOTASK_SECRET') };
    await Promise.all(
      [readUnits(psa), readUnits(psa), readUnits(psa)].map((each) =>
        expect(each).rejects.toMatchObject(refused),
      ),
    );
    const authorized = () => autotask.requests.filter(({ path }) => path !== 'zoneInformation').length;
    expect(authorized()).toBe(2);
    await expect(readUnits(psa)).rejects.toMatchObject(refused);
    expect(authorized()).toBe(2);
    autotask.answer = () => undefined;
    autotask.nowMs += 61_000;
    expect(await readUnits(psa)).toEqual([]);
  });

  it.each([
    [401, 'The integration code is not valid.'],
    [500, 'IntegrationCode is invalid.'],
  ])('say by their words when it is the integration code (HTTP %d)', async (status, text) => {
    autotask.answer = ({ path }) => (path === 'zoneInformation' ? undefined : errors(status, text));
    await expect(readUnits()).rejects.toMatchObject({
      code: 'psa-refused',
      message: expect.stringContaining('AUTOTASK_INTEGRATION_CODE against the tracking identifier'),
    });
  });

  it('never show in what goes wrong', async () => {
    autotask.answer = (request) => (isQuery(request) ? errors(500, 'Something else.') : undefined);
    const error = await readUnits().catch((thrown) => thrown);
    expect(JSON.stringify([error.message, error.stack, error.cause ?? null])).not.toMatch(/s3cret|CODE"/);
  });
});

describe('answers', () => {
  /** @returns how often the query was asked */
  async function asked(answers: readonly (() => Response | Promise<Response>)[]): Promise<[number, unknown]> {
    const left = [...answers];
    autotask.answer = (request) => (isQuery(request) ? left.shift()?.() : undefined);
    const outcome = await readUnits().catch((error) => error.message);
    return [queries().length, outcome];
  }
  const html = (status: number) => new Response('<html>Runtime Error</html>', { status });

  it.each<[string, () => Response | Promise<Response>]>([
    ['a web page with 500', () => html(500)],
    ['an empty 503', () => new Response('', { status: 503 })],
    ['JSON that is cut off', () => json('{"items":[{"id":1')],
    ['a web page with 200', () => html(200)],
    ['a broken connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['429 without words', () => new Response('', { status: 429 })],
    ['a fourth thread, as 429', () => errors(429, 'thread threshold of 3 exceeded. Itgenatr005')],
    ['a fourth thread, as 500', () => errors(500, 'thread threshold of 3 exceeded. Itgenatr005')],
  ])('of %s are waited out', async (_what, answer) => {
    expect(await asked([answer])).toEqual([2, []]);
    expect(autotask.waits.length).toBeGreaterThan(0);
  });

  it('with words mean what they say, and are not asked for again', async () => {
    expect(
      await asked([() => errors(500, "Invalid query  syntax.\nQueries are limited to 500 'OR' conditions.")]),
    ).toEqual([
      1,
      "Autotask refused ContractServiceUnits, page 1: Invalid query syntax. Queries are limited to 500 'OR' conditions.",
    ]);
  });

  it.each<[string, () => Response, string]>([
    ['outages', () => html(500), 'failed on ContractServiceUnits, page 1 (HTTP 500, 4 attempts)'],
    ['cut pages', () => json('{"items":['), 'the JSON is cut or broken'],
    ['threads', () => errors(500, 'Itgenatr005'), 'too many calls run at once'],
  ])('that stay %s end in a sentence', async (_what, answer, words) => {
    expect(await asked(Array.from({ length: 9 }, () => answer))).toEqual([
      expect.any(Number),
      expect.stringContaining(words),
    ]);
  });

  it.each([
    [() => new Response('', { status: 403 })],
    [() => errors(500, 'The logged in Resource does not have the adequate permissions to query.')],
  ])('without the right name what is forbidden', async (answer) => {
    expect(await asked([answer])).toEqual([
      1,
      expect.stringContaining('forbids the API user to read ContractServiceUnits'),
    ]);
  });
});

describe('the hour’s budget', () => {
  it('is asked for before the first call, and counts in what a caller is told', async () => {
    let calls = 0;
    await readUnits(autotask.psa(), () => {
      calls++;
    });
    expect(autotask.paths()).toEqual([
      'zoneInformation',
      'ThresholdInformation',
      'ContractServiceUnits/query',
    ]);
    expect(calls).toBe(3);
  });

  it('stops icb at 95 %, and lets it go on once others have calmed down', async () => {
    autotask.threshold.currentTimeframeRequestCount = 9_500;
    const psa = autotask.psa();
    await expect(readUnits(psa)).rejects.toMatchObject({
      code: 'psa-unavailable',
      message: expect.stringContaining('goes on by itself after 01:20 UTC'),
    });
    expect(psa.remote.budget()).toMatchObject({
      used: 9_500,
      limit: 10_000,
      stoppedUntil: Temporal.Instant.from('2026-11-26T01:20:00Z'),
    });
    autotask.requests.length = 0;
    await expect(readUnits(psa)).rejects.toMatchObject({ code: 'psa-unavailable' });
    expect(autotask.requests).toEqual([]);
    autotask.nowMs += 5 * 60_000;
    autotask.threshold.currentTimeframeRequestCount = 4_000;
    expect(await readUnits(psa)).toEqual([]);
    expect(psa.remote.budget()).toEqual({ used: 4_001, limit: 10_000 });
  });

  it('slows icb down at 75 %', async () => {
    autotask.threshold.currentTimeframeRequestCount = 7_600;
    const psa = autotask.psa();
    for (let i = 0; i < 3; i++) await readUnits(psa);
    expect(autotask.waits).toEqual([500, 500]);
  });

  it('that Autotask calls used up is kept away from for as long as it asks', async () => {
    autotask.answer = (request) =>
      isQuery(request) ? json({ errors: ['Threshold.'] }, 429, { 'retry-after': '600' }) : undefined;
    const psa = autotask.psa();
    await expect(readUnits(psa)).rejects.toMatchObject({
      message: expect.stringContaining('after 01:25 UTC'),
    });
    await expect(readUnits(psa)).rejects.toMatchObject({
      message: expect.stringContaining('after 01:25 UTC'),
    });
    expect(queries()).toHaveLength(1);
  });
});
