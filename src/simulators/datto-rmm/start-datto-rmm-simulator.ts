import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { dattoRmmApp } from './datto-rmm-app.ts';
import { createStandIn, type StandIn, type StandInOptions } from './stand-in.ts';

export interface DattoRmmSimulator extends StandIn {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A stand-in for Datto RMM over real HTTP, by default on a free port of this machine alone. Its keys, ids and devices
 * are the same for the same seed.
 */
export async function startDattoRmmSimulator(
  options: StandInOptions & { readonly port?: number; readonly host?: string } = {},
): Promise<DattoRmmSimulator> {
  const { port = 0, host = '127.0.0.1', ...rest } = options;
  const standIn = createStandIn(rest);
  const server = createAdaptorServer({ fetch: dattoRmmApp(standIn).fetch }) as Server;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    ...standIn,
    url: `http://${shown}:${bound}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
