import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS } from './bolt-app.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const ADMIN = 'U0ADMIN';
const VIEWER = 'U0VIEW';
const channel = 'C0BILLING';
const TROUBLE = 'We had some trouble connecting. Try again?';
let slack: SlackSimulator;
let receiver: Receiver;
let web: WebClient;

beforeEach(async () => {
  receiver = await startReceiver();
  slack = await startSlackSimulator({ ...SECRETS, requestUrl: receiver.url, deliveryTimeoutMs: 150 });
  web = new WebClient(SECRETS.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});
afterEach(async () => {
  await slack.close();
  await receiver.close();
});

const text = (value: string) => ({ type: 'plain_text' as const, text: value });
const option = (value: string) => ({ text: text(value.toUpperCase()), value });
const input = (block_id: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id,
  label: text(block_id),
  element: { action_id: block_id, ...element },
  ...more,
});
const name = input('name', { type: 'plain_text_input' });
const modal = (blocks: object[], more: object = {}) => ({
  type: 'modal' as const,
  title: text('Title'),
  submit: text('Save'),
  blocks,
  ...more,
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

describe('modals', () => {
  it('keep what was entered only where block_id and action_id stay', async () => {
    const viewId = await open(
      modal([name, input('units', { type: 'number_input', is_decimal_allowed: false })]),
    );
    slack.enter(ADMIN, { viewId, values: { name: 'Acme', units: { units: '12' } } });
    const renamed = input('units-2', { type: 'number_input', is_decimal_allowed: false });
    await web.views.update({ view_id: viewId, view: modal([name, renamed]) as never });
    expect(slack.views(ADMIN)[0]?.view.state).toEqual({
      values: {
        name: { name: { type: 'plain_text_input', value: 'Acme' } },
        'units-2': { 'units-2': { type: 'number_input', value: null } },
      },
    });
  });

  it('tell the app of an input only when it dispatches', async () => {
    const viewId = await open(
      modal([
        name,
        input('live', { type: 'static_select', options: [option('a')] }, { dispatch_action: true }),
      ]),
    );
    await expect(slack.click(ADMIN, { viewId, actionId: 'name', value: 'x' })).rejects.toThrow(
      'dispatch_action',
    );
    await slack.click(ADMIN, { viewId, actionId: 'live', value: 'a', values: { name: 'typed' } });
    expect(last()).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: viewId },
      view: { state: { values: { name: { name: { value: 'typed' } } } } },
    });
    expect(last()).not.toHaveProperty('response_url');
  });

  it.each([
    ['number_input', { is_decimal_allowed: false }, '1.5', 'Please enter a whole number.'],
    [
      'number_input',
      { is_decimal_allowed: true, min_value: '2' },
      '1',
      'Please enter a number of at least 2.',
    ],
    ['number_input', { is_decimal_allowed: true }, 'many', 'Please enter a number.'],
    ['plain_text_input', { min_length: 3 }, 'ab', 'Enter at least 3 characters.'],
    ['email_text_input', {}, 'nobody', 'Please enter a valid email address.'],
    ['url_text_input', {}, 'nowhere', 'Please enter a valid URL.'],
  ])('hold back a %s %o with "%s"', async (type, more, value, sentence) => {
    await open(modal([input('field', { type, ...more })]));
    const held = await slack.submit(ADMIN, { values: { field: value } });
    expect(held).toMatchObject({ answer: undefined, errors: { field: sentence } });
  });

  it('update, push and clear as the app answers', async () => {
    const viewId = await open(modal([name]));
    const submit = (body: object) => {
      receiver.answer = () => ({ body });
      return slack.submit(ADMIN, { values: slack.views(ADMIN).at(-1)?.view.submit ? { name: 'x' } : {} });
    };
    await submit({ response_action: 'update', view: modal([name], { title: text('Second') }) });
    expect(slack.views(ADMIN)).toMatchObject([{ view: { id: viewId, title: { text: 'Second' } } }]);
    const push = { response_action: 'push', view: modal([name]) };
    await submit(push);
    await submit(push);
    expect(slack.views(ADMIN).map(({ view }) => view.root_view_id)).toEqual([viewId, viewId, viewId]);
    const full = await submit(push);
    expect(full.views).toHaveLength(3);
    expect(full.views.at(-1)?.banner).toBe(TROUBLE);
    expect((await submit({ response_action: 'clear' })).views).toEqual([]);
  });

  it.each([
    ['an error under no input', { body: { response_action: 'errors', errors: { nothing: 'x' } } }],
    ['a view Slack refuses', { body: { response_action: 'update', view: modal([{ type: 'wat' }]) } }],
    ['an unknown response_action', { body: { response_action: 'dance' } }],
    ['status 500', { status: 500 }],
  ])('show trouble after %s and stay open', async (_, answer) => {
    await open(modal([name]));
    receiver.answer = () => answer;
    const { views } = await slack.submit(ADMIN, { values: { name: 'x' } });
    expect(views).toMatchObject([{ banner: TROUBLE, errors: {} }]);
  });

  it('push with a trigger from a modal only, three deep at most', async () => {
    const button = { type: 'actions', elements: [{ type: 'button', action_id: 'next', text: text('Next') }] };
    const failing = (call: Promise<unknown>) =>
      call.then(
        () => 'pushed',
        (error) => error.data.error,
      );
    const push = () =>
      web.views.push({ trigger_id: String(last().trigger_id), view: modal([button]) as never });
    await slack.command(ADMIN, '/icb map');
    expect(await failing(push())).toBe('not_found');
    await open(modal([button]));
    const next = () =>
      slack.click(ADMIN, { viewId: String(slack.views(ADMIN).at(-1)?.view.id), actionId: 'next' });
    for (const outcome of ['pushed', 'pushed', 'push_limit_reached']) {
      await next();
      expect(await failing(push())).toBe(outcome);
    }
    await slack.closeView(ADMIN);
    expect(slack.views(ADMIN)).toHaveLength(2);
  });

  it('tell of closing where asked, the whole stack with clear_on_close', async () => {
    await open(modal([name], { notify_on_close: true }));
    receiver.answer = () => ({
      body: { response_action: 'push', view: modal([name], { notify_on_close: true, clear_on_close: true }) },
    });
    await slack.submit(ADMIN, { values: { name: 'x' } });
    receiver.answer = () => ({});
    await slack.closeView(ADMIN);
    expect(slack.views(ADMIN)).toEqual([]);
    expect(slack.log.of('view_closed').map(({ request }) => request)).toMatchObject([
      { type: 'view_closed', is_cleared: true },
      { type: 'view_closed', is_cleared: true },
    ]);
  });

  it('belong to one person each', async () => {
    const viewId = await open(modal([name]));
    expect(slack.views(VIEWER)).toEqual([]);
    await expect(slack.submit(VIEWER)).rejects.toThrow('U0VIEW has no modal open.');
    expect(() => slack.enter(VIEWER, { viewId, values: { name: 'x' } })).toThrow('is open for U0VIEW');
  });
});
