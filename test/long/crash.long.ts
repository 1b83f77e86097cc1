import { expect, test } from 'vitest';
import { crashEverywhere } from '../oracle/crash-everywhere.ts';
import { aFewWeeks } from '../oracle/live-log.ts';

const SEED = Number(process.env.SEED ?? 1);

test.each(['before', 'after'] as const)(
  'a crash %s any call of three weeks leaves no trace',
  async (when) => {
    for (let seed = SEED; seed < SEED + 5; seed++) {
      const { whole, rounds } = await crashEverywhere(aFewWeeks(seed, 60), '2026-02-12', when);
      process.stdout.write(`seed ${seed}: ${rounds.length} crashes ${when} a call, ${whole.length} items\n`);
      for (const { call, items } of rounds)
        expect(items, `seed ${seed}, died ${when} call ${call}`).toEqual(whole);
    }
  },
);
