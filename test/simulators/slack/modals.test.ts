import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type SlackSimulator,
  startSlackSimulator,
} from '../../../src/simulators/slack/start-slack-simulator.ts';
import { SECRETS } from './bolt-app.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { input, modal, name, option, text } from './view-builders.ts';

const ADMIN = 'U0ADMIN';
const VIEWER = 'U0VIEW';
const TROUBLE = 'We had some trouble connecting. Try again?';
let slack: SlackSimulator;
let receiver: Receiver;
let web: WebClient;

beforeEach(async () => {
  receiver = await startReceiver();
  slack = await startSlackSimulator({ ...SECRETS, requestUrl: receiver.url });
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

  it('ignore a new initial value under old ids, and drop a choice no longer on offer', async () => {
    const note = (initial_value: string) => input('note', { type: 'plain_text_input', initial_value });
    const rule = (...values: string[]) =>
      input('rule', { type: 'static_select', options: values.map(option) });
    const viewId = await open(modal([note('first'), rule('peak', 'daily')]));
    slack.enter(ADMIN, { viewId, values: { rule: 'peak' } });
    await web.views.update({
      view_id: viewId,
      view: modal([note('second'), rule('daily', 'next')]) as never,
    });
    expect(slack.views(ADMIN)[0]?.view.state).toMatchObject({
      values: { note: { note: { value: 'first' } }, rule: { rule: { selected_option: null } } },
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
