import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { ZONE_PATHS } from './api/api-routes.ts';
import { autotaskApp } from './autotask-app.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export interface AutotaskSimulator extends StandIn {
  /** `http://127.0.0.1:PORT`: pages for people, and below it the API and `/_sim`. */
  readonly url: string;
  /** `http://127.0.0.1:PORT/ATServicesRest/`: where zoneInformation is asked. */
  readonly apiUrl: string;
  close(): Promise<void>;
}

/**
 * A stand-in for Autotask PSA over real HTTP, by default on a free port of this machine alone. Its keys, ids and
 * records are the same for the same seed.
 */
export async function startAutotaskSimulator(
  options: StandInOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<AutotaskSimulator> {
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const standIn = createStandIn(rest);
  const server = createAdaptorServer({ fetch: autotaskApp(standIn).fetch }) as Server;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  const url = `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${bound}`;
  return {
    ...standIn,
    url,
    apiUrl: url + ZONE_PATHS[0],
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
