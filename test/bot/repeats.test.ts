import { App } from '@slack/bolt';
import { afterEach, describe, expect, test } from 'vitest';
import { deliveryKey } from '../../bot/slack/ignore-repeats.ts';
import { WebReceiver } from '../../bot/slack/receiver.ts';
import { RecentKeys } from '../../bot/slack/recent-keys.ts';
import { slackLogger } from '../../bot/slack/slack-clients.ts';
import { signHeaders } from '../../src/simulators/slack/sign.ts';
import { ADMIN, type BotWorld, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

const SECRET = 'a signing secret';
const NOW = Date.parse('2026-11-10T08:00:00Z');

describe('what was taken is remembered', () => {
  test('for a time, and no longer', () => {
    let now = 0;
    const keys = new RecentKeys({ now: () => now, forMs: 100 });
    expect([keys.take('a'), keys.take('a'), keys.take('b')]).toEqual([true, false, true]);
    now = 99;
    expect(keys.take('a')).toBe(false);
    now = 100;
    expect([keys.take('a'), keys.size]).toEqual([true, 1]);
  });

  test('in bounded memory, the oldest goes first', () => {
    const keys = new RecentKeys({ now: () => 0, forMs: 100, atMost: 3 });
    for (const key of ['a', 'b', 'c', 'd']) keys.take(key);
    expect(keys.size).toBe(3);
    expect(['d', 'c', 'b', 'a'].map((key) => keys.take(key))).toEqual([false, false, false, true]);
  });

  test('unless it could not be done', () => {
    const keys = new RecentKeys({ now: () => 0, forMs: 100 });
    keys.take('a');
    keys.forget('a');
    expect(keys.take('a')).toBe(true);
  });
});

describe('the same signed request', () => {
  const request = (body: string) =>
    new Request('http://icb/slack/events', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...signHeaders(SECRET, body, NOW) },
    });
  const opened = (listen: (app: App) => void) => {
    const refused: string[] = [];
    const web = new WebReceiver({
      signingSecret: SECRET,
      machineNow: () => NOW,
      track: (work) => work,
      refused: (because) => void refused.push(because),
    });
    const app = new App({
      receiver: web,
      authorize: async () => ({ botToken: 'xoxb-1' }),
      logger: slackLogger(() => {}),
      convoStore: false,
      ignoreSelf: false,
    });
    listen(app);
    return { web, refused };
  };
  const command = new URLSearchParams({
    command: '/icb',
    text: 'post',
    user_id: 'U1',
    trigger_id: '1',
  }).toString();

  test('is done once and answered twice', async () => {
    let done = 0;
    const { web, refused } = opened((app) =>
      app.command('/icb', async ({ ack }) => {
        done += 1;
        await ack('done');
      }),
    );
    const answers = await Promise.all([1, 2, 3].map(() => web.handle(request(command))));
    expect(answers.map((each) => each.status)).toEqual([200, 200, 200]);
    expect(await Promise.all(answers.map((each) => each.text()))).toEqual(['done', '', '']);
    expect(done).toBe(1);
    expect(refused).toEqual(Array(2).fill('the same signed request came again'));
  });

  test('that failed before it was taken may come again', async () => {
    let tried = 0;
    const { web } = opened((app) =>
      app.command('/icb', async ({ ack }) => {
        tried += 1;
        if (tried === 1) throw new Error('not yet');
        await ack('done');
      }),
    );
    expect((await web.handle(request(command))).status).toBe(500);
    expect(await (await web.handle(request(command))).text()).toBe('done');
  });

  test('for a menu gets the answer it got, without asking again', async () => {
    let asked = 0;
    const { web } = opened((app) =>
      app.options('find', async ({ ack }) => {
        asked += 1;
        await ack({ options: [{ text: { type: 'plain_text', text: 'Globex' }, value: '1' }] });
      }),
    );
    const payload = {
      type: 'block_suggestion',
      action_id: 'find',
      value: 'glo',
      user: { id: 'U1' },
      team: { id: 'T1' },
    };
    const menu = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
    const first = await (await web.handle(request(menu))).text();
    expect(first).toContain('Globex');
    expect(await (await web.handle(request(menu))).text()).toBe(first);
    expect(asked).toBe(1);
  });
});

describe('what tells two deliveries apart', () => {
  const click = {
    type: 'block_actions',
    trigger_id: '1',
    user: { id: 'U1' },
    actions: [{ action_id: 'a', action_ts: '1' }],
  };
  const submit = {
    type: 'view_submission',
    trigger_id: '1',
    user: { id: 'U1' },
    view: { id: 'V1', hash: 'h', state: {} },
  };
  test.each([
    ['the event', { event_id: 'Ev1' }, { event_id: 'Ev2' }],
    ['the trigger', click, { ...click, trigger_id: '2' }],
    ['the person', click, { ...click, user: { id: 'U2' } }],
    ['the action', click, { ...click, actions: [{ action_id: 'b', action_ts: '1' }] }],
    ['the text of a command', { trigger_id: '1', text: 'plan' }, { trigger_id: '1', text: 'post' }],
    ['what was filled in', submit, { ...submit, view: { ...submit.view, state: { values: {} } } }],
  ])('%s', (_what, one, other) => {
    expect(deliveryKey(one)).toBe(deliveryKey(structuredClone(one)));
    expect(deliveryKey(one)).not.toBe(deliveryKey(other));
  });

  test('an event is the same however it is delivered again', () => {
    expect(deliveryKey({ event_id: 'Ev1', event_time: 1 })).toBe(
      deliveryKey({ event_id: 'Ev1', event_time: 2 }),
    );
  });

  test('what has neither trigger nor event is never a repeat', () => {
    expect([deliveryKey({ type: 'block_suggestion' }), deliveryKey(7), deliveryKey({ actions: 7 })]).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe.each(['http', 'socket'] as const)('over %s', (transport) => {
  let world: BotWorld;
  afterEach(() => world.close());

  test('an event that Slack sends again does its work once', async () => {
    world = await startBotWorld({ socket: transport === 'socket' });
    const { slack } = world;
    await expect.poll(() => slack.transport()).toBe(transport);
    await slack.openHome(ADMIN);
    await slack.waitFor(() => slack.homeOf(ADMIN));
    const [sent] = slack.log.of('app_home_opened');
    await expect.poll(() => slack.log.of('views.publish').length).toBe(1);
    const again = { ...(sent?.request as object), type: 'event_callback' };
    await slack.redeliver('events_api', again, { num: 1, reason: 'http_timeout' });
    await slack.redeliver('events_api', again, { num: 2, reason: 'http_timeout' });
    await person(world, ADMIN).type('/icb help');
    await person(world, ADMIN).told('What you can type after /icb');
    expect(slack.log.of('views.publish')).toHaveLength(1);
  });

  test('a command delivered twice runs once', async () => {
    world = await startBotWorld({ socket: transport === 'socket' });
    const { slack } = world;
    await expect.poll(() => slack.transport()).toBe(transport);
    const alex = person(world, ADMIN);
    await alex.type('/icb help');
    await alex.told('What you can type after /icb');
    const [sent] = slack.log.of('slash_commands');
    const answer = await slack.redeliver('slash_commands', sent?.request as Record<string, unknown>);
    expect(answer).toMatchObject({ ok: true });
    await alex.type('/icb nosuchthing');
    await alex.told('nosuchthing');
    expect(slack.ephemerals(ADMIN)).toHaveLength(2);
  });
});
