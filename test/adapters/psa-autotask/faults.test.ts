import { afterEach, describe, expect, it } from 'vitest';
import { addDays, type IsoInstant, isoDate } from '../../../src/domain/calendar.ts';
import { ContractId, ContractServiceId } from '../../../src/domain/ids.ts';
import type { UnitAdjustment } from '../../../src/ports/psa.ts';
import type { FaultChange } from '../../../src/simulators/autotask/faults.ts';
import { adapterOf, type Simulated, simulate, TODAY } from './simulated.ts';

let open: Simulated | undefined;
const start = async (...how: Parameters<typeof simulate>) => {
  open = await simulate(...how);
  return open;
};
afterEach(async () => {
  await open?.simulator.close();
  open = undefined;
});

const today = isoDate(TODAY);
const call = () => ({ signal: new AbortController().signal });
const since = '2026-01-01T00:00:00.000Z' as IsoInstant;

const adjustment = (change: Partial<UnitAdjustment> = {}): UnitAdjustment => ({
  contractId: ContractId.parse('900'),
  contractServiceId: ContractServiceId.parse('800'),
  effectiveDate: today,
  change: 4,
  ...change,
});

const unitsIn = async ({ psa }: Simulated): Promise<number | undefined> => {
  const { contractServices } = await psa.remote.readBook({ today }, call());
  return contractServices.find(({ id }) => id === '800')?.units;
};

describe('reading', () => {
  it.each<[string, FaultChange]>([
    ['one web page with 500', { webPage: { times: 1, entity: 'Contracts' } }],
    ['one web page with 503', { webPage: { times: 1, status: 503 } }],
    ['one empty answer', { emptyAnswer: { times: 1, entity: 'ContractServices' } }],
    ['JSON cut in half once', { brokenJson: { times: 1, entity: 'Companies' } }],
    ['a thread too many', { threads: { times: 2, entity: 'Services' } }],
    ['a thread too many, as 500', { threadStatus: 500, threads: { times: 2, entity: 'Services' } }],
    ['a late answer', { slow: { ms: 5, entity: 'Companies' } }],
    ['one 401', { unauthorized: { times: 1 } }],
    ['a zone that moved', { zoneMoved: true }],
    ['rows that come twice', { duplicateRow: {} }],
    ['a zone look-up that fails once', { webPage: { times: 1, entity: 'ZoneInformation' } }],
  ])('gets over %s', async (_what, fault) => {
    const { simulator, psa } = await start();
    simulator.setFaults(fault);
    const book = await psa.remote.readBook({ today }, call());
    expect(book.contractServices.map(({ id, units }) => [id, units])).toEqual([
      ['800', 10],
      ['801', 7],
      ['802', 3],
    ]);
  });

  it('gets over a zone that moves between two syncs', async () => {
    const { simulator, psa } = await start();
    await psa.remote.readBook({ today }, call());
    simulator.setFaults({ zoneMoved: true });
    expect((await psa.remote.readBook({ today }, call())).contracts).toHaveLength(3);
  });

  it.each<[string, FaultChange, string]>([
    ['a web page for good', { webPage: { entity: 'Contracts' } }, '(HTTP 500, 4 attempts)'],
    ['empty answers for good', { emptyAnswer: { entity: 'Contracts' } }, 'the JSON is cut or broken'],
    ['cut JSON for good', { brokenJson: { entity: 'Contracts' } }, 'the JSON is cut or broken'],
    ['threads for good', { threads: { entity: 'Contracts' } }, 'too many calls run at once'],
    ['a right that was lost', { lostRight: { entity: 'ContractServices' } }, 'forbids the API user to read'],
    ['a secret that was changed', { unauthorized: {} }, 'AUTOTASK_SECRET'],
    [
      'an hour that is used up',
      { throttled: { entity: 'Contracts', retryAfterSeconds: 900 } },
      'hourly budget',
    ],
    [
      'a zone look-up that fails',
      { webPage: { entity: 'ZoneInformation' } },
      'failed on the look-up of the zone',
    ],
  ])('says what is wrong with %s', async (_what, fault, words) => {
    const { simulator, psa } = await start();
    simulator.setFaults(fault);
    await expect(psa.remote.readBook({ today }, call())).rejects.toMatchObject({
      code: expect.stringMatching(/^psa-(unavailable|refused)$/),
      message: expect.stringContaining(words),
    });
  });

  it('never follows a page to another server', async () => {
    const elsewhere = await simulate();
    const many = Array.from({ length: 501 }, (_, at) => ({ id: at + 1, name: `Company ${at}` }));
    const { simulator, psa } = await start({
      book: { companies: many, contracts: [], services: [], contractServices: [] },
    });
    simulator.setFaults({ foreignNextPage: { origin: elsewhere.simulator.url } });
    await expect(psa.remote.readBook({ today }, call())).rejects.toThrow('another server');
    expect(elsewhere.simulator.requests).toEqual([]);
    await elsewhere.simulator.close();
  });

  it('takes each row once over page borders', async () => {
    const many = Array.from({ length: 1_200 }, (_, at) => ({ id: at + 1, name: `Company ${at}` }));
    const { simulator, psa } = await start({
      book: { companies: many, contracts: [], services: [], contractServices: [] },
    });
    simulator.setFaults({ duplicateRow: {} });
    const { organizations } = await psa.remote.readBook({ today }, call());
    expect(new Set(organizations.map(({ id }) => id)).size).toBe(organizations.length);
    expect(organizations.length).toBeGreaterThanOrEqual(1_200);
  });

  it('stops before the hour of everybody is used up', async () => {
    const { simulator, psa } = await start({ threshold: 100 });
    let problem = '';
    for (let round = 0; problem === '' && round < 30; round++) {
      await psa.remote.readBook({ today }, call()).catch((error) => {
        problem = error.message;
      });
    }
    expect(problem).toContain('hourly budget');
    expect(simulator.requests.length).toBeGreaterThan(90);
    expect(
      simulator.requests.filter(({ entity }) => entity !== 'ZoneInformation').length,
    ).toBeLessThanOrEqual(97);
    expect(simulator.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await psa.adjustUnits([adjustment()])).toMatchObject([
      { kind: 'not-sent', retryAt: expect.anything() },
    ]);
  });

  it('asks a refused user twice at most, however much is to be read', async () => {
    const { simulator, psa } = await start();
    simulator.setFaults({ unauthorized: {} });
    await psa.remote.readBook({ today }, call()).catch(() => {});
    await psa.remote.readPosted({ since }, call()).catch(() => {});
    expect(simulator.requests.filter(({ status }) => status === 401)).toHaveLength(2);
  });
});

