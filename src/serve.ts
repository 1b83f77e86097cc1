import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { IcbError } from './domain/errors.ts';
import type { Fetch } from './with-request-id.ts';

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on `port` (0: any free one). Error `config` when it is taken. */
export function listen(
  fetch: Fetch,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: host }, (address) =>
      resolve({ port: address.port, close: () => close(server as Server) }),
    );
    server.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new IcbError('config', `Port ${port} is in use by another program; set PORT to another one.`)
          : error,
      ),
    );
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
  });
