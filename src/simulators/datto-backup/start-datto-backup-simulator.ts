import type { Hono } from 'hono';
import { loggingApp } from '../kit/request-log.ts';
import { type Address, type ServedStandIn, serveStandIn } from '../kit/serve-stand-in.ts';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export interface DattoBackupSimulator extends StandIn, ServedStandIn {}

/** The stand-in over HTTP: `/v1` as the vendor has it, `/_sim` for whoever drives it. */
export function dattoBackupApp(standIn: StandIn): Hono {
  const app = loggingApp(standIn.requests);
  app.route('/v1', apiRoutes(standIn));
  app.route('/_sim/', controlRoutes(standIn));
  return app;
}

/**
 * A stand-in for Datto's partner API over real HTTP: BCDR, Endpoint Backup (Direct-to-Cloud) and SaaS Protection on one
 * host with one key pair. Keys, ids and counts are the same for the same seed.
 */
export async function startDattoBackupSimulator({
  port,
  host,
  ...options
}: StandInOptions & Address = {}): Promise<DattoBackupSimulator> {
  const standIn = createStandIn(options);
  return { ...standIn, ...(await serveStandIn(dattoBackupApp(standIn), { port, host })) };
}
