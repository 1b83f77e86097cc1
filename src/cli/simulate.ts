import { runAutotaskSimulator } from '../simulators/autotask/run-autotask-simulator.ts';
import { runDattoBackupSimulator } from '../simulators/datto-backup/run-datto-backup-simulator.ts';
import { runDattoRmmSimulator } from '../simulators/datto-rmm/run-datto-rmm-simulator.ts';
import { runRocketCyberSimulator } from '../simulators/rocketcyber/run-rocketcyber-simulator.ts';

/** Starts one vendor's stand-in, prints where it is and with what to sign in, and runs until the process ends. */
type RunSimulator = (options: {
  readonly port?: number;
  readonly host?: string;
  readonly seed?: number;
}) => Promise<unknown>;

/** The stand-ins by the vendor's name on the command line: a line each. */
const SIMULATORS: ReadonlyMap<string, RunSimulator> = new Map<string, RunSimulator>([
  ['autotask', runAutotaskSimulator],
  ['datto-rmm', runDattoRmmSimulator],
  // One host has both, Endpoint Backup too.
  ['datto-bcdr', runDattoBackupSimulator],
  ['saas-protection', runDattoBackupSimulator],
  ['rocketcyber', runRocketCyberSimulator],
]);

export const simulatedVendors = (): string => [...SIMULATORS.keys()].join(', ');

/** How to start that vendor's stand-in, or undefined when there is none. */
export const simulatorOf = (vendor: string): RunSimulator | undefined => SIMULATORS.get(vendor);
