import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS } from './bolt-app.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const ADMIN = 'U0ADMIN';
const channel = 'C0BILLING';
let slack: SlackSimulator;
let receiver: Receiver;
let time: number;
/** Refusals are what these tests are about; the client would print each. */
const quiet = () => undefined;
const logger = {
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
  setLevel: quiet,
  setName: quiet,
  getLevel: () => LogLevel.ERROR,
};
const clients = (token: string = SECRETS.botToken) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  });
const text = (value: string) => ({ type: 'plain_text' as const, text: value });
const modal = (title = 'Title', block_id = 'b') => ({
  type: 'modal' as const,
  title: text(title),
  blocks: [{ type: 'divider' as const, block_id }],
});

beforeEach(async () => {
  time = Date.UTC(2026, 10, 22, 12);
  receiver = await startReceiver();
  slack = await startSlackSimulator({ ...SECRETS, requestUrl: receiver.url, now: () => time });
});
afterEach(async () => {
  await slack.close();
  await receiver.close();
});

/** Answers the platform error's body. */
const failure = (call: Promise<unknown>) =>
  call.then(
    () => expect.fail('Slack took it.'),
    (error: { data?: object }) => error.data ?? error,
  );

describe('the workspace', () => {
  it('knows the bot and refuses other tokens', async () => {
    expect(await clients().auth.test()).toMatchObject({
      team_id: 'T0DEMOMSP',
      user_id: slack.botUserId,
      bot_id: 'B0ICBBOT1',
    });
    expect(await failure(clients('xoxb-other').auth.test())).toMatchObject({ error: 'invalid_auth' });
  });

  it('has its people and channels under their own ids', async () => {
    const web = clients();
    const { members = [] } = await web.users.list({});
    expect(members.map(({ id, real_name, is_admin, is_bot }) => [id, real_name, is_admin, is_bot])).toEqual([
      [ADMIN, 'Alex Admin', true, false],
      ['U0VIEW', 'Vera Viewer', false, false],
      [slack.botUserId, 'icb', false, true],
    ]);
    expect((await web.users.info({ user: 'U0VIEW' })).user).toMatchObject({
      id: 'U0VIEW',
      tz: 'Etc/UTC',
      tz_offset: 0,
    });
    expect((await web.conversations.list()).channels?.map(({ id, name }) => [id, name])).toEqual([
      [channel, 'billing'],
    ]);
    expect((await web.conversations.info({ channel })).channel).toMatchObject({
      id: channel,
      is_member: true,
    });
    const opened = await web.conversations.open({ users: ADMIN });
    await web.chat.postMessage({ channel: ADMIN, text: 'for you' });
    expect(slack.messages(ADMIN)).toMatchObject([{ channel: opened.channel?.id, text: 'for you' }]);
  });
});

describe('messages', () => {
  it('are posted, updated and deleted', async () => {
    const web = clients();
    const { ts = '' } = await web.chat.postMessage({ channel: '#billing', text: 'Hello <@U0VIEW>' });
    expect(slack.messages(channel)).toMatchObject([{ ts, text: 'Hello <@U0VIEW>', user: slack.botUserId }]);
    const blocks = [{ type: 'divider' as const }];
    await web.chat.update({ channel, ts, text: 'Done', blocks });
    expect(slack.messages(channel)).toMatchObject([
      { ts, text: 'Done', edited: false, blocks: [{ type: 'divider' }] },
    ]);
    await web.chat.update({ channel, ts, text: 'Text only' });
    expect(slack.messages(channel)).toMatchObject([{ text: 'Text only', edited: true, blocks: [] }]);
    await web.chat.delete({ channel, ts });
    expect(slack.messages(channel)).toEqual([]);
    expect(await failure(web.chat.update({ channel, ts, text: 'gone' }))).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('warn when only blocks are sent', async () => {
    const request = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRETS.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel, blocks: [{ type: 'divider' }] }),
    });
    expect(await request.json()).toMatchObject({ ok: true, warning: 'missing_text_in_message' });
  });

  it('are refused as Slack refuses them', async () => {
    const header = { type: 'header' as const, text: text('x'.repeat(151)) };
    expect(await failure(clients().chat.postMessage({ channel, text: 't', blocks: [header] }))).toMatchObject(
      {
        error: 'invalid_blocks',
        errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
        response_metadata: {
          messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
        },
      },
    );
    expect(slack.messages(channel)).toEqual([]);
  });

  it('show a picture that was uploaded first', async () => {
    const web = clients();
    const picture = (id: string) => [{ type: 'image' as const, alt_text: 'Chart', slack_file: { id } }];
    expect(
      await failure(web.chat.postMessage({ channel, text: 't', blocks: picture('F0NONE') })),
    ).toMatchObject({
      errors: ['invalid slack file [json-pointer:/blocks]'],
    });
    const png = Buffer.from('89504e470d0a1a0a', 'hex');
    const upload = await web.filesUploadV2({
      channel_id: channel,
      file: png,
      filename: 'chart.png',
      title: 'Chart',
    });
    const [shared] = slack.messages(channel);
    const file = shared?.files[0] as { id: string; url_private: string };
    expect(upload.ok).toBe(true);
    await web.chat.postMessage({ channel, text: 'Summary', blocks: picture(file.id) });
    const bytes = await fetch(file.url_private).then((response) => response.arrayBuffer());
    expect(Buffer.from(bytes)).toEqual(png);
  });
});

