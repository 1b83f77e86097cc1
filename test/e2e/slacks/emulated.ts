import { createServer } from 'node:http';
import { createEmulator } from 'emulate';
import { isJson, type Json, list } from '../../../src/simulators/slack/block-kit/walk-blocks.ts';
import { freePort } from '../../support/live-process.ts';
import type { IcbForSlack } from './icb-for.ts';
import { BOT_TOKEN, type ScriptedSlack, SIGNING_SECRET, type SlackSettings } from './scripted-slack.ts';
import { sendSigned } from './send-signed.ts';

/** The npm package `emulate`: it keeps messages, views and triggers, and sends no commands of its own. */
export async function emulated(requestUrl: string) {
  const emulator = await createEmulator({
    service: 'slack',
    port: await freePort(),
    seed: {
      slack: {
        signing_secret: SIGNING_SECRET,
        users: [{ name: 'alice', real_name: 'Alice' }],
        channels: [{ name: 'billing' }],
        bots: [{ name: 'icb' }],
        tokens: [{ token: BOT_TOKEN, user: 'alice', scopes: [] }],
      },
    },
  });
  const signed = await signedBySelf(`${emulator.url}/api/`, requestUrl);
  return {
    ...signed,
    stop: async () => {
      await signed.stop();
      await emulator.close();
    },
  };
}

/**
 * A Slack whose Web API is somebody's, while the person's acts are signed and sent from here. What stands in the modal
 * is what that Web API answered and, for submits, what icb answered.
 */
export async function signedBySelf(apiUrl: string, requestUrl: string, token = BOT_TOKEN) {
  const call = async (method: string, args: Record<string, string> = {}): Promise<Json> => {
    const answer = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(args),
    });
    return (await answer.json()) as Json;
  };
  const channel = String(
    list((await call('conversations.list')).channels).find((each) => each.name === 'billing')?.id,
  );
  const admin = String(list((await call('users.list')).members).find((each) => !each.is_bot)?.id);
  const settings: SlackSettings = { apiUrl, channel, admin, transport: 'http' };

  let stack: Json[] = [];
  const replies: Json[] = [];
  const responses = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    replies.push(JSON.parse(text) as Json);
    response.end('ok');
  });
  const responsePort = await freePort();
  await new Promise<void>((resolve) => responses.listen(responsePort, '127.0.0.1', resolve));

  const send = (body: string) => sendSigned(requestUrl, body);
  const trigger = async (view?: Json) =>
    String(
      (
        await call('views.generateTriggerId', {
          user_id: admin,
          ...(view ? { view_id: String(view.id) } : {}),
        })
      ).trigger_id ?? `${Date.now()}.1.none`,
    );
  const shown = (method: string, _sent: string, answer: unknown) => {
    if (!isJson(answer) || !answer.ok || !isJson(answer.view)) return;
    const { view } = answer;
    if (method === 'views.open') stack = [view];
    if (method === 'views.push') stack = [...stack, view];
    if (method === 'views.update') stack = stack.map((each) => (each.id === view.id ? view : each));
  };
  const obey = (answer: unknown) => {
    const top = stack.at(-1);
    if (!isJson(answer)) stack = stack.slice(0, -1);
    else if (answer.response_action === 'clear') stack = [];
    else if (answer.response_action === 'errors')
      throw new Error(`Refused: ${JSON.stringify(answer.errors)}`);
    else if (isJson(answer.view)) {
      const view = { ...top, ...answer.view };
      stack = answer.response_action === 'push' ? [...stack, view] : [...stack.slice(0, -1), view];
    }
  };
  const person = { id: admin, username: 'alice', name: 'alice', team_id: 'T1' };
  const script: ScriptedSlack = {
    async type(line) {
      const [command = '', ...words] = line.split(' ');
      await send(
        new URLSearchParams({
          command,
          text: words.join(' '),
          user_id: admin,
          user_name: 'alice',
          team_id: 'T1',
          channel_id: channel,
          trigger_id: await trigger(),
          response_url: `http://127.0.0.1:${responsePort}/`,
        }).toString(),
      );
    },
    async submit(values) {
      const view = { ...stack.at(-1), state: { values } };
      const payload = {
        type: 'view_submission',
        user: person,
        team: { id: 'T1', domain: 'demo' },
        trigger_id: await trigger(stack.at(-1)),
        view,
        response_urls: [],
      };
      obey(await send(`payload=${encodeURIComponent(JSON.stringify(payload))}`));
    },
    async close() {
      stack = [];
    },
    async screen() {
      const { messages } = await call('conversations.history', { channel });
      return { modal: stack.at(-1), messages: [...list(messages).toReversed(), ...replies] };
    },
  };
  return {
    settings,
    script,
    listenTo: (icb: IcbForSlack) => icb.onExchange(shown),
    stop: () => new Promise((resolve) => responses.close(resolve)),
  };
}
