import pg from 'pg';
import { watchedClient } from './watched-client.ts';

/**
 * What is acknowledged is durable, also where the database's default is `synchronous_commit = off`. And the server looks
 * whether this machine still lives: by its own default it would keep the locks of one that lost its power for two hours.
 */
const SESSION = `select set_config('tcp_keepalives_idle', '15', false),
  set_config('tcp_keepalives_interval', '5', false),
  set_config('tcp_keepalives_count', '4', false),
  case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end`;

export interface Connector {
  /** @param max connections at a time */
  pool(max: number): pg.Pool;
  /** A connection of its own, open. It says by its `end` when it is lost. */
  open(): Promise<pg.Client>;
}

/** Makes the connections of one process. @param answerMs for how long a statement may stay without an answer */
export function connector(url: string, applicationName: string, answerMs: number): Connector {
  const Client = watchedClient(answerMs);
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    // A lost connection that nothing is asked of is noticed within half a minute, not after two hours.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: applicationName,
    idle_in_transaction_session_timeout: 60_000,
  };
  return {
    pool(max) {
      const onConnect = (client: pg.ClientBase): Promise<unknown> => {
        client.on('error', () => {}); // Told by the statement that was under way.
        return client.query(SESSION);
      };
      const pool = new pg.Pool({ ...settings, Client, max, onConnect });
      return pool.on('error', () => {}); // An idle connection was lost; the next call opens another.
    },
    async open() {
      const client = new Client(settings);
      client.on('error', () => {}); // Seen by its end.
      try {
        await client.connect();
        await client.query(SESSION);
        return client;
      } catch (error) {
        await client.end().catch(() => {});
        throw error;
      }
    },
  };
}
