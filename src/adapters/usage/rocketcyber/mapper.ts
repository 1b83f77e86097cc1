import type { SourceDevice, SourceOrganization, UsageAnswer } from '../../../ports/usage-source.ts';
import { firstText } from '../counting/first-text.ts';
import { Tally } from '../counting/tally.ts';
import type { Account, Machine } from './api-types.ts';

export const AGENTS = 'Agents';
export const FIREWALLS = 'Firewalls';
export const OFFICE_USERS = 'Microsoft 365 Users';
export const BILLING_TYPES: readonly string[] = [AGENTS, OFFICE_USERS, FIREWALLS];

/** All that was read of an account of the vendor's. */
export interface Reading {
  readonly accounts: readonly Account[];
  readonly agents: readonly Machine[];
  readonly firewalls: readonly Machine[];
  /** By account id; undefined where the vendor has nothing about the account. */
  readonly officeUsers: ReadonlyMap<string, number | undefined>;
}

/**
 * Accounts with their agents, firewalls and Microsoft 365 users as a usage answer. A machine of an account that was not
 * listed is usage all the same; Microsoft 365 users of an account the vendor says nothing about are unknown.
 */
export function toUsageAnswer({ accounts, agents, firewalls, officeUsers }: Reading): UsageAnswer {
  const organizations = new Map(
    accounts.map((account) => [account.id, organizationOf(account.id, account.name)]),
  );
  const devices: SourceDevice[] = [];
  const tally = new Tally();

  const count = (machine: Machine, billingType: string, id: string): void => {
    const { accountId: externalId, accountName } = machine;
    if (!organizations.has(externalId))
      organizations.set(externalId, organizationOf(externalId, accountName));
    tally.add(externalId, billingType);
    devices.push({
      externalId,
      id,
      name: firstText(machine.hostname, machine.model, machine.id),
      billingType,
    });
  };
  for (const agent of agents) count(agent, AGENTS, agent.id);
  // Agents and firewalls are numbered each for itself.
  for (const firewall of firewalls) count(firewall, FIREWALLS, `firewall/${firewall.id}`);
  for (const [externalId, users] of officeUsers)
    if (users !== undefined) tally.add(externalId, OFFICE_USERS, users);

  return {
    organizations: [...organizations.values()],
    counts: tally.counts(),
    devices,
    unknown: [...organizations.keys()]
      .filter((externalId) => officeUsers.get(externalId) === undefined)
      .map((externalId) => ({ externalId, billingType: OFFICE_USERS })),
  };
}

const organizationOf = (externalId: string, name: string | null | undefined): SourceOrganization => ({
  externalId,
  name: firstText(name, externalId),
});
