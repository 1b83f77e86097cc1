import { verifySlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS } from './bolt-app.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const ADMIN = 'U0ADMIN';
const MINUTE = 60_000;
let slack: SlackSimulator;
let receiver: Receiver;
let time: number;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 22, 12);
  receiver = await startReceiver();
  slack = await startSlackSimulator({
    ...SECRETS,
    requestUrl: receiver.url,
    deliveryTimeoutMs: 1_000,
    shouldEscape: true,
    now: () => time,
  });
});
afterEach(async () => {
  await slack.close();
  await receiver.close();
});

const respond = (url: unknown, body: object) =>
  fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a slash command', () => {
  it('carries the fields Slack sends, signed', async () => {
    await slack.command(ADMIN, '/icb map "Smith & Sons" for @vera in #billing');
    const [delivery] = receiver.received;
    expect(delivery?.payload).toMatchObject({
      command: '/icb',
      text: 'map "Smith &amp; Sons" for <@U0VIEW|vera> in <#C0BILLING|billing>',
      user_id: ADMIN,
      user_name: 'alex',
      channel_id: 'C0BILLING',
      channel_name: 'billing',
      team_id: 'T0DEMOMSP',
      is_enterprise_install: 'false',
    });
    const headers = delivery?.headers ?? {};
    const raw = delivery?.raw ?? '';
    const signed = {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    };
    const check = (body: string) =>
      verifySlackRequest({
        signingSecret: SECRETS.signingSecret,
        body,
        headers: signed,
        nowMilliseconds: time,
      });
    expect(() => check(raw)).not.toThrow();
    expect(() => check(`${raw}&more=1`)).toThrow();
  });

  it.each([
    ['operation_timeout', () => 'silence' as const],
    ['http_service_error', () => ({ status: 500 })],
    ['http_client_error', () => ({ status: 404 })],
    ['invalid_blocks', () => ({ body: { blocks: [{ type: 'wat' }] } })],
  ])('that ends in %s says so to the person alone', async (error, answer) => {
    receiver.answer = answer;
    await slack.command(ADMIN, '/icb help');
    expect(slack.ephemerals(ADMIN)).toMatchObject([
      { user: 'USLACKBOT', text: `/icb failed with the error "${error}"` },
    ]);
    expect(slack.messages('billing')).toEqual([]);
  });

  it('that no app registered is not sent', async () => {
    await slack.command(ADMIN, '/other');
    expect(receiver.received).toEqual([]);
    expect(slack.ephemerals(ADMIN)[0]?.text).toContain('`/other` is not a valid command.');
  });
});

describe('a response_url', () => {
  const commandUrl = async () => {
    await slack.command(ADMIN, '/icb sync');
    return receiver.received.at(-1)?.payload.response_url;
  };

  it('works five times', async () => {
    const url = await commandUrl();
    for (let use = 1; use <= 5; use += 1) expect((await respond(url, { text: `${use}` })).status).toBe(200);
    const sixth = await respond(url, { text: 'late' });
    expect([sixth.status, await sixth.json()]).toEqual([404, { ok: false, error: 'used_url' }]);
    expect(slack.ephemerals(ADMIN)).toHaveLength(5);
  });

  it('works for thirty minutes', async () => {
    const url = await commandUrl();
    time += 30 * MINUTE;
    expect((await respond(url, { text: 'just in time' })).status).toBe(200);
    time += 1;
    const late = await respond(url, { text: 'late' });
    expect([late.status, await late.json()]).toEqual([404, { ok: false, error: 'expired_url' }]);
  });

  it('replaces the answer the command got at once', async () => {
    receiver.answer = () => ({ body: { text: 'Working…' } });
    await respond(await commandUrl(), { text: 'Done', replace_original: true });
    expect(slack.ephemerals(ADMIN).map(({ text }) => text)).toEqual(['Done']);
  });

  it('shows the command in the channel once, above its first answer there', async () => {
    const url = await commandUrl();
    for (const text of ['one', 'two']) await respond(url, { text, response_type: 'in_channel' });
    expect(slack.messages('billing').map(({ text }) => text)).toEqual(['/icb sync', 'one', 'two']);
  });

  it('replaces and deletes what it showed', async () => {
    const url = await commandUrl();
    await respond(url, { text: 'Working…' });
    await respond(url, { text: 'Done', replace_original: true });
    expect(slack.ephemerals(ADMIN).map(({ text }) => text)).toEqual(['Done']);
    await respond(url, { delete_original: 'true' });
    expect(slack.ephemerals(ADMIN)).toEqual([]);
  });

  it('refuses blocks Slack refuses', async () => {
    const refused = await respond(await commandUrl(), { blocks: [{ type: 'divider', x: 1 }] });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({
      error: 'invalid_blocks',
      errors: ['invalid additional property: x [json-pointer:/blocks/0]'],
    });
  });
});

describe('events and request URLs', () => {
  it('checks the url with a challenge', async () => {
    receiver.answer = ({ payload }) => ({ body: { challenge: payload.challenge } });
    expect((await slack.verifyUrl()).verified).toBe(true);
    receiver.answer = () => ({ body: { challenge: 'something else' } });
    expect((await slack.verifyUrl()).verified).toBe(false);
  });

  it('sends app_home_opened and repeats it once when the app fails', async () => {
    receiver.answer = () => ({ status: 500 });
    await slack.openHome(ADMIN);
    const [first, again] = receiver.received;
    expect(first?.payload).toMatchObject({
      type: 'event_callback',
      team_id: 'T0DEMOMSP',
      event: { type: 'app_home_opened', user: ADMIN, tab: 'home' },
    });
    expect(again?.payload.event_id).toBe(first?.payload.event_id);
    expect(again?.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
  });

  it('does not repeat an event the app does not want again', async () => {
    receiver.answer = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await slack.openHome(ADMIN);
    expect(receiver.received).toHaveLength(1);
  });

  it('delivers raw bytes under whatever headers a test wants', async () => {
    receiver.answer = () => ({ status: 401 });
    const answer = await slack.deliverRaw({
      body: 'command=%2Ficb',
      headers: { 'x-slack-signature': 'v0=forged' },
    });
    expect(answer).toMatchObject({ ok: false, status: 401, error: 'http_client_error' });
    expect(receiver.received[0]?.headers['x-slack-signature']).toBe('v0=forged');
  });
});
