import { type AutotaskSimulator, startAutotaskSimulator } from './start-autotask-simulator.ts';

/** The stand-in alone, for `icb simulate autotask`: prints where it is and with what to sign in. Runs until closed. */
export async function runAutotaskSimulator(
  options: { readonly port?: number; readonly host?: string; readonly seed?: number } = {},
  print: (line: string) => void = console.log,
): Promise<AutotaskSimulator> {
  const simulator = await startAutotaskSimulator(options);
  print(`url: ${simulator.url}`);
  print(`user: ${simulator.user}`);
  print(`secret: ${simulator.secret}`);
  print(`code: ${simulator.integrationCode}`);
  print(`approve and post in a browser: ${simulator.url}/`);
  return simulator;
}
