import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS } from './bolt-app.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { input, modal, option, text } from './view-builders.ts';

const ADMIN = 'U0ADMIN';
const VIEWER = 'U0VIEW';
const channel = 'C0BILLING';
let slack: SlackSimulator;
let receiver: Receiver;
let web: WebClient;

beforeEach(async () => {
  receiver = await startReceiver();
  slack = await startSlackSimulator({ ...SECRETS, requestUrl: receiver.url, deliveryTimeoutMs: 1_000 });
  web = new WebClient(SECRETS.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(async () => {
  await slack.close();
  await receiver.close();
});

const last = () => receiver.received.at(-1)?.payload ?? {};

async function open(view: object): Promise<string> {
  await slack.command(ADMIN, '/icb map');
  const opened = await web.views.open({ trigger_id: String(last().trigger_id), view: view as never });
  return String(opened.view?.id);
}

describe('controls in messages', () => {
  const blocks = [
    {
      type: 'actions',
      block_id: 'row',
      elements: [
        { type: 'button', action_id: 'approve', text: text('Approve'), value: '7', style: 'primary' },
        { type: 'overflow', action_id: 'more', options: [option('log'), option('csv')] },
        { type: 'static_select', action_id: 'module', options: [option('rmm'), option('bcdr')] },
        {
          type: 'checkboxes',
          action_id: 'ticks',
          options: [option('a'), option('b')],
          initial_options: [option('b')],
        },
      ],
    },
  ];
  const post = async () =>
    String((await web.chat.postMessage({ channel, text: 'Plan', blocks: blocks as never })).ts);

  it('tell the app what was pressed, by whom, where, and what else is chosen there', async () => {
    const messageTs = await post();
    await slack.click(VIEWER, { messageTs, actionId: 'module', value: 'bcdr' });
    expect(last().actions).toMatchObject([
      { type: 'static_select', block_id: 'row', selected_option: option('bcdr') },
    ]);
    await slack.click(VIEWER, { messageTs, actionId: 'approve' });
    expect(last()).toMatchObject({
      type: 'block_actions',
      user: { id: VIEWER },
      team: { id: 'T0DEMOMSP' },
      container: { type: 'message', message_ts: messageTs, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'billing' },
      message: { ts: messageTs, text: 'Plan' },
      actions: [{ type: 'button', action_id: 'approve', block_id: 'row', value: '7', text: text('Approve') }],
      state: {
        values: {
          row: {
            module: { type: 'static_select', selected_option: option('bcdr') },
            ticks: { type: 'checkboxes', selected_options: [option('b')] },
          },
        },
      },
    });
    await slack.click(ADMIN, { messageTs, actionId: 'more', value: 'csv' });
    expect(last()).toMatchObject({ actions: [{ type: 'overflow', selected_option: option('csv') }] });
    // Each person has an own state.
    expect(last()).toMatchObject({ state: { values: { row: { module: { selected_option: null } } } } });
  });

  it('cannot choose what is not on offer', async () => {
    const messageTs = await post();
    await expect(slack.click(ADMIN, { messageTs, actionId: 'module', value: 'other' })).rejects.toThrow(
      '"other" is not among the options of module: rmm, bcdr.',
    );
    await expect(slack.click(ADMIN, { messageTs, actionId: 'gone' })).rejects.toThrow('no control "gone"');
  });

  it('leave the message out of the payload when it is ephemeral', async () => {
    await web.chat.postEphemeral({ channel, user: ADMIN, text: 'For you', blocks: blocks as never });
    const messageTs = slack.ephemerals(ADMIN)[0]?.ts ?? '';
    await slack.click(ADMIN, { messageTs, actionId: 'approve' });
    expect(last()).toMatchObject({ container: { is_ephemeral: true } });
    expect(last()).not.toHaveProperty('message');
    await expect(slack.click(VIEWER, { messageTs, actionId: 'approve' })).rejects.toThrow('sees no message');
  });

  it('say so when the app does not answer', async () => {
    receiver.answer = () => 'silence';
    await slack.click(ADMIN, { messageTs: await post(), actionId: 'approve' });
    expect(slack.ephemerals(ADMIN)[0]?.text).toBe('icb is not responding. Please try again later.');
  });
});

describe('external selects', () => {
  const select = (more: object = {}) => input('org', { type: 'external_select', ...more });

  it('ask from the third character on, or from where the app says', async () => {
    const viewId = await open(
      modal([select(), input('any', { type: 'external_select', min_query_length: 0 })]),
    );
    receiver.answer = () => ({ body: { options: [option('acme')] } });
    const asked = receiver.received.length;
    expect((await slack.options(ADMIN, { viewId, actionId: 'org', query: 'ac' })).answer).toBeUndefined();
    expect(receiver.received).toHaveLength(asked);
    await slack.options(ADMIN, { viewId, actionId: 'org', query: 'acm' });
    expect(last()).toMatchObject({
      type: 'block_suggestion',
      action_id: 'org',
      block_id: 'org',
      value: 'acm',
      container: { type: 'view', view_id: viewId },
      view: { id: viewId, state: { values: { org: { org: { selected_option: null } } } } },
    });
    expect((await slack.options(ADMIN, { viewId, actionId: 'any', query: '' })).options).toEqual([
      option('acme'),
    ]);
  });

  it.each([
    [
      { options: Array.from({ length: 101 }, (_, at) => option(`o${at}`)) },
      'no more than 100 items allowed /options',
    ],
    [
      { options: [{ text: text('x'.repeat(76)), value: 'v' }] },
      'must be less than 76 characters /options/0/text/text',
    ],
    [{}, 'must provide exactly one of options, option_groups '],
  ])('show nothing when the answer is not usable (%#)', async (body, problem) => {
    const viewId = await open(modal([select({ min_query_length: 0 })]));
    receiver.answer = () => ({ body });
    const loaded = await slack.options(ADMIN, { viewId, actionId: 'org', query: '' });
    expect(loaded).toMatchObject({ options: [], problems: [problem] });
  });
});
