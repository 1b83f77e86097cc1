import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from './data-folder.ts';
import { killNights } from './kill-nights.ts';

/** `npm run test:long` kills 500 times. */
it('loses no acknowledged commit and shows no half one when it is killed at random moments', async () => {
  const dir = join(await dataFolder(), 'db');
  const told = await killNights({ dir, kills: 4, seed: 20261127, longestMs: 250 });
  console.log(`kill -9: ${JSON.stringify(told)}`);
  expect(told).toMatchObject({ kills: 4, losses: 0, halfCommits: 0, notOpened: 0 });
  expect(told.acknowledged).toBeGreaterThan(4);
});
