import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgresStore } from '../../../src/adapters/store-postgres/postgres-store.ts';
import { IcbError } from '../../../src/domain/errors.ts';
import { organization, putting } from '../../contract/store-records.ts';
import { type PostgresServer, postgresServer } from '../../support/postgres-server.ts';
import { severableProxy } from '../../support/severable-proxy.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer({ durable: true });
});
afterAll(() => server.stop());

const names = async (url: string): Promise<string[]> => {
  const store = await postgresStore({ url, connections: 2 });
  try {
    const snapshot = await (await store.for('default')).snapshot();
    return (await snapshot.list('organizations')).map(({ name }) => name);
  } finally {
    await store.close();
  }
};

const ask = async (url: string, query: string): Promise<void> => {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(query);
  await client.end();
};

describe('a server that goes away', () => {
  test('and comes back within a call’s patience is not noticed by who commits and reads', async () => {
    const store = await postgresStore({
      url: await server.freshUrl(),
      connections: 2,
      patienceMs: { call: 30_000, run: 30_000 },
    });
    const tenant = await store.for('default');
    await tenant.commit(putting('organizations', organization('1')));
    await server.kill();
    const commit = tenant.commit(putting('organizations', organization('2')));
    const read = tenant.snapshot();
    await server.start();
    expect(await commit).toBe(2);
    await read;
    expect((await (await tenant.snapshot()).list('organizations')).map(({ id }) => id)).toEqual(['1', '2']);
    await store.close();
  });

  test('is told at the end of patience, then at once, until it is back', async () => {
    let now = 0;
    const waited: number[] = [];
    const store = await postgresStore({
      url: await server.freshUrl(),
      connections: 2,
      patienceMs: { call: 1_000, run: 30_000 },
      now: () => now,
      delay: async (ms) => {
        waited.push(ms);
        now += ms;
      },
    });
    const tenant = await store.for('default');
    await tenant.snapshot();
    await server.kill();
    const error = await tenant.snapshot().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IcbError);
    expect(error).toMatchObject({
      code: 'store-unavailable',
      message: expect.stringMatching(/PostgreSQL does not answer/),
    });
    expect(String((error as Error).message)).not.toContain(String(server.port));
    expect(waited.length).toBeGreaterThan(3);
    waited.length = 0;
    await expect(tenant.snapshot()).rejects.toMatchObject({ code: 'store-unavailable' });
    await expect(tenant.commit({})).rejects.toMatchObject({ code: 'store-unavailable' });
    expect(waited).toEqual([]);
    await server.start();
    expect((await tenant.snapshot()).revision).toBe(0);
    await store.close();
  });
});

/** Acknowledged or lost, a commit counts once: its answer is cut off at every moment of its way. */
test('a commit whose connection is lost at any moment is there once', async () => {
  const url = await server.freshUrl();
  let revision = 0;
  for (let at = 0; at < 12; at++) {
    const proxy = await severableProxy(server.port);
    const through = new URL(url);
    through.port = String(proxy.port);
    const store = await postgresStore({
      url: through.href,
      connections: 2,
      patienceMs: { call: 20_000, run: 0 },
    });
    const tenant = await store.for('default');
    proxy.cutAfterAnswers(at);
    expect(await tenant.commit(putting('organizations', organization(`o${at}`, `n${at}`)))).toBe(++revision);
    await store.close();
    proxy.sever();
  }
  expect(await names(url)).toHaveLength(12);
});

