import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connector } from '../../../src/adapters/store-postgres/connector.ts';
import { postgresStore } from '../../../src/adapters/store-postgres/postgres-store.ts';
import { within } from '../../../src/usecases/within.ts';
import { organization, putting } from '../../contract/store-records.ts';
import { type PostgresServer, postgresServer } from '../../support/postgres-server.ts';
import { severableProxy } from '../../support/severable-proxy.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 240_000);
afterAll(() => server.stop());

const SLOW = { timeout: 240_000 };

const ask = async <R extends pg.QueryResultRow>(url: string, query: string): Promise<R[]> => {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<R>(query)).rows;
  } finally {
    await client.end();
  }
};

const throughProxy = async () => {
  const url = await server.freshUrl();
  const proxy = await severableProxy(server.port);
  const through = new URL(url);
  through.port = String(proxy.port);
  return { url, proxy, through: through.href };
};

describe('a network that swallows what is sent', () => {
  test('is told instead of waited for, also by a lease and a stop', SLOW, async () => {
    const { proxy, through } = await throughProxy();
    const store = await postgresStore({
      url: through,
      patienceMs: { call: 0, run: 0 },
      answerMs: { look: 2_000, other: 4_000 },
    });
    const tenant = await store.for('default');
    await tenant.commit(putting('organizations', organization('1')));
    const run = store.exclusively('default', 'sync', async () => {
      proxy.swallow();
      await expect(tenant.snapshot()).rejects.toMatchObject({
        code: 'store-unavailable',
        message: expect.stringContaining('(ETIMEDOUT)'),
      });
      const commit = tenant.commit(putting('organizations', organization('2')));
      await expect(commit).rejects.toMatchObject({ code: 'store-unavailable' });
    });
    expect(await within(120_000, run)).toBe(true);
    expect(await within(60_000, store.close())).toBe(true);
    proxy.sever();
  });

  test('does not cut what takes long where it may: a database that is filled', SLOW, async () => {
    const url = await server.freshUrl();
    const store = await postgresStore({
      url,
      connections: 2,
      patienceMs: { call: 60_000, run: 0 },
      answerMs: { look: 1_000, other: 1_000 },
    });
    const slowly = `create function slow() returns trigger language plpgsql as
      'begin perform pg_sleep(2); return new; end'`;
    await ask(url, slowly);
    await ask(url, 'create trigger slow before insert on icb_records for each row execute function slow()');
    const fill = store.fill(
      'default',
      (target) => target.commit(putting('organizations', organization('1'))),
      {
        replace: false,
      },
    );
    expect(await fill).toBe(1);
    await store.close();
  });
});

test(
  'the server looks whether the machine of a connection still lives, in the pool and on its own',
  SLOW,
  async () => {
    const { pool, open } = connector(await server.freshUrl(), 'icb', 60_000);
    const [pooled, own] = [pool(1), await open()];
    for (const session of [pooled, own]) {
      const { rows } = await session.query('show tcp_keepalives_idle');
      expect(rows).toEqual([{ tcp_keepalives_idle: '15' }]);
    }
    await Promise.all([pooled.end(), own.end()]);
  },
);

test('a lease whose epoch cannot be written is let go', SLOW, async () => {
  const url = await server.freshUrl();
  const [a, b] = await Promise.all([
    postgresStore({ url, connections: 2 }),
    postgresStore({ url, connections: 2 }),
  ]);
  await ask(url, 'alter table icb_leases rename to icb_leases_away');
  const refused = a.exclusively('default', 'sync', async () => 'ran', { wait: false });
  await expect(refused).rejects.toThrow('icb_leases');
  await ask(url, 'alter table icb_leases_away rename to icb_leases');
  // The server lets go of a lock a moment after its connection ended.
  await expect
    .poll(() => b.exclusively('default', 'sync', async () => 'ran', { wait: false }), { timeout: 90_000 })
    .toEqual({ result: 'ran' });
  await Promise.all([a.close(), b.close()]);
});

describe('whether icb runs on a database', () => {
  const RUNS = { code: 'conflict', message: expect.stringMatching(/^icb is running on that database/) };

  test('shows also while nothing is asked, after its connections were lost, and no more once it is closed', {
    timeout: 300_000,
  }, async () => {
    const url = await server.freshUrl();
    const running = await postgresStore({ url });
    await (await running.for('default')).commit(putting('organizations', organization('1')));
    const other = await postgresStore({ url, applicationName: 'icb restore', connections: 2 });
    const end = (idleOnly: boolean) =>
      ask(
        url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'icb' ${idleOnly ? "and query not like '%tcp_keepalives%'" : ''}`,
      );
    // As the pool does after ten seconds.
    await end(true);
    await expect(other.assertNobodyRuns()).rejects.toMatchObject(RUNS);
    await end(false);
    await expect
      .poll(
        () =>
          ask(url, `select application_name as name from pg_stat_activity where application_name = 'icb'`),
        {
          timeout: 90_000,
        },
      )
      .toEqual([{ name: 'icb' }]);
    await expect(other.assertNobodyRuns()).rejects.toMatchObject(RUNS);
    await running.close();
    await expect(other.assertNobodyRuns()).resolves.toBeUndefined();
    await other.close();
  });
});

test(
  'a connection that is lost while a database is filled is told in a sentence, and nothing was changed',
  SLOW,
  async () => {
    const url = await server.freshUrl();
    const store = await postgresStore({ url, connections: 2, applicationName: 'icb migrate' });
    const fill = store.fill(
      'default',
      async (target) => {
        await target.commit(putting('organizations', organization('1')));
        await ask(
          url,
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'icb migrate'`,
        );
        await wait(50);
        await target.commit(putting('organizations', organization('2')));
      },
      { replace: true },
    );
    await expect(fill).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/^The connection to PostgreSQL was lost .* do the same again\.$/),
    });
    const after = await (await store.for('default')).snapshot();
    expect(await after.list('organizations')).toEqual([]);
    await store.close();
  },
);

test('a % in the password that stands for no character is told without it', async () => {
  const opening = postgresStore({ url: 'postgresql://icb:50%ffsecret@127.0.0.1:1/icb' });
  const error = await opening.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'config', message: expect.stringContaining('Write %25') });
  expect(String(error)).not.toContain('ffsecret');
});
