import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PostgresServer, postgresServer } from '../../support/postgres-server.ts';
import { manyNights, said } from './nights.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer({ durable: true });
}, 240_000);
afterAll(() => server.stop());

test('three processes that die at random, and a server that is killed, give each night one run', {
  timeout: 600_000,
}, async () => {
  const figures = await manyNights(server, { nights: 12, seed: 7, killServer: 0.1 });
  process.stdout.write(said(figures));
  expect(figures.wrong).toEqual([]);
  expect(figures.processesDied).toBeGreaterThan(0);
  expect(figures.items).toEqual(figures.expected);
});
