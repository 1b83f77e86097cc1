import { rocketCyberSource } from '../../../src/adapters/usage/rocketcyber/usage-source.ts';
import type { SimCyberAccount } from '../../../src/simulators/rocketcyber/account.ts';
import { makeAgent, makeFirewall } from '../../../src/simulators/rocketcyber/makers.ts';
import type { StandInOptions } from '../../../src/simulators/rocketcyber/stand-in.ts';
import { startRocketCyberSimulator } from '../../../src/simulators/rocketcyber/start-rocketcyber-simulator.ts';

export const cyberAccount = (
  id: number,
  name: string,
  [agents, firewalls, officeUsers]: readonly [agents: number, firewalls: number, officeUsers: number | null],
): SimCyberAccount => ({
  id,
  name,
  agents: Array.from({ length: agents }, (_, i) => makeAgent(id, i, 1)),
  firewalls: Array.from({ length: firewalls }, (_, i) => makeFirewall(id, i)),
  officeUsers,
});

/** A source with its stand-in, whose waits between retries take no time. */
export async function openRocketCyber(options: StandInOptions) {
  const simulator = await startRocketCyberSimulator(options);
  const waits: number[] = [];
  const source = rocketCyberSource(
    { apiUrl: simulator.url, apiKey: simulator.apiKey },
    { delay: async (ms) => void waits.push(ms) },
  );
  const count = () => source.count({ signal: new AbortController().signal });
  const paths = () => simulator.requests.map(({ path }) => path.replace('/v3/', ''));
  return { simulator, source, count, waits, paths };
}
