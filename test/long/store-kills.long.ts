import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFolder } from '../adapters/store-lowdb/data-folder.ts';
import { FAULTS } from '../adapters/store-lowdb/faulty-files.ts';
import { faultyNights } from '../adapters/store-lowdb/faulty-nights.ts';
import { killNights } from '../adapters/store-lowdb/kill-nights.ts';

const KILLS = 500;

it(`the embedded store is killed ${KILLS} times during commits and loses nothing`, async () => {
  const dir = join(await dataFolder(), 'db');
  const told = await killNights({ dir, kills: KILLS, seed: 7, longestMs: 600 });
  console.log(`kill -9: ${JSON.stringify(told)}`);
  expect(told).toMatchObject({ kills: KILLS, losses: 0, halfCommits: 0, notOpened: 0 });
  expect(told.acknowledged).toBeGreaterThan(KILLS);
});

it.each(FAULTS.map((fault) => [fault] as const))(
  'a disk with %s at every n-th operation loses nothing',
  async (fault) => {
    const sums = { commits: 0, acknowledged: 0, refused: 0, faults: 0, lost: 0, half: 0 };
    for (let every = 2; every <= 41; every++) {
      const told = await faultyNights({
        dir: await dataFolder(),
        fault,
        every,
        commits: 48,
        seed: every * 3,
      });
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += told[name];
    }
    console.log(`faulty disk, ${fault}: ${JSON.stringify(sums)}`);
    expect(sums).toMatchObject({ lost: 0, half: 0 });
    expect(sums.acknowledged).toBeGreaterThan(100);
  },
);
