import { afterEach, beforeEach, expect, test } from 'vitest';
import { inspectAddress, inspectClock, type Send } from '../../bot/slack/inspect-place.ts';
import { type BotWorld, CHANNEL, startBotWorld } from './bot-world.ts';

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
});
afterEach(() => world.close());

const said = async () => (await world.bot.inspect()).map(({ ok, text }) => `${ok ? 'ok' : 'not'} ${text}`);

test('the channel: a member, not a member, none there', async () => {
  expect(await said()).toContain(`ok It is a member of the channel ${CHANNEL}.`);
  for (const [error, text] of [
    ['not_in_channel', 'type /invite @icb there'],
    ['channel_not_found', 'check SLACK_CHANNEL'],
    ['missing_scope', 'cannot be read (missing_scope)'],
  ] as const) {
    world.slack.faults.set('conversations.history', { kind: 'error', error, times: 1 });
    expect((await said()).find((line) => line.includes(CHANNEL))).toMatch(/^not /);
    world.slack.faults.set('conversations.history', { kind: 'error', error, times: 1 });
    expect((await said()).join('\n')).toContain(text);
  }
});

test('a token that is refused is all that is said', async () => {
  world.slack.faults.set('auth.test', { kind: 'error', error: 'token_revoked', times: 1 });
  expect(await said()).toEqual([expect.stringMatching(/^not .*token_revoked/)]);
});

test('the clock: alike, behind, ahead, and a Slack that tells no time', async () => {
  const theirs = Date.parse('2026-11-10T08:00:00Z');
  const send = async () => new Response('{}', { headers: { date: new Date(theirs).toUTCString() } });
  const at = (ms: number) => inspectClock(send, 'https://slack.test/api', () => theirs + ms);
  expect(await at(60_000)).toMatchObject({ ok: true });
  expect(await at(-200_000)).toMatchObject({
    ok: false,
    text: expect.stringContaining('200 seconds behind'),
  });
  expect(await at(90_000)).toMatchObject({ ok: false, text: expect.stringContaining('90 seconds ahead of') });
  const silent = async () => new Response('{}');
  expect(await inspectClock(silent, 'https://slack.test/api', () => 0)).toBeUndefined();
});

test('the address: icb refuses what is not signed; anything else is not icb', async () => {
  const own = ((url, init) => world.bot.handle(new Request(url, init))) satisfies Send;
  expect(await inspectAddress(own, 'https://icb.example.com')).toMatchObject({ ok: true });
  const other = async () => new Response('hello');
  expect(await inspectAddress(other, 'https://icb.example.com/')).toMatchObject({
    ok: false,
    text: expect.stringContaining('https://icb.example.com/slack/events answers 200'),
  });
  const down = async () => Promise.reject(new Error('ECONNREFUSED'));
  expect(await inspectAddress(down, 'https://icb.example.com')).toMatchObject({
    ok: false,
    text: expect.stringContaining('does not answer'),
  });
});
