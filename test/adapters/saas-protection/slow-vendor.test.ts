import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaasDomain, SaasSeat } from '../../../src/adapters/usage/saas-protection/api-types.ts';
import type { Seats } from '../../../src/adapters/usage/saas-protection/client.ts';
import {
  BILLING_TYPES,
  customersOf,
  toUsageAnswer,
} from '../../../src/adapters/usage/saas-protection/mapper.ts';
import { saasProtectionSource } from '../../../src/adapters/usage/saas-protection/usage-source.ts';
import { BUILT_IN } from '../../../src/catalog/catalogue.ts';
import { client, type SimSaasCustomer } from '../../../src/simulators/datto-backup/account.ts';
import type { Faults } from '../../../src/simulators/datto-backup/faults.ts';
import { makeSeat } from '../../../src/simulators/datto-backup/kinds.ts';
import { countOnce, openDatto } from '../datto-api/open-datto.ts';

const STATES = ['Active Seats', 'Paused Seats', 'Archived Seats'];

const customer = (id: number, seats: number, more: Partial<SimSaasCustomer> = {}): SimSaasCustomer => ({
  id,
  name: `Customer ${id}`,
  domains: [`c${id}.example`],
  seats: Array.from({ length: seats }, (_, i) => makeSeat(`c${id}.example`, 'Active', i, 1)),
  ...more,
});
const ACCOUNT = {
  name: 'Slow MSP',
  clients: [client(1, 'Group', { saas: [customer(1, 3), customer(2, 40)] })],
};

let datto: Awaited<ReturnType<typeof openDatto>>;
const count = (timeoutMs?: number) =>
  countOnce(saasProtectionSource(datto.api, timeoutMs === undefined ? {} : { timeoutMs }));
const billable = async (counting = count()) =>
  Object.fromEntries(
    (await counting).counts
      .filter((one) => one.billingType === 'Billable Seats')
      .map((one) => [one.externalId, one.quantity]),
  );

beforeEach(async () => {
  datto = await openDatto(ACCOUNT, 'SAAS_PROTECTION');
});
afterEach(() => datto.simulator.close());

describe('a customer too large for the seats list', () => {
  it('is billed by its domain’s total, asked once; its states are unknown and it says so', async () => {
    datto.simulator.setFaults({ seatsAtMost: 20 });
    const answer = await count();
    expect(await billable(Promise.resolve(answer))).toEqual({ 1: 3, 2: 40 });
    expect(answer.unknown).toEqual(STATES.map((billingType) => ({ externalId: '2', billingType })));
    expect(answer.untold).toEqual([
      { externalId: '2', because: expect.stringMatching(/the 40 seats its domain reports as used/) },
    ]);
    expect(answer.devices.every((device) => device.externalId === '1')).toBe(true);
    expect(datto.simulator.requests).toHaveLength(3);
    expect(datto.waits).toEqual([]);
  });

  it('is the same where nobody answers in time', async () => {
    datto.simulator.setFaults({ slowSeatsMs: 2_000 });
    expect(await billable(count(500))).toEqual({ 1: 3, 2: 40 });
  });

  it.each<[string, Partial<SimSaasCustomer>]>([
    ['of several domains', { domains: ['a.example', 'b.example'] }],
    ['whose domain tells no total', { seatsUsed: null }],
  ])('%s is not known at all', async (_, more) => {
    datto.simulator.world.setAccount({
      ...ACCOUNT,
      clients: [client(1, 'Group', { saas: [customer(2, 40, more)] })],
    });
    datto.simulator.setFaults({ seatsAtMost: 20 });
    const { counts, unknown, untold } = await count();
    expect(counts).toEqual([]);
    expect(unknown?.map((one) => one.billingType)).toEqual(BILLING_TYPES);
    expect(untold?.[0]?.because).toMatch(/their number is not known/);
  });
});

