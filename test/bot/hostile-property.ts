import fc from 'fast-check';
import { expect } from 'vitest';
import { signHeaders } from '../../src/simulators/slack/sign.ts';
import { encoded, GENUINE, type Hostile, hostile, NOW, SECRET } from './hostile-requests.ts';
import { recordedBot } from './recorded-bot.ts';

const URL_OF_ICB = 'http://icb.example.com/slack/events';

/** Statuses that say no. 200 too: a repeat and an unreadable payload are taken, and nothing is done. */
const EXPECTED: Readonly<Record<Hostile['kind'], readonly number[]>> = {
  forged: [401],
  dated: [401],
  oversized: [413],
  replayed: [200],
  malformed: [200, 400, 404],
};

const genuine = (kind: keyof typeof GENUINE, at = NOW): Request => {
  const { text, type } = encoded(kind, GENUINE[kind]);
  return new Request(URL_OF_ICB, {
    method: 'POST',
    body: text,
    headers: { 'content-type': type, ...signHeaders(SECRET, text, at) },
  });
};

/**
 * Sends `runs` hostile requests to the whole bot. None reaches a use case or Slack, none crashes; the same bot does take
 * the genuine ones, before and after, so the silence between is not the recorder's.
 * @returns how many were sent of each kind
 */
export async function hostileRequests(runs: number, seed: number): Promise<Record<string, number>> {
  const bot = await recordedBot();
  const counted: Record<string, number> = {};
  const crashes: unknown[] = [];
  const crashed = (error: unknown) => void crashes.push(error);
  process.on('unhandledRejection', crashed);
  try {
    for (const kind of Object.keys(GENUINE) as (keyof typeof GENUINE)[]) {
      expect((await bot.handle(genuine(kind))).status, kind).toBe(200);
      await bot.settled();
      expect(bot.reached(), `${kind} reaches its use case`).not.toEqual([]);
    }
    await fc.assert(
      fc.asyncProperty(hostile, async ({ kind, body, headers }) => {
        counted[kind] = (counted[kind] ?? 0) + 1;
        const answer = await bot.handle(new Request(URL_OF_ICB, { method: 'POST', body, headers }));
        await bot.settled();
        expect(bot.reached()).toEqual([]);
        expect(EXPECTED[kind], `${kind} was answered ${answer.status}`).toContain(answer.status);
      }),
      { numRuns: runs, seed },
    );
    // Signed at another second, the same command is a repeat no more by its signature, but is by its trigger.
    expect((await bot.handle(genuine('command', NOW + 1000))).status).toBe(200);
    await bot.settled();
    expect(bot.reached()).toEqual([]);
    expect((await bot.handle(genuine('block_suggestion', NOW + 1000))).status).toBe(200);
    expect(bot.reached()).not.toEqual([]);
    expect(bot.faults).toEqual([]);
    expect(crashes).toEqual([]);
  } finally {
    process.off('unhandledRejection', crashed);
  }
  return counted;
}
