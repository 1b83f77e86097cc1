import { expect, test } from 'vitest';
import { hostileRequests } from '../bot/hostile-property.ts';

/** `SEED=7 npm run test:long` sends others. */
const SEED = Number(process.env.SEED ?? 1);

test(`10,000 hostile requests reach no use case and crash nothing (seed ${SEED})`, async () => {
  const counted = await hostileRequests(10_000, SEED);
  process.stdout.write(`seed ${SEED}: ${JSON.stringify(counted)}\n`);
  expect(Object.values(counted).reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(10_000);
});