describe('adjusting', () => {
  it.each<[string, FaultChange, object, number]>([
    ['an answer that never comes', { timeoutAfterCommit: { how: 'silence' } }, { kind: 'unclear' }, 14],
    [
      'a connection reset after the change',
      { timeoutAfterCommit: { how: 'reset' } },
      { kind: 'unclear' },
      14,
    ],
    ['a connection reset before the change', { resetBeforeCommit: {} }, { kind: 'unclear' }, 10],
    ['a web page', { webPage: { entity: 'ContractServiceAdjustments' } }, { kind: 'unclear' }, 10],
    [
      'a right that was lost',
      { lostRight: { entity: 'ContractServiceAdjustments' } },
      { kind: 'refused', code: 'no-rights' },
      10,
    ],
    ['a thread too many', { threads: { entity: 'ContractServiceAdjustments' } }, { kind: 'not-sent' }, 10],
    [
      'a thread too many, as 500',
      { threadStatus: 500, threads: { entity: 'ContractServiceAdjustments' } },
      { kind: 'not-sent' },
      10,
    ],
    [
      'an hour that is used up',
      { throttled: { entity: 'ContractServiceAdjustments', times: 1 } },
      { kind: 'not-sent', retryAt: expect.anything() },
      10,
    ],
    [
      'an hour that is used up, as 500',
      { thresholdStatus: 500, throttled: { entity: 'ContractServiceAdjustments', times: 1 } },
      { kind: 'not-sent', retryAt: expect.anything() },
      10,
    ],
    ['a secret that was changed', { unauthorized: {} }, { kind: 'not-sent' }, 10],
    ['a zone that moved', { zoneMoved: true }, { kind: 'accepted' }, 14],
    [
      'one 401',
      { unauthorized: { times: 1, entity: 'ContractServiceAdjustments' } },
      { kind: 'accepted' },
      14,
    ],
  ])('with %s', async (_what, fault, outcome, units) => {
    // Only an answer that never comes is worth giving up on.
    const silent = JSON.stringify(fault).includes('silence');
    const started = await start({}, silent ? { timeoutMs: 500 } : {});
    const { simulator, psa } = started;
    await psa.remote.readUnits({ from: today }, call());
    simulator.setFaults(fault);
    const before = simulator.adjustments.length;
    expect(await psa.adjustUnits([adjustment()])).toMatchObject([outcome]);
    expect(simulator.adjustments.length - before).toBe(units === 14 ? 1 : 0);
    simulator.clearFaults();
    if ('zoneMoved' in fault) simulator.setFaults({ zoneMoved: true });
    if ('unauthorized' in fault || 'throttled' in fault) return;
    expect(await unitsIn(started)).toBe(units);
  });

  it('refuses a day in a posted period', async () => {
    const { simulator, psa } = await start();
    simulator.approveAndPost(TODAY);
    expect(await psa.adjustUnits([adjustment()])).toMatchObject([{ kind: 'refused', code: 'period-posted' }]);
  });

  it('refuses a contract that is inactive', async () => {
    const book = {
      companies: [{ id: 1, name: 'Daily Mail' }],
      contracts: [
        {
          id: 900,
          companyId: 1,
          name: 'Off',
          status: 'Inactive',
          startDate: '2026-09-01',
          endDate: '2027-08-31',
        },
      ],
      services: [{ id: 50, name: 'Desktop Monitoring', unitPrice: 15 }],
      contractServices: [{ id: 800, contractId: 900, serviceId: 50, units: 10 }],
    };
    const { psa } = await start({ book });
    expect(await psa.adjustUnits([adjustment()])).toMatchObject([
      { kind: 'refused', code: 'contract-inactive' },
    ]);
  });

  it('sends a change that is refused once only', async () => {
    const { psa, simulator } = await start();
    const late = adjustment({ effectiveDate: addDays(isoDate('2027-08-31'), 1) });
    expect(await psa.adjustUnits([late])).toMatchObject([{ kind: 'refused', code: 'outside-contract' }]);
    expect(
      simulator.requests.filter(({ method, entity }) => method === 'POST' && /Adjustments$/.test(entity)),
    ).toHaveLength(1);
  });
});

