import { connect, createServer, type Socket } from 'node:net';

export interface SeverableProxy {
  readonly port: number;
  /** Every connection through it is gone at once, and none can be made any more: to the other side, `kill -9`. */
  sever(): void;
}

/** Stands between one process and a server, so that a test can take the process off the network for good. */
export function severableProxy(target: number): Promise<SeverableProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    return socket.on('error', () => {}).setNoDelay(true);
  };
  const server = createServer((inner) => {
    const outer = keep(connect(target, '127.0.0.1'));
    keep(inner).pipe(outer).pipe(inner);
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      const sever = (): void => {
        server.close();
        for (const socket of sockets) socket.destroy();
      };
      resolve({ port, sever });
    });
  });
}
