import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface Presence {
  close(): Promise<void>;
}

/**
 * Holds one connection for as long as the store is open, and another where it was lost: a pool lets go of all of its
 * connections while nothing is asked, and then nobody could see in the server's list that icb runs; see
 * `assertNobodyRuns`. It waits on the machine's clock and not on the store's: it never keeps a caller waiting.
 * @throws what `open` throws the first time
 */
export async function presence(open: () => Promise<pg.Client>): Promise<Presence> {
  const closing = new AbortController();
  let held: pg.Client | undefined;
  const hold = (client: pg.Client): void => {
    held = client;
    client.once('end', () => {
      held = undefined;
      void again();
    });
  };
  const again = async (): Promise<void> => {
    for (let pause = SHORTEST_PAUSE_MS; !closing.signal.aborted; pause *= 2) {
      const client = await open().catch(() => undefined);
      if (client && closing.signal.aborted) return void (await client.end().catch(() => {}));
      if (client) return hold(client);
      const ms = Math.min(pause, LONGEST_PAUSE_MS);
      await wait(ms, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  };
  hold(await open());
  return {
    async close() {
      closing.abort();
      await held?.end().catch(() => {});
    },
  };
}
