import { expect, test } from 'vitest';
import { slackState } from '../src/slack-state.ts';

async function known(ok: boolean, waiting: number) {
  let now = 0;
  const state = slackState(
    {
      check: async () => ({ ok, ...(ok ? {} : { problem: 'Slack refuses the bot token (token_revoked).' }) }),
      waiting: async () => waiting,
    },
    () => now,
  );
  expect(state()).toEqual({ state: 'not asked yet' });
  await new Promise(setImmediate);
  now += 1_000;
  return state();
}

test('a Slack that answers and owes nobody a message is no problem', async () => {
  expect(await known(true, 0)).toEqual({ state: 'connected' });
});

test('a revoked token and what waits because of it are told, for the dashboard and /readyz', async () => {
  expect(await known(false, 2)).toEqual({
    state: 'unreachable',
    problem:
      'Slack refuses the bot token (token_revoked). 2 messages to people in Slack wait to be sent; icb tries again each minute.',
  });
  expect((await known(true, 1)).problem).toBe(
    '1 message to people in Slack waits to be sent; icb tries again each minute.',
  );
});