describe('check', () => {
  it.each<[string, FaultChange, object]>([
    ['nothing', {}, { reachable: true, sandbox: false }],
    [
      'a sandbox',
      { sandbox: true },
      { reachable: true, sandbox: true, problem: expect.stringContaining('sandbox') },
    ],
    [
      'a changed secret',
      { unauthorized: {} },
      { reachable: false, problem: expect.stringContaining('AUTOTASK_SECRET') },
    ],
    [
      'a lost right',
      { lostRight: { entity: 'ContractServiceUnits' } },
      { reachable: true, problem: expect.stringContaining('to read ContractServiceUnits') },
    ],
    ['an outage', { webPage: {} }, { reachable: false, problem: expect.stringContaining('HTTP 500') }],
    ['a moved zone', { zoneMoved: true }, { reachable: true, sandbox: false }],
    [
      'an hour that is used up',
      { throttled: { retryAfterSeconds: 600 } },
      { reachable: false, problem: expect.stringContaining('hourly budget') },
    ],
  ])('tells of %s', async (_what, fault, found) => {
    const { simulator, psa } = await start();
    simulator.setFaults(fault);
    expect(await psa.check({ thorough: true })).toMatchObject(found);
    const findings = await psa.remote.inspect(call());
    expect(findings.every(({ ok }) => ok)).toBe(!('problem' in found));
  });

  it('tells of a wrong integration code, whichever status it comes with', async () => {
    const { simulator } = await start();
    for (const wrongCodeStatus of [401, 500] as const) {
      simulator.setFaults({ wrongCodeStatus });
      const { psa } = adapterOf(simulator, { integrationCode: 'WRONG' });
      expect(await psa.check({ thorough: true })).toMatchObject({
        reachable: false,
        problem: expect.stringContaining('AUTOTASK_INTEGRATION_CODE'),
      });
    }
  });

  it('tells of a wrong secret and of an unknown user', async () => {
    const { simulator } = await start();
    const wrong = adapterOf(simulator, { secret: 'WRONG' });
    expect((await wrong.psa.check({ thorough: true })).problem).toContain('AUTOTASK_SECRET');
    const unknown = adapterOf(simulator, { username: 'nobody@msp.example' });
    expect((await unknown.psa.check({ thorough: true })).problem).toContain(
      'AUTOTASK_USERNAME, the user name of an API-only user',
    );
  });

  it('costs nothing while it is fresh', async () => {
    const { simulator, psa } = await start();
    await psa.check({ thorough: true });
    const asked = simulator.requests.length;
    for (let i = 0; i < 20; i++) await psa.check({ thorough: true });
    expect(simulator.requests).toHaveLength(asked);
  });
});
