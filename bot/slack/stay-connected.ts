/** The parts of Bolt's socket mode client and app that keep a connection. */
export interface Connection {
  /** Resolves once connected; rejects when Slack cannot be reached or refuses the token. */
  readonly open: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
  readonly onceClosed: (listener: () => void) => void;
}

export interface StayConnected {
  /** Returns at once; goes on connecting until `stop`. */
  start(): void;
  stop(): Promise<void>;
}

const AGAIN_AFTER_MS = 5_000;

/**
 * Keeps a socket open, whatever happens to it. The SDK's own reconnecting is switched off: where Slack is down at the
 * moment it reconnects, it leaves a rejected promise that nobody handles, which ends the process (socket-mode 3.1.0).
 */
export function stayConnected(
  connection: Connection,
  {
    wait,
    failed,
  }: { readonly wait: (ms: number) => Promise<void>; readonly failed: (error: unknown) => void },
): StayConnected {
  let wanted = false;
  const keep = async (): Promise<void> => {
    while (wanted) {
      const closed = new Promise<void>((resolve) => connection.onceClosed(resolve));
      try {
        await connection.open();
        // Slack closes sockets now and then and wants a new one at once.
        if (wanted) await closed;
        else await connection.close();
      } catch (error) {
        failed(error);
        if (wanted) await wait(AGAIN_AFTER_MS);
      }
    }
  };
  return {
    start() {
      if (wanted) return;
      wanted = true;
      void keep();
    },
    async stop() {
      wanted = false;
      await connection.close();
    },
  };
}
