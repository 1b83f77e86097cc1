import { ModuleId } from '../../../domain/ids.ts';
import type { UsageSource } from '../../../ports/usage-source.ts';
import type { ClientDeps } from '../../http/vendor-session.ts';
import { listFindings } from '../counting/connection-findings.ts';
import { sideBySide } from '../counting/side-by-side.ts';
import { createRocketCyberClient } from './client.ts';
import { toUsageAnswer } from './mapper.ts';
import type { RocketCyberSettings } from './settings.ts';

const ROCKETCYBER = ModuleId.parse('rocketcyber');

/**
 * Counts RocketCyber: agents and firewalls of all accounts in one list each, Microsoft 365 users account by account.
 * Keep one per key: its rate, and which path lists accounts, are remembered in it.
 */
export function rocketCyberSource(settings: RocketCyberSettings, deps: ClientDeps = {}): UsageSource {
  const client = createRocketCyberClient(settings, deps);
  return {
    module: ROCKETCYBER,
    async inspect({ signal }) {
      return listFindings('RocketCyber', await client.accounts({ signal }), 'accounts');
    },
    async count({ signal, onRequest, onProgress }) {
      const call = { signal, onRequest };
      const accounts = await client.accounts(call);
      const agents = await client.agents(call);
      const firewalls = await client.firewalls(call);
      onProgress?.(0, accounts.length);
      const users = await sideBySide(
        accounts,
        call,
        async ({ id }, own) => [id, await client.officeUsers(id, own)] as const,
        onProgress,
      );
      return toUsageAnswer({ accounts, agents, firewalls, officeUsers: new Map(users) });
    },
  };
}
