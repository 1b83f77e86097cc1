import type { Address } from '../kit/serve-stand-in.ts';
import { type RocketCyberSimulator, startRocketCyberSimulator } from './start-rocketcyber-simulator.ts';

/** The stand-in alone, for `icb simulate rocketcyber`: prints where it is and with what key. Runs until closed. */
export async function runRocketCyberSimulator(
  options: Address & { readonly seed?: number } = {},
  print: (line: string) => void = console.log,
): Promise<RocketCyberSimulator> {
  const simulator = await startRocketCyberSimulator(options);
  print(`url: ${simulator.url}`);
  print(`key: ${simulator.apiKey}`);
  print(`change counts in a browser: ${simulator.url}/_sim/`);
  return simulator;
}