describe('slowness', () => {
  it('is waited for in domains and seats, each attempt by its own patience', async () => {
    datto.simulator.setFaults({ slowDomainsMs: 30, slowSeatsMs: 30 });
    expect(await billable()).toEqual({ 1: 3, 2: 40 });
  });

  it('gives up on domains that never come, and names how long it waited', async () => {
    datto.simulator.setFaults({ slowDomainsMs: 300 });
    await expect(count(20)).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringMatching(/SaaS Protection at 127.* did not answer within 0\.02 seconds/),
    });
  });

  it('tells whoever stopped it that the night has more time', async () => {
    const stop = new AbortController();
    const counting = saasProtectionSource(datto.api).count({
      signal: stop.signal,
      onRequest: () => stop.abort(),
    });
    await expect(counting).rejects.toMatchObject({
      message: expect.stringMatching(
        /60 seconds in all; wait for the nightly sync, which gives it 15 minutes/,
      ),
    });
  });

  it('asks no further customers once one has failed', async () => {
    datto.simulator.world.setAccount({
      ...ACCOUNT,
      clients: [client(1, 'Group', { saas: Array.from({ length: 30 }, (_, i) => customer(i + 1, 1)) })],
    });
    const source = saasProtectionSource(datto.api);
    let requests = 0;
    const onRequest = () => {
      if (++requests === 2) datto.simulator.setFaults({ unauthorized: 'always' });
    };
    await expect(source.count({ signal: new AbortController().signal, onRequest })).rejects.toMatchObject({
      code: 'source-refused',
    });
    expect(requests).toBeLessThan(12);
  });
});

describe('lists', () => {
  it('come as objects with numbers for keys', async () => {
    datto.simulator.setFaults({ objectKeyed: true });
    expect(await billable()).toEqual({ 1: 3, 2: 40 });
  });

  it.each<[string, Partial<Faults>, RegExp]>([
    ['a renamed customer', { changedField: 'saasCustomerId' }, /saas\/domains .*\[0\]\.saasCustomerId/],
    ['a renamed total', { changedField: 'seatsUsed' }, /saas\/domains .*seatsUsed/],
    ['seats that do not say whether they bill', { changedField: 'billable' }, /saas\/\d\/seats .*\.billable/],
    ['seats without a state', { changedField: 'seatState' }, /seatState/],
    ['a cut list', { brokenPage: 1 }, /saas\/domains .*JSON is cut/],
  ])('with %s are malformed', async (_, fault, message) => {
    datto.simulator.setFaults(fault);
    await expect(count()).rejects.toMatchObject({
      code: 'source-malformed',
      message: expect.stringMatching(message),
    });
  });
});

describe('usage answer', () => {
  const domain = (more: Partial<SaasDomain> = {}): SaasDomain => ({
    saasCustomerId: '1',
    seatsUsed: 5,
    ...more,
  });
  const seat = (more: Partial<SaasSeat> = {}): SaasSeat => ({
    mainId: 'a@x.example',
    seatType: 'User',
    seatState: 'Active',
    billable: true,
    ...more,
  });
  const answer = (seats: Seats, domains = [domain()]) =>
    toUsageAnswer(customersOf(domains).map((one) => ({ customer: one, seats })));

  it('names billing types of the catalogue', () => {
    for (const name of BILLING_TYPES) expect(BUILT_IN.billingType('saas-protection', name)).toBeDefined();
  });

  it('bills a seat in a state it does not know, which is in no count by state', () => {
    const { counts, devices } = answer([seat({ seatState: 'Dormant' }), seat({ seatState: ' ACTIVE ' })]);
    expect(counts).toEqual([
      { externalId: '1', billingType: 'Billable Seats', quantity: 2 },
      { externalId: '1', billingType: 'Active Seats', quantity: 1 },
    ]);
    expect(devices).toHaveLength(1);
  });

  it('gives two seats the vendor does not tell apart ids of their own', () => {
    expect(answer([seat(), seat()]).devices.map((device) => device.id)).toEqual([
      '1/User/a@x.example',
      '1/User/a@x.example/2',
    ]);
  });

  it.each<[Partial<SaasDomain>, string]>([
    [{ saasCustomerName: 'Acme', organizationName: 'Group' }, 'Acme'],
    [{ saasCustomerName: ' ', organizationName: 'Group' }, 'Group'],
    [{ domain: 'x.example' }, 'x.example'],
    [{}, '1'],
  ])('of %j is named %s', (more, name) => {
    expect(answer([], [domain(more)]).organizations).toEqual([{ externalId: '1', name }]);
  });
});
