import { describe, expect, it } from 'vitest';
import { Account, Machine, OfficeTotal, pageOf } from '../../../src/adapters/usage/rocketcyber/api-types.ts';
import {
  BILLING_TYPES,
  type Reading,
  toUsageAnswer,
} from '../../../src/adapters/usage/rocketcyber/mapper.ts';
import { rocketCyberRoot } from '../../../src/adapters/usage/rocketcyber/settings.ts';
import { BUILT_IN } from '../../../src/catalog/catalogue.ts';

const machine = (id: string, accountId: string, more: object = {}): Machine =>
  Machine.parse({ id, accountId, ...more });
const answer = (reading: Partial<Reading>) =>
  toUsageAnswer({
    accounts: [{ id: '1', name: 'One' }],
    agents: [],
    firewalls: [],
    officeUsers: new Map([['1', 4]]),
    ...reading,
  });

describe('usage answer', () => {
  it('counts agents, firewalls and Microsoft 365 users by account', () => {
    const { counts, devices, unknown } = answer({
      agents: [machine('a', '1', { hostname: 'PC-1' }), machine('b', '1')],
      firewalls: [machine('a', '1', { model: 'FG60' })],
    });
    expect(counts).toEqual([
      { externalId: '1', billingType: 'Agents', quantity: 2 },
      { externalId: '1', billingType: 'Firewalls', quantity: 1 },
      { externalId: '1', billingType: 'Microsoft 365 Users', quantity: 4 },
    ]);
    expect(devices.map(({ id, name }) => [id, name])).toEqual([
      ['a', 'PC-1'],
      ['b', 'b'],
      ['firewall/a', 'FG60'],
    ]);
    expect(unknown).toEqual([]);
  });

  it('names an account it was not told of, whose Microsoft 365 users are unknown', () => {
    const { organizations, unknown } = answer({ agents: [machine('a', '9', { customerName: 'Nine' })] });
    expect(organizations).toEqual([
      { externalId: '1', name: 'One' },
      { externalId: '9', name: 'Nine' },
    ]);
    expect(unknown).toEqual([{ externalId: '9', billingType: 'Microsoft 365 Users' }]);
  });

  it('takes users of whom nothing is said for unknown, and none for none', () => {
    expect(answer({ officeUsers: new Map([['1', undefined]]) }).unknown).toHaveLength(1);
    expect(answer({ officeUsers: new Map([['1', 0]]) })).toMatchObject({
      unknown: [],
      counts: [{ billingType: 'Microsoft 365 Users', quantity: 0 }],
    });
  });

  it('names billing types of the catalogue', () => {
    for (const name of BILLING_TYPES) expect(BUILT_IN.billingType('rocketcyber', name)).toBeDefined();
  });
});

describe('the two descriptions of the API', () => {
  it.each([
    [
      { accountId: 7, accountName: 'Acme', id: 1 },
      { id: '7', name: 'Acme' },
    ],
    [
      { id: '7', name: 'Acme' },
      { id: '7', name: 'Acme' },
    ],
    [{ id: 7 }, { id: '7', name: undefined }],
  ])('tell an account by %j', (body, account) => {
    expect(Account.parse(body)).toEqual(account);
  });

  it.each([{}, { accountName: 'Acme' }])('have no account without an id: %j', (body) => {
    expect(Account.safeParse(body).success).toBe(false);
  });

  it.each([
    [{ id: 1, customerId: 7, customerName: 'Acme' }, '7'],
    [{ id: 'x', accountId: '7', accountName: 'Acme' }, '7'],
  ])('tell whose a machine is by %j', (body, accountId) => {
    expect(Machine.parse(body)).toMatchObject({ accountId, accountName: 'Acme' });
  });

  it('have no machine that is nobody’s', () => {
    expect(Machine.safeParse({ id: 1, hostname: 'PC-1' }).success).toBe(false);
  });

  it.each<[object, number | undefined]>([
    [{ monitoredAccounts: { total: 12, data: [] }, licensedUsers: 40 }, 12],
    [{ totalCount: 9, data: [] }, 9],
    [{ licensedUsers: 40 }, 40],
    [{ monitoredAccounts: { total: 0 } }, 0],
    [{ monitoredAccounts: [] }, undefined],
    [{ secureScoreProgress: {} }, undefined],
    [{ licensedUsers: -1 }, undefined],
  ])('count users in %j: %j', (body, users) => {
    expect(OfficeTotal.safeParse(body).data).toBe(users);
  });

  it('page alike', () => {
    const Page = pageOf(Account);
    const rows = [{ id: '7', name: 'Acme' }];
    const wire = { totalCount: 5, currentPage: 2, totalPages: 5, dataCount: 1, data: rows };
    const described = { total: 5, page: 2, pageSize: 1, items: rows };
    expect(Page.parse(wire)).toEqual({ rows, page: 2, totalPages: 5, total: 5, count: 1 });
    expect(Page.parse(described)).toEqual({ rows, page: 2, totalPages: 5, total: 5, count: undefined });
  });
});

describe('API root', () => {
  it.each([
    'https://api-us.rocketcyber.com',
    'https://api-us.rocketcyber.com/',
    'https://api-us.rocketcyber.com/v3',
    ' https://api-us.rocketcyber.com/v3/ ',
  ])('of %j is under /v3/', (given) => {
    expect(rocketCyberRoot(given).href).toBe('https://api-us.rocketcyber.com/v3/');
  });

  it('refuses what is no address, and says how one looks', () => {
    expect(() => rocketCyberRoot('us')).toThrow(
      expect.objectContaining({
        code: 'config',
        message: expect.stringMatching(/ROCKETCYBER_API_URL.*api-us/),
      }),
    );
  });
});