describe('a lease', () => {
  const held = async (url: string) =>
    postgresStore({ url, connections: 2, askEveryMs: 5, patienceMs: { call: 20_000, run: 20_000 } });

  test('is of one at a time, and passes on', async () => {
    const url = await server.freshUrl();
    const [a, b] = await Promise.all([held(url), held(url)]);
    await Promise.all([a.for('default'), b.for('default')]);
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push(`${name} ends`);
    };
    const first = a.exclusively('default', 'sync', async () => {
      expect(await b.exclusively('default', 'sync', work('never'), { wait: false })).toBeUndefined();
      await work('a')();
    });
    await Promise.all([first, b.exclusively('default', 'sync', work('b'))]);
    const [x, y] = log[0] === 'a begins' ? ['a', 'b'] : ['b', 'a'];
    expect(log).toEqual([`${x} begins`, `${x} ends`, `${y} begins`, `${y} ends`]);
    await Promise.all([a.close(), b.close()]);
  });

  test('that another process took over lets its old holder write nothing', async () => {
    const url = await server.freshUrl();
    const proxy = await severableProxy(server.port);
    const through = new URL(url);
    through.port = String(proxy.port);
    const [old, next] = await Promise.all([held(through.href), held(url)]);
    const tenant = await old.for('default');
    await next.for('default');
    const late = old.exclusively('default', 'sync', async () => {
      await tenant.commit(putting('organizations', organization('1')));
      // Off the network: the server lets go of its lock, and somebody else gets it before it is back.
      proxy.pause();
      await next.exclusively('default', 'sync', async () => {});
      proxy.resume();
      await tenant.commit(putting('organizations', organization('2')));
    });
    await expect(late).rejects.toMatchObject({ code: 'taken-over' });
    expect(await tenant.commit(putting('organizations', organization('3')))).toBe(2);
    expect(await names(url)).toHaveLength(2);
    await Promise.all([old.close(), next.close()]);
    proxy.sever();
  });
});

describe('opening', () => {
  test('a database of a newer icb is refused', async () => {
    const url = await server.freshUrl();
    await (await postgresStore({ url })).close();
    await ask(url, 'insert into icb_schema (version) values (99)');
    await expect(postgresStore({ url })).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(/tables of version 99, and this icb knows version \d+/),
    });
  });

  test('records of another layout are refused', async () => {
    const url = await server.freshUrl();
    const store = await postgresStore({ url });
    await store.for('default');
    await ask(url, 'update icb_tenants set record_schema = 99');
    const again = await postgresStore({ url });
    await expect(again.for('default')).rejects.toMatchObject({
      code: 'config',
      message: expect.stringMatching(/layout 99/),
    });
    await Promise.all([store.close(), again.close()]);
  });

  test('a wrong password is told without it', async () => {
    const url = new URL(await server.freshUrl());
    url.password = 'not-the-password';
    const error = await postgresStore({ url: url.href }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'config',
      message: expect.stringMatching(/PostgreSQL refuses DATABASE_URL \(28P01\)/),
    });
    expect(String(error)).not.toContain('not-the-password');
  });

  test('processes that start together migrate once', async () => {
    const url = await server.freshUrl();
    const stores = await Promise.all(Array.from({ length: 5 }, () => postgresStore({ url, connections: 2 })));
    await Promise.all(stores.map((store) => store.for('default')));
    await Promise.all(stores.map((store) => store.close()));
  });
});

test('a record that was changed from outside is named', async () => {
  const url = await server.freshUrl();
  const store = await postgresStore({ url });
  const tenant = await store.for('default');
  await tenant.commit(putting('organizations', organization('1')));
  await ask(url, `update icb_records set body = '{"id":"1","name":7}'`);
  await expect((await tenant.snapshot()).list('organizations')).rejects.toMatchObject({
    code: 'store-damaged',
    message: expect.stringMatching(
      /organizations record "1" in table icb_records was changed from outside: .*name/,
    ),
  });
  await store.close();
});

test('replaced records go after a while; a snapshot that is older than that says so, newer ones read on', async () => {
  const url = await server.freshUrl();
  const store = await postgresStore({ url, keepSeconds: 0, pruneEveryMs: 0 });
  const tenant = await store.for('default');
  await tenant.commit(putting('organizations', organization('1', 'old'), organization('2', 'stays')));
  await tenant.commit(putting('organizations', organization('1', 'new')));
  await tenant.commit({ remove: [{ kind: 'organizations', id: '2' }] });
  await store.close();
  const again = await postgresStore({ url, keepSeconds: 0, pruneEveryMs: 0 });
  const reader = await again.for('default');
  const before = await reader.snapshot();
  await reader.commit(putting('organizations', organization('3', 'third')));
  await (await again.for('default')).commit(putting('organizations', organization('1', 'newest')));
  await again.close();
  expect(before.revision).toBe(3);
  expect(await names(url)).toEqual(['newest', 'third']);
  const third = await postgresStore({ url, keepSeconds: 0, pruneEveryMs: 1e9 });
  const late = await third.for('default');
  const stale = await late.snapshot();
  await ask(url, 'update icb_tenants set pruned = revision + 1, revision = revision + 1');
  await expect(stale.list('organizations')).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/look again/),
  });
  await third.close();
});