describe('faults', () => {
  it('come as set and heal', async () => {
    const web = clients();
    const post = () => web.chat.postMessage({ channel, text: 'hi' });
    slack.faults.set('chat.postMessage', { kind: 'rate-limited', retryAfter: 7, times: 1 });
    expect(await failure(post())).toMatchObject({ retryAfter: 7 });
    slack.faults.set('chat.postMessage', { kind: 'error', error: 'is_archived', times: 1 });
    expect(await failure(post())).toMatchObject({ error: 'is_archived' });
    expect(slack.messages(channel)).toEqual([]);
    slack.faults.set('*', { kind: 'http', status: 500, times: 1, applied: true });
    expect(await failure(post())).toMatchObject({ statusCode: 500 });
    expect(slack.messages(channel)).toHaveLength(1);
    await post();
    expect(slack.messages(channel)).toHaveLength(2);
  });

  it('leave a call without an answer until they are cleared', async () => {
    slack.faults.set('auth.test', { kind: 'timeout' });
    const pending = failure(clients().auth.test());
    const first = await Promise.race([
      pending,
      new Promise((resolve) => setTimeout(() => resolve('waiting'), 60)),
    ]);
    slack.faults.clear();
    expect(first).toBe('waiting');
    expect(await pending).toMatchObject({ statusCode: 504 });
  });
});

describe('triggers and views', () => {
  const trigger = async () => {
    await slack.command(ADMIN, '/icb map');
    return String(receiver.received.at(-1)?.payload.trigger_id);
  };

  it('open one view within three seconds', async () => {
    const web = clients();
    const open = (trigger_id: string) => web.views.open({ trigger_id, view: modal() });
    expect(await failure(open('1.2.made-up'))).toMatchObject({ error: 'invalid_trigger_id' });
    const early = await trigger();
    time += 3000;
    await open(early);
    expect(await failure(open(early))).toMatchObject({ error: 'exchanged_trigger_id' });
    const late = await trigger();
    time += 3001;
    expect(await failure(open(late))).toMatchObject({ error: 'expired_trigger_id' });
    expect(slack.views(ADMIN)).toHaveLength(1);
  });

  it('are refused with the place of each fault, and the trigger stays usable', async () => {
    const web = clients();
    const trigger_id = await trigger();
    expect(await failure(web.views.open({ trigger_id, view: modal('x'.repeat(25)) }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: {
        messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'],
      },
    });
    await web.views.open({ trigger_id, view: modal() });
  });

  it('conflict when updated with an old hash', async () => {
    const web = clients();
    const { view } = await web.views.open({ trigger_id: await trigger(), view: modal() });
    const update = (hash = '') => web.views.update({ view_id: String(view?.id), hash, view: modal('Again') });
    await update(view?.hash);
    expect(await failure(update(view?.hash))).toMatchObject({ error: 'hash_conflict' });
    await slack.closeView(ADMIN);
    expect(await failure(update())).toMatchObject({ error: 'not_found' });
    const home = { type: 'home' as const, blocks: [{ type: 'divider' as const }] };
    const published = await web.views.publish({ user_id: ADMIN, view: home });
    const hash = String(published.view?.hash);
    await web.views.publish({ user_id: ADMIN, view: home, hash });
    expect(await failure(web.views.publish({ user_id: ADMIN, view: home, hash }))).toMatchObject({
      error: 'hash_conflict',
    });
  });
});
