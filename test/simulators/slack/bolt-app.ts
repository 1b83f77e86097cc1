import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, LogLevel, type SlackViewAction } from '@slack/bolt';
import type { SlackSimulator } from '../../../src/simulators/slack/start-slack-simulator.ts';

export const SECRETS = {
  signingSecret: 'a-signing-secret',
  botToken: 'xoxb-test',
  appToken: 'xapp-test',
};

const text = (value: string) => ({ type: 'plain_text' as const, text: value });

/** A modal with one input of each kind the tests fill in. */
export const mappingModal = (metadata = '') => ({
  type: 'modal' as const,
  callback_id: 'map',
  private_metadata: metadata,
  notify_on_close: true,
  title: text('Map organization'),
  submit: text('Save'),
  close: text('Cancel'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'organization',
      label: text('Organization'),
      element: { type: 'external_select' as const, action_id: 'pick', min_query_length: 0 },
    },
    {
      type: 'input' as const,
      block_id: 'units',
      label: text('Units'),
      element: {
        type: 'number_input' as const,
        action_id: 'units',
        is_decimal_allowed: false,
        min_value: '1',
      },
    },
    {
      type: 'input' as const,
      block_id: 'note',
      optional: true,
      label: text('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'note', initial_value: 'from the contract' },
    },
  ],
});

/** A tiny app that walks command → modal → options → errors → message → message update. */
function tell(app: App): void {
  app.command('/icb', async ({ command, ack, client, respond }) => {
    if (command.text === 'slow') return;
    if (command.text === 'help') return void (await ack({ text: 'Commands: map, say' }));
    await ack();
    if (command.text === 'say')
      return void (await respond({ response_type: 'in_channel', text: 'Hello all' }));
    await client.views.open({ trigger_id: command.trigger_id, view: mappingModal(command.channel_id) });
  });
  app.options('pick', async ({ ack, payload }) => {
    const names = ['Daily Mail', 'Globex', 'Initech'].filter((name) =>
      name.toLowerCase().includes(payload.value.toLowerCase()),
    );
    await ack({
      options: names.map((name) => ({ text: text(name), value: name.toLowerCase().replace(' ', '-') })),
    });
  });
  app.view('map', async ({ ack, view, client, body }) => {
    const values = view.state.values;
    const picked = values.organization?.pick?.selected_option;
    if (picked?.value === 'globex') {
      await ack({ response_action: 'errors', errors: { organization: 'Globex is inactive.' } });
      return;
    }
    await ack();
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `${picked?.text.text} mapped by <@${body.user.id}>, ${values.units?.units?.value} units`,
      blocks: [
        {
          type: 'actions',
          block_id: 'undo-row',
          elements: [{ type: 'button', action_id: 'undo', value: 'm1', text: text('Undo') }],
        },
      ],
    });
  });
  app.view<SlackViewAction>({ callback_id: 'map', type: 'view_closed' }, async ({ ack, body, client }) => {
    await ack();
    await client.chat.postMessage({ channel: body.user.id, text: 'Nothing was mapped.' });
  });
  app.action('undo', async ({ ack, respond, body }) => {
    await ack();
    await respond({ replace_original: true, text: `Undone by <@${body.user.id}>` });
  });
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'header', text: text('Welcome') }] },
    });
  });
}

/** Starts the app over HTTP or socket mode against this Slack; `stop` ends it. */
export async function startBoltApp(
  slack: SlackSimulator,
  transport: 'http' | 'socket',
): Promise<{ app: App; stop: () => Promise<void> }> {
  const app = new App({
    token: SECRETS.botToken,
    ...(transport === 'socket'
      ? { socketMode: true, appToken: SECRETS.appToken }
      : { signingSecret: SECRETS.signingSecret }),
    logLevel: LogLevel.ERROR,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  });
  await app.init();
  tell(app);
  if (transport === 'socket') await app.start();
  else {
    const server = (await app.start(0)) as Server;
    slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  }
  return { app, stop: async () => void (await app.stop()) };
}
