import type { Hono } from 'hono';
import { loggingApp } from '../kit/request-log.ts';
import { type Address, type ServedStandIn, serveStandIn } from '../kit/serve-stand-in.ts';
import { apiRoutes } from './api-routes.ts';
import { controlRoutes } from './control-routes.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export interface RocketCyberSimulator extends StandIn, ServedStandIn {}

/** The stand-in over HTTP: `/v3` as the vendor has it, `/_sim` for whoever drives it. */
export function rocketCyberApp(standIn: StandIn): Hono {
  const app = loggingApp(standIn.requests);
  app.route('/v3', apiRoutes(standIn));
  app.route('/_sim/', controlRoutes(standIn));
  return app;
}

/** A stand-in for RocketCyber over real HTTP. Its key, ids and counts are the same for the same seed. */
export async function startRocketCyberSimulator({
  port,
  host,
  ...options
}: StandInOptions & Address = {}): Promise<RocketCyberSimulator> {
  const standIn = createStandIn(options);
  return { ...standIn, ...(await serveStandIn(rocketCyberApp(standIn), { port, host })) };
}
