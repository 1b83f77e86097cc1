import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedChildren } from '../adapters/store-postgres/killed-children.ts';
import { killedServer } from '../adapters/store-postgres/killed-server.ts';
import { type PostgresServer, postgresServer } from '../support/postgres-server.ts';

const SEED = Number(process.env.SEED ?? 1);

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer({ durable: true });
});
afterAll(() => server.stop());

test('PostgreSQL killed 60 times while two processes commit', async () => {
  const figures = await killedServer(server, { kills: 60, seed: SEED });
  process.stdout.write(`PostgreSQL killed: ${JSON.stringify(figures)}\n`);
  expect(figures).toMatchObject({ kills: 60, lost: 0, half: 0, doubled: 0 });
});

test('100 nights of two processes that are killed with kill -9', async () => {
  const figures = await killedChildren(server, { nights: 100, seed: SEED });
  process.stdout.write(`processes killed: ${JSON.stringify(figures)}\n`);
  expect(figures.wrong).toEqual([]);
});
