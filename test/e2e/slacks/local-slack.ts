import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WebSocket } from 'ws';
import { isJson, type Json, list } from '../../../src/simulators/slack/block-kit/walk-blocks.ts';
import { controls, plainOf } from '../../bot/person.ts';
import {
  APP_TOKEN,
  BOT_TOKEN,
  type ScriptedSlack,
  SIGNING_SECRET,
  type SlackSettings,
  until,
} from './scripted-slack.ts';
import { sendSigned } from './send-signed.ts';

const ADMIN = 'U0ADMIN';
const CHANNEL = 'C0BILLING';
const PACKAGE = 'local-slack-linux-x64';

/** The program of the npm package, where it is installed, or the one that LOCAL_SLACK names. Its 95 MB are no dependency. */
export function localSlackProgram(): string | undefined {
  if (process.env.LOCAL_SLACK) return process.env.LOCAL_SLACK;
  try {
    const found = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    const program = join(dirname(found), 'bin/local-slack');
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** A Slack written by others that types for itself: commands and submits arrive signed, or over a socket. */
export async function localSlack(
  program: string,
  transport: 'http' | 'socket',
  { requestUrl, port }: { readonly requestUrl: string; readonly port: number },
) {
  const dir = await mkdtemp(join(tmpdir(), 'icb-local-slack-'));
  const config = {
    workspace: { name: 'Demo', domain: 'demo', teamId: 'T0DEMO' },
    app: {
      appId: 'A0ICB',
      botUserId: 'U0BOT',
      botName: 'icb',
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      signingSecret: SIGNING_SECRET,
      ...(transport === 'http' ? { mode: 'events', requestUrl } : { mode: 'socket' }),
    },
    users: [{ id: ADMIN, name: 'alex', realName: 'Alex Admin' }],
    channels: [{ id: CHANNEL, name: 'billing' }],
  };
  const file = join(dir, 'config.json');
  await writeFile(file, JSON.stringify(config));
  const running = spawn(program, ['--config', file, '--port', String(port), '--base-host', '127.0.0.1'], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await until('local-slack', () =>
    fetch(`${url}/_control/log`).then(
      (answer) => answer.ok || undefined,
      () => undefined,
    ),
  );
  const settings: SlackSettings = { apiUrl: `${url}/api/`, channel: CHANNEL, admin: ADMIN, transport };
  return { settings, script: scriptOf(url, requestUrl), stop: () => ended(running, dir) };
}

/**
 * A local-slack that somebody started, at the root of SLACK_API_URL, with icb's address as its request URL (or socket
 * mode); undefined where what runs there has no control API.
 */
export async function givenLocalSlack(apiUrl: string, requestUrl: string) {
  const url = new URL(apiUrl).origin;
  const answer = await fetch(`${url}/_control/log`).catch(() => undefined);
  return answer?.ok ? scriptOf(url, requestUrl) : undefined;
}

async function ended(running: ChildProcess, dir: string): Promise<void> {
  const gone = new Promise((resolve) => running.once('exit', resolve));
  running.kill();
  await gone;
  await rm(dir, { recursive: true, force: true });
}

/** What icb answered to a submit, shown until local-slack itself shows something newer. */
interface Answered {
  readonly hash: unknown;
  readonly view: Json;
}

function scriptOf(url: string, requestUrl: string): ScriptedSlack & { press(button: string): Promise<void> } {
  let answered: Answered | undefined;
  const topView = async (): Promise<Json | undefined> => {
    const top = list((await stateOf(socketUrl)).modalStack).at(-1);
    const view = isJson(top?.view) ? top.view : top;
    return view && answered?.hash === view.hash ? answered?.view : view;
  };
  const socketUrl = `${url.replace('http', 'ws')}/ui`;
  return {
    async type(line) {
      await until('a connected icb', async () => {
        const [app] = list((await stateOf(socketUrl)).apps);
        return app?.mode === 'events' || app?.connected === true || undefined;
      });
      const [command, ...words] = line.split(' ');
      await fetch(`${url}/_control/command`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ channel: CHANNEL, user: ADMIN, command, text: words.join(' ') }),
      });
    },
    /**
     * Signed from here: local-slack 0.1.8 leaves out what was chosen in section and actions blocks, which Slack sends. The
     * view is the one it keeps.
     */
    async submit(values) {
      const { hash, ...view } = (await topView()) ?? {};
      const payload = {
        type: 'view_submission',
        user: { id: ADMIN, username: 'alex', name: 'alex', team_id: 'T0DEMO' },
        team: { id: 'T0DEMO', domain: 'demo' },
        trigger_id: `${performance.now()}.submit`,
        view: { ...view, hash, state: { values } },
        response_urls: [],
      };
      const answer = await sendSigned(requestUrl, `payload=${encodeURIComponent(JSON.stringify(payload))}`);
      if (isJson(answer) && isJson(answer.view)) answered = { hash, view: { ...view, hash, ...answer.view } };
      else if (isJson(answer) && answer.errors) throw new Error(`Refused: ${JSON.stringify(answer.errors)}`);
      else await act(socketUrl, { t: 'view_close', user: ADMIN });
    },
    async close() {
      // It closes one modal at a time, whatever stands below.
      while (list((await stateOf(socketUrl)).modalStack).length > 0) {
        await act(socketUrl, { t: 'view_close', user: ADMIN });
      }
    },
    async press(text) {
      const { messages } = await stateOf(socketUrl);
      for (const message of Object.values((messages ?? {}) as Record<string, Json[]>)
        .flat()
        .toReversed()) {
        const button = controls(list(message.blocks)).find(({ element }) => plainOf(element.text) === text);
        if (!button) continue;
        const { blockId: block_id, actionId: action_id, element } = button;
        await fetch(`${url}/_control/interact`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            channel: CHANNEL,
            messageTs: message.ts,
            user: ADMIN,
            action: { type: 'button', block_id, action_id, value: element.value },
          }),
        });
        return;
      }
      throw new Error(`No message has a button “${text}”.`);
    },
    async screen() {
      const { messages } = await stateOf(socketUrl);
      return {
        modal: await topView(),
        messages: Object.values((messages ?? {}) as Record<string, Json[]>).flat(),
      };
    },
  };
}

/** Everything its page shows, as it greets a page that connects. */
const stateOf = (socketUrl: string): Promise<Json> =>
  withSocket(socketUrl, async (_socket, greeting) => {
    const { state } = await greeting;
    return state as Json;
  });

const act = (socketUrl: string, what: Json): Promise<void> =>
  withSocket(socketUrl, async (socket, greeting) => {
    await greeting;
    socket.send(JSON.stringify(what));
    // It says nothing when it is done; the socket must stay until it has read this.
    await new Promise((resolve) => setTimeout(resolve, 100));
  });

async function withSocket<T>(
  socketUrl: string,
  work: (socket: WebSocket, greeting: Promise<Json>) => Promise<T>,
): Promise<T> {
  const socket = new WebSocket(socketUrl);
  const greeting = new Promise<Json>((resolve, reject) => {
    socket.once('message', (message) => resolve(JSON.parse(String(message)) as Json));
    socket.once('error', reject);
  });
  try {
    return await work(socket, greeting);
  } finally {
    socket.close();
  }
}
