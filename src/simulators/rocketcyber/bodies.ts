import type { SimAgent, SimCyberAccount, SimFirewall } from './account.ts';

type Bodies<T extends readonly unknown[]> = Readonly<Record<'wire' | 'spec', (...facts: T) => object>>;

const slug = (name: string): string => `/${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;

export const accountBody: Bodies<[SimCyberAccount]> = {
  wire: ({ id, name }) => ({ accountId: id, accountName: name, accountPath: slug(name), status: 'active' }),
  spec: ({ id, name }) => ({ id: String(id), name, externalId: null, status: 'active' }),
};

export const agentBody: Bodies<[SimCyberAccount, SimAgent]> = {
  wire: (account, agent) => ({
    id: agent.id,
    customerId: account.id,
    hostname: agent.hostname,
    platform: agent.platform,
    connectivity: 'online',
    agentVersion: '3.18.2',
    ipAddress: '10.0.0.7',
    createdAt: '2026-02-01T08:00:00Z',
    accountPath: slug(account.name),
  }),
  spec: (account, agent) => ({
    id: agent.id,
    hostname: agent.hostname,
    accountId: String(account.id),
    os: agent.platform,
    lastSeen: '2026-11-25T22:10:00Z',
    ip: '10.0.0.7',
  }),
};

export const firewallBody: Bodies<[SimCyberAccount, SimFirewall]> = {
  wire: (account, firewall) => ({
    id: firewall.id,
    accountId: account.id,
    accountName: account.name,
    hostname: firewall.hostname,
    vendor: firewall.vendor,
    model: `${firewall.vendor} 60`,
    connectivity: 'online',
  }),
  spec: (account, firewall) => ({
    id: String(firewall.id),
    vendor: firewall.vendor,
    model: `${firewall.vendor} 60`,
    accountId: String(account.id),
  }),
};

export const officeBody: Bodies<[number]> = {
  wire: (users) => ({
    secureScoreProgress: {
      startDate: '2026-11-24T00:00:00.000Z',
      endDate: '2026-11-25T00:00:00.000Z',
      data: [],
    },
    monitoredAccounts: {
      total: users,
      data: Array.from({ length: Math.min(users, 5) }, (_, i) => ({
        id: `user${i + 1}@example.com`,
        mfaStatus: 'enabled',
        licenses: ['Microsoft 365 Business Premium'],
      })),
    },
    secureScoreToDo: { total: 0, data: [] },
  }),
  spec: (users) => ({ licensedUsers: users, activeAlerts: 0 }),
};
