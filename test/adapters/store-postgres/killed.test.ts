import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, postgresServer } from '../../support/postgres-server.ts';
import { killedChildren } from './killed-children.ts';
import { killedServer } from './killed-server.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer({ durable: true });
}, 240_000);
afterAll(() => server.stop());

const LONG = { timeout: 300_000 };

test(
  'a server that is killed while two processes commit loses nothing that was acknowledged',
  LONG,
  async () => {
    const figures = await killedServer(server, { kills: 2, seed: 5 });
    process.stdout.write(`PostgreSQL killed: ${JSON.stringify(figures)}\n`);
    expect(figures).toMatchObject({ kills: 2, lost: 0, half: 0, doubled: 0 });
    expect(figures.acknowledged).toBeGreaterThan(5);
  },
);

test('of two processes that are killed with kill -9 each night has one run', LONG, async () => {
  const figures = await killedChildren(server, { nights: 2, seed: 11 });
  process.stdout.write(`processes killed: ${JSON.stringify(figures)}\n`);
  expect(figures.wrong).toEqual([]);
  expect(figures.killed).toBeGreaterThan(0);
});
