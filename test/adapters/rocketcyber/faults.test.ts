import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Faults } from '../../../src/simulators/rocketcyber/faults.ts';
import { cyberAccount, openRocketCyber } from './open-rocketcyber.ts';

let cyber: Awaited<ReturnType<typeof openRocketCyber>>;
const agents = async () => (await cyber.count()).counts.find((one) => one.billingType === 'Agents')?.quantity;

beforeEach(async () => {
  cyber = await openRocketCyber({
    accounts: [cyberAccount(1, 'One', [1_200, 1, 30]), cyberAccount(2, 'Two', [0, 0, 5])],
  });
});
afterEach(() => cyber.simulator.close());

describe('the path of accounts', () => {
  it('is found once and remembered, whichever it is', async () => {
    cyber.simulator.setFaults({ accountPath: 'accounts' });
    await cyber.count();
    await cyber.count();
    expect(cyber.paths().filter((path) => path.startsWith('account'))).toEqual([
      'account',
      'accounts',
      'accounts',
      'accounts',
    ]);
  });

  it('is refused where neither is known', async () => {
    cyber.simulator.setFaults({ failure: { status: 404, times: null, html: false } });
    await expect(cyber.count()).rejects.toMatchObject({
      code: 'source-refused',
      message: expect.stringMatching(/refused accounts \(HTTP 404\): check that ROCKETCYBER_API_URL/),
    });
    expect(cyber.paths()).toEqual(['account', 'accounts']);
  });

  it('is looked for again after a failure that was none of its own', async () => {
    cyber.simulator.setFaults({ unauthorized: 'once' });
    await expect(cyber.count()).rejects.toMatchObject({ code: 'source-refused' });
    expect(await agents()).toBe(1_200);
  });
});

describe('a page that cannot be counted', () => {
  it.each<[string, Partial<Faults>, RegExp]>([
    ['a total that does not come out', { totalCountOff: 1 }, /account .*totalCount says 3, its pages hold 2/],
    ['a total that is too small', { totalCountOff: -1 }, /totalCount says 1, its pages hold 2/],
    [
      'a page count that does not come out',
      { dataCountOff: 1 },
      /page 1 .*dataCount says 2, the page holds 1|dataCount says 3, the page holds 2/,
    ],
    ['pages kept back', { onePage: true }, /agents .*totalCount says 1200, its pages hold 500/],
    ['another page than asked for', { wrongPage: true }, /page 1 .*page 2 came instead/],
    ['a cut page', { brokenPage: 2 }, /agents, page 2 .*JSON is cut/],
    ['a web page', { failure: { status: 200, times: null, html: true } }, /web page/],
    ['no rows', { changedField: 'data' }, /data is missing or wrong/],
    [
      'rows without an account',
      { changedField: 'customerId' },
      /agents, page 1 .*data\[0\].*accountId and customerId/,
    ],
    [
      'users under another name',
      { changedField: 'monitoredAccounts' },
      /office of account 1 .*monitoredAccounts\.total/,
    ],
  ])('%s', async (_, fault, message) => {
    // Found beforehand: the question for the path is not a page.
    await cyber.count();
    cyber.simulator.setFaults(fault);
    await expect(cyber.count()).rejects.toMatchObject({
      code: 'source-malformed',
      message: expect.stringMatching(message),
    });
  });

  it('is no row that comes twice, nor a list that changed in between', async () => {
    cyber.simulator.setFaults({ duplicateAcrossPages: true });
    expect(await agents()).toBe(1_200);
    cyber.simulator.clearFaults();
    let requests = 0;
    const answer = await cyber.source.count({
      signal: new AbortController().signal,
      onRequest: () => ++requests === 3 && cyber.simulator.world.change(1, 'agent', -900),
    });
    expect(answer.counts[0]).toMatchObject({ billingType: 'Agents', quantity: 300 });
  });
});

describe('limits and outages', () => {
  it('waits as asked at 429', async () => {
    cyber.simulator.setFaults({ throttle: { times: 1, retryAfterSeconds: 3 } });
    expect(await agents()).toBe(1_200);
    expect(cyber.waits).toEqual([3_000]);
  });

  it.each<[number, string, RegExp]>([
    [429, 'source-unavailable', /too many requests.*few minutes/],
    [504, 'source-unavailable', /RocketCyber failed on account \(HTTP 504, 4 attempts\)/],
    [401, 'source-refused', /check ROCKETCYBER_API_KEY.*Provider Settings.*region/],
    [403, 'source-refused', /forbids icb to read account: use the provider’s key/],
  ])('gives up on %i with what to do', async (status, code, message) => {
    cyber.simulator.setFaults({ failure: { status, times: null, html: false } });
    await expect(cyber.count()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
