import { expect, test } from 'vitest';
import { crashEverywhere } from './crash-everywhere.ts';
import { aFewWeeks } from './live-log.ts';

test.each(['before', 'after'] as const)(
  'a crash %s any store or PSA call leaves no trace in the items',
  async (when) => {
    const { before, whole, rounds } = await crashEverywhere(aFewWeeks(21, 30), '2026-01-30', when);
    expect(whole).not.toEqual(before);
    expect(rounds.length).toBeGreaterThan(8);
    for (const { call, items } of rounds) expect(items, `died ${when} call ${call}`).toEqual(whole);
  },
);
