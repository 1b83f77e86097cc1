import type { Address } from '../kit/serve-stand-in.ts';
import { type DattoBackupSimulator, startDattoBackupSimulator } from './start-datto-backup-simulator.ts';

/** The stand-in alone, for `icb simulate datto-bcdr` and `saas-protection`: prints where it is and with what to sign in. */
export async function runDattoBackupSimulator(
  options: Address & { readonly seed?: number } = {},
  print: (line: string) => void = console.log,
): Promise<DattoBackupSimulator> {
  const simulator = await startDattoBackupSimulator(options);
  print(`url: ${simulator.url}`);
  print(`key: ${simulator.apiKey}`);
  print(`secret: ${simulator.apiSecret}`);
  print(`change counts in a browser: ${simulator.url}/_sim/`);
  return simulator;
}
