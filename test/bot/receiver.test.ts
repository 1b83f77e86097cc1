import { App } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { InFlight } from '../../bot/slack/in-flight.ts';
import { WebReceiver } from '../../bot/slack/receiver.ts';
import { slackLogger } from '../../bot/slack/slack-clients.ts';
import { signHeaders } from '../../src/simulators/slack/sign.ts';

const SECRET = 'a signing secret';
const NOW = Date.parse('2026-11-10T08:00:00Z');
const FORM = 'application/x-www-form-urlencoded';
const COMMAND = new URLSearchParams({
  command: '/icb',
  text: 'map Müller & Söhne 🦄',
  user_id: 'U1',
  team_id: 'T1',
  trigger_id: '1',
}).toString();

type Listen = (app: App) => void;

function receiver(listen: Listen = () => {}, answerWithinMs = 50) {
  const refused: string[] = [];
  const inFlight = new InFlight();
  const web = new WebReceiver({
    signingSecret: SECRET,
    machineNow: () => NOW,
    track: (work) => inFlight.track(work),
    refused: (because) => void refused.push(because),
    answerWithinMs,
  });
  const app = new App({
    receiver: web,
    authorize: async () => ({ botToken: 'xoxb-1' }),
    logger: slackLogger(() => {}),
    convoStore: false,
    ignoreSelf: false,
  });
  listen(app);
  return { web, refused, inFlight };
}

const request = (body: string, headers: Record<string, string> = {}, at = NOW) =>
  new Request('http://icb/slack/events', {
    method: 'POST',
    body,
    headers: { 'content-type': FORM, ...signHeaders(SECRET, body, at), ...headers },
  });

describe('refuses with 401 and says why only to the log', () => {
  test.each([
    [
      'a wrong signature',
      request(COMMAND, { 'x-slack-signature': 'v0=0123456789abcdef' }),
      'signature does not match',
    ],
    ['an unknown version', request(COMMAND, { 'x-slack-signature': 'v1=00' }), 'signature does not match'],
    [
      'a signature without a hash',
      request(COMMAND, { 'x-slack-signature': 'v0' }),
      'signature does not match',
    ],
    ['a body changed on the way', requestWithOtherBody(), 'signature does not match'],
    ['a time 6 minutes old', request(COMMAND, {}, NOW - 360_000), 'timestamp is stale or ahead'],
    ['a time 6 minutes ahead', request(COMMAND, {}, NOW + 360_000), 'timestamp is stale or ahead'],
    ['a time a day ahead', request(COMMAND, {}, NOW + 86_400_000), 'timestamp is stale or ahead'],
    [
      'a time that is no number',
      request(COMMAND, { 'x-slack-request-timestamp': 'soon' }),
      'timestamp is not a number',
    ],
    ['no signature', without('x-slack-signature'), 'signature headers missing'],
    ['no timestamp', without('x-slack-request-timestamp'), 'signature headers missing'],
    [
      'an unsigned ssl_check',
      new Request('http://icb/', { method: 'POST', body: 'ssl_check=1' }),
      'signature headers missing',
    ],
  ])('%s', async (_what, bad, because) => {
    const { web, refused } = receiver((app) => app.command('/icb', ({ ack }) => ack('leaked')));
    const response = await web.handle(bad);
    expect([response.status, await response.text()]).toEqual([401, 'The request is not signed by Slack.']);
    expect(refused).toEqual([because]);
  });

  function requestWithOtherBody(): Request {
    return new Request('http://icb/', {
      method: 'POST',
      body: `${COMMAND}&more=1`,
      headers: { 'content-type': FORM, ...signHeaders(SECRET, COMMAND, NOW) },
    });
  }

  function without(header: string): Request {
    const one = request(COMMAND);
    one.headers.delete(header);
    return one;
  }
});

test.each([-299_000, 0, 299_000])('accepts a clock that is %i ms off', async (offset) => {
  const { web } = receiver((app) => app.command('/icb', ({ ack }) => ack('fine')));
  expect((await web.handle(request(COMMAND, {}, NOW + offset))).status).toBe(200);
});

test('text beyond ASCII arrives as it was typed', async () => {
  let text = '';
  const { web } = receiver((app) =>
    app.command('/icb', async ({ ack, command }) => {
      text = command.text;
      await ack();
    }),
  );
  expect(await (await web.handle(request(COMMAND))).text()).toBe('');
  expect(text).toBe('map Müller & Söhne 🦄');
});

test('answers the URL check and a signed ssl_check itself', async () => {
  const { web } = receiver();
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const checked = await web.handle(request(body, { 'content-type': 'application/json' }));
  expect(await checked.json()).toEqual({ challenge: 'abc' });
  expect((await web.handle(request('ssl_check=1&token=x'))).status).toBe(200);
});

test.each([
  ['a GET', new Request('http://icb/slack/events'), 405],
  ['JSON cut in half', request('{"type":"ev', { 'content-type': 'application/json' }), 400],
  ['a payload that is no object', request('payload=7'), 400],
  ['more than a megabyte', request('x'.repeat(1024 * 1024 + 1)), 413],
  [
    'a listener nobody wrote',
    request('payload=%7B%22type%22%3A%22unheard_of%22%2C%22user%22%3A%7B%7D%7D'),
    404,
  ],
  ['a click of nobody', request('payload=%7B%22type%22%3A%22block_actions%22%7D'), 400],
])('%s', async (_what, odd, status) => {
  expect((await receiver().web.handle(odd)).status).toBe(status);
});

test('a megabyte without a length is stopped while it is read', async () => {
  const chunk = new Uint8Array(64 * 1024);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 1;
      controller.enqueue(chunk);
      if (sent > 1000) controller.close();
    },
  });
  const endless = new Request('http://icb/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect((await receiver().web.handle(endless)).status).toBe(413);
  expect(sent).toBeLessThan(30);
});

test('a listener that never acks is answered before Slack gives up; its work is still tracked', async () => {
  const gate = Promise.withResolvers<void>();
  const { web, inFlight } = receiver((app) => app.command('/icb', () => gate.promise), 10);
  expect((await web.handle(request(COMMAND))).status).toBe(503);
  expect(inFlight.size).toBe(1);
  gate.resolve();
  expect(await inFlight.drain(1000)).toBe(true);
});

test('a listener that throws before it acks is a 500; after, the answer stands', async () => {
  const early = receiver((app) =>
    app.command('/icb', async () => {
      throw new Error('early');
    }),
  );
  expect((await early.web.handle(request(COMMAND))).status).toBe(500);
  const late = receiver((app) =>
    app.command('/icb', async ({ ack }) => {
      await ack({ text: 'fine' });
      throw new Error('late');
    }),
  );
  const answered = await late.web.handle(request(COMMAND));
  expect([answered.status, await answered.json()]).toEqual([200, { text: 'fine' }]);
});

test('after stop nothing new is taken', async () => {
  const { web } = receiver((app) => app.command('/icb', ({ ack }) => ack()));
  await web.stop();
  expect((await web.handle(request(COMMAND))).status).toBe(503);
});
