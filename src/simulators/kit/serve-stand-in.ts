import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

export interface ServedStandIn {
  readonly url: string;
  close(): Promise<void>;
}

export interface Address {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
}

/** Serves a stand-in over real HTTP, by default on a free port of this machine alone. */
export async function serveStandIn(app: Hono, address: Address): Promise<ServedStandIn> {
  const { port = 0, host = '127.0.0.1' } = address;
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return {
    url: `http://${shown}:${bound}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
