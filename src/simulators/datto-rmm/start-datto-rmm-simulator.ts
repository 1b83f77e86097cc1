import { type Address, type ServedStandIn, serveStandIn } from '../kit/serve-stand-in.ts';
import { dattoRmmApp } from './datto-rmm-app.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export interface DattoRmmSimulator extends StandIn, ServedStandIn {}

/**
 * A stand-in for Datto RMM over real HTTP, by default on a free port of this machine alone. Its keys, ids and devices
 * are the same for the same seed.
 */
export async function startDattoRmmSimulator({
  port,
  host,
  ...options
}: StandInOptions & Address = {}): Promise<DattoRmmSimulator> {
  const standIn = createStandIn(options);
  const served = await serveStandIn(dattoRmmApp(standIn), { port, host });
  return { ...standIn, ...served };
}
