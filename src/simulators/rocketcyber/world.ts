import type { SimCyberAccount } from './account.ts';
import { makeAgent, makeFirewall } from './makers.ts';

/** What a person can add to an account and take away again. */
export const KINDS = ['agent', 'firewall', 'Microsoft 365 user'] as const;
export type Kind = (typeof KINDS)[number];

/** The vendor's side of the truth, changed only through these methods. */
export interface World {
  accounts(): readonly SimCyberAccount[];
  account(id: number): SimCyberAccount | undefined;
  /** Adds or, with a negative number, removes the newest. Answers by how many the count changed. */
  change(id: number, kind: Kind, by: number): number;
}

export const countOf = (account: SimCyberAccount, kind: Kind): number => {
  if (kind === 'agent') return account.agents.length;
  return kind === 'firewall' ? account.firewalls.length : (account.officeUsers ?? 0);
};

export function createWorld(seed: number, given: readonly SimCyberAccount[]): World {
  let accounts = [...given];
  let made = 500;
  const account = (id: number) => accounts.find((one) => one.id === id);

  function changed(one: SimCyberAccount, kind: Kind, by: number): SimCyberAccount {
    const wanted = Math.max(0, countOf(one, kind) + by);
    // Numbers go on where others were removed: an id is never given twice.
    const more = Array.from({ length: Math.max(0, by) }, () => ++made);
    if (kind === 'agent') {
      const added = more.map((number) => makeAgent(one.id, number, seed));
      return { ...one, agents: [...one.agents.slice(0, wanted), ...added] };
    }
    if (kind === 'firewall') {
      const added = more.map((number) => makeFirewall(one.id, number));
      return { ...one, firewalls: [...one.firewalls.slice(0, wanted), ...added] };
    }
    return { ...one, officeUsers: wanted };
  }

  return {
    accounts: () => accounts,
    account,
    change(id, kind, by) {
      const before = account(id);
      if (before === undefined) return 0;
      const after = changed(before, kind, by);
      accounts = accounts.map((one) => (one === before ? after : one));
      return Math.abs(countOf(after, kind) - countOf(before, kind));
    },
  };
}
