import { expect, test } from 'vitest';
import { manyNights, said } from '../adapters/store-postgres/nights.ts';
import { postgresServer } from '../support/postgres-server.ts';

const SEED = Number(process.env.SEED ?? 1);

test('1,000 nights on one PostgreSQL with processes and servers that die at random: one run each', async () => {
  const server = await postgresServer({ durable: true });
  try {
    const figures = await manyNights(server, { nights: 1_000, seed: SEED, killServer: 0.03 });
    process.stdout.write(said(figures));
    expect(figures.wrong).toEqual([]);
    expect(figures.items).toEqual(figures.expected);
  } finally {
    await server.stop();
  }
});
