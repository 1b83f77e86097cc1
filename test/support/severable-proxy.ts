import { connect, createServer, type Socket } from 'node:net';

export interface SeverableProxy {
  readonly port: number;
  /** Every connection through it is gone at once, and none can be made any more: to the other side, `kill -9`. */
  sever(): void;
  /** Drops every connection, and new ones at once, until `resume`. */
  pause(): void;
  resume(): void;
  /** Lets nothing through either way, and closes nothing: a firewall that forgot, a machine without power. */
  swallow(): void;
  /** Drops every connection once after so many pieces of the server's answers have come through, this one left out. */
  cutAfterAnswers(count: number): void;
}

/** Stands between one process and a server, so that a test can take the process off the network. */
export function severableProxy(target: number): Promise<SeverableProxy> {
  const sockets = new Set<Socket>();
  let isPaused = false;
  let isSwallowing = false;
  let answersLeft = Number.POSITIVE_INFINITY;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    return socket.on('error', () => {}).setNoDelay(true);
  };
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer((inner) => {
    if (isPaused) return void inner.destroy();
    const outer = keep(connect(target, '127.0.0.1'));
    keep(inner).on('data', (piece) => {
      if (!isSwallowing) outer.write(piece);
    });
    outer.on('data', (piece) => {
      if (isSwallowing) return;
      answersLeft -= 1;
      if (answersLeft >= 0) return void inner.write(piece);
      answersLeft = Number.POSITIVE_INFINITY;
      drop();
    });
    inner.on('close', () => outer.destroy());
    outer.on('close', () => inner.destroy());
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      resolve({
        port,
        sever() {
          server.close();
          drop();
        },
        pause() {
          isPaused = true;
          drop();
        },
        resume() {
          isPaused = false;
        },
        swallow() {
          isSwallowing = true;
        },
        cutAfterAnswers(count) {
          answersLeft = count;
        },
      });
    });
  });
}
