import { beforeEach, describe, expect, it } from 'vitest';
import { ContractId, OrganizationId } from '../../../src/domain/ids.ts';
import { call, FakeAutotask, json } from './fake-autotask.ts';

let autotask: FakeAutotask;
beforeEach(() => {
  autotask = new FakeAutotask();
});

const clockOff = (minutes: number) => {
  autotask.answer = ({ path }) =>
    path === 'ThresholdInformation'
      ? json(autotask.threshold, 200, { date: new Date(autotask.nowMs + minutes * 60_000).toUTCString() })
      : undefined;
};

describe('check', () => {
  it.each([
    [-1, undefined],
    [1, undefined],
    [5, 'The clock of this machine is 5 minutes behind Autotask’s: set it, best by NTP.'],
    [-5, 'The clock of this machine is 5 minutes ahead of Autotask’s: set it, best by NTP.'],
  ])('compares the clocks: Autotask’s is %d minutes ahead', async (minutes, problem) => {
    clockOff(minutes);
    const found = await autotask.psa().check();
    expect([found.reachable, found.problem]).toEqual([true, problem]);
  });

  it.each(['Sandbox 1', 'Pre-Release', 'Limited Release'])('refuses the zone %s', async (name) => {
    autotask.zoneName = name;
    expect(await autotask.psa().check()).toMatchObject({ reachable: true, sandbox: true });
    expect(autotask.paths()).toEqual(['zoneInformation']);
  });

  it.each([
    ['well', 'America East 3', 15],
    ['wrong', 'Sandbox', 0.5],
  ])('keeps what it found when all was %s', async (_what, zone, minutes) => {
    autotask.zoneName = zone;
    const psa = autotask.psa();
    const found = await psa.check();
    autotask.requests.length = 0;
    autotask.answer = () => json('', 403);
    autotask.nowMs += minutes * 60_000 - 1;
    expect(await psa.check()).toBe(found);
    expect(autotask.requests).toEqual([]);
    autotask.nowMs += 1;
    expect(await psa.check()).not.toBe(found);
  });

  it('costs nothing while the hour is used up', async () => {
    autotask.threshold.currentTimeframeRequestCount = 9_800;
    const psa = autotask.psa();
    expect(await psa.check()).toMatchObject({
      reachable: false,
      problem: expect.stringContaining('01:20 UTC'),
    });
    autotask.requests.length = 0;
    autotask.nowMs += 4 * 60_000;
    expect(await psa.check()).toMatchObject({
      reachable: false,
      problem: expect.stringContaining('01:20 UTC'),
    });
    expect(autotask.requests).toEqual([]);
  });
});

describe('inspect', () => {
  it('says one sentence of each thing that is looked at', async () => {
    expect(await autotask.psa().remote.inspect(call())).toEqual(
      [
        'Autotask’s zone of the API user is America East 3 at webservices5.example.',
        'The database is a live one, no sandbox.',
        'Autotask accepts the API user, the secret and the integration code.',
        'Of Autotask’s 10000 API calls an hour, shared by all your integrations, 10 are used (0 %).',
        'The clocks of icb and Autotask agree.',
        'The API user may read Companies.',
        'The API user may read Contracts.',
        'The API user may read Services.',
        'The API user may read ContractServices.',
        'The API user may read ContractServiceUnits.',
        'The API user may read BillingItems.',
        'The API user may create ContractServiceAdjustments.',
      ].map((text) => ({ ok: true, text })),
    );
  });

  it('goes on past what is wrong, and names each right that is lacking', async () => {
    autotask.threshold.currentTimeframeRequestCount = 8_000;
    autotask.answer = ({ path }) => {
      if (path === 'Services/entityInformation') return json('', 403);
      if (path === 'ContractServiceAdjustments/entityInformation') {
        return json({ info: { canCreate: true, userAccessForCreate: 'None' } });
      }
      return undefined;
    };
    const wrong = (await autotask.psa().remote.inspect(call())).filter(({ ok }) => !ok);
    expect(wrong.map(({ text }) => text)).toEqual([
      expect.stringContaining('8000 are used (80 %): see which integration'),
      expect.stringContaining('forbids the API user to read Services'),
      expect.stringContaining('forbids the API user to create ContractServiceAdjustments'),
    ]);
  });

  it('throws nothing that Autotask does', async () => {
    autotask.answer = () => Promise.reject(new TypeError('fetch failed'));
    expect(await autotask.psa().remote.inspect(call())).toEqual([
      { ok: false, text: expect.stringContaining('could not be reached') },
    ]);
  });
});

it('links to the pages of the zone', async () => {
  const { pages } = autotask.psa().remote;
  const execute = 'https://ww5.example/Autotask/AutotaskExtend/ExecuteCommand.aspx';
  expect(await pages.organization(OrganizationId.parse('174'))).toBe(
    `${execute}?Code=OpenAccount&AccountID=174`,
  );
  expect(await pages.contract(ContractId.parse('900'))).toBe(`${execute}?Code=OpenContract&ContractID=900`);
  expect(await pages.approveAndPost()).toBe('https://ww5.example/');
});
