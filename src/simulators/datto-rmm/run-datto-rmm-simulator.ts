import { type DattoRmmSimulator, startDattoRmmSimulator } from './start-datto-rmm-simulator.ts';

/** The stand-in alone, for `icb simulate datto-rmm`: prints where it is and with what to sign in. Runs until closed. */
export async function runDattoRmmSimulator(
  options: { readonly port?: number; readonly host?: string; readonly seed?: number } = {},
  print: (line: string) => void = console.log,
): Promise<DattoRmmSimulator> {
  const simulator = await startDattoRmmSimulator(options);
  print(`url: ${simulator.url}`);
  print(`key: ${simulator.apiKey}`);
  print(`secret: ${simulator.apiSecret}`);
  print(`change counts in a browser: ${simulator.url}/_sim/`);
  return simulator;
}
