import { runDattoRmmSimulator } from '../simulators/datto-rmm/run-datto-rmm-simulator.ts';

/** Starts one vendor's stand-in, prints where it is and with what to sign in, and runs until the process ends. */
type RunSimulator = (options: {
  readonly port?: number;
  readonly host?: string;
  readonly seed?: number;
}) => Promise<unknown>;

/** The stand-ins by the vendor's name on the command line: a line each. */
const SIMULATORS: ReadonlyMap<string, RunSimulator> = new Map<string, RunSimulator>([
  ['datto-rmm', runDattoRmmSimulator],
]);

export const simulatedVendors = (): string => [...SIMULATORS.keys()].join(', ');

/** How to start that vendor's stand-in, or undefined when there is none. */
export const simulatorOf = (vendor: string): RunSimulator | undefined => SIMULATORS.get(vendor);
