import { afterEach, describe, test } from 'vitest';
import { freePort } from '../support/live-process.ts';
import { conversation, firstSync } from './slacks/conversation.ts';
import { emulated, signedBySelf } from './slacks/emulated.ts';
import { type IcbForSlack, icbFor } from './slacks/icb-for.ts';
import { givenLocalSlack, localSlack, localSlackProgram } from './slacks/local-slack.ts';
import { standIn } from './slacks/stand-in.ts';

/** The same conversation against Slacks that do not know of each other. */
let stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  // One that fails must not leave the others running.
  const results = await Promise.allSettled(stops.toReversed().map((stop) => stop()));
  stops = [];
  for (const result of results) if (result.status === 'rejected') throw result.reason;
});

const started = (icb: IcbForSlack): IcbForSlack => {
  stops.push(() => icb.close());
  return icb;
};
const eventsUrl = (port: number) => `http://127.0.0.1:${port}/slack/events`;

test('emulate keeps the messages and views; commands are signed by the test', async () => {
  const port = await freePort();
  const slack = await emulated(eventsUrl(port));
  stops.push(slack.stop);
  slack.listenTo(started(await icbFor(slack.settings, port)));
  await conversation(slack.script);
});

test.each(['http', 'socket'] as const)('our stand-in over %s', async (transport) => {
  const port = await freePort();
  const slack = await standIn(transport, eventsUrl(port));
  stops.push(slack.stop);
  started(await icbFor(slack.settings, port));
  await conversation(slack.script);
});

const program = localSlackProgram();
describe.skipIf(!program)(
  'local-slack (skipped where local-slack-linux-x64 is not installed and LOCAL_SLACK names no program)',
  () => {
    const open = async (transport: 'http' | 'socket') => {
      const port = await freePort();
      const slack = await localSlack(program ?? '', transport, {
        requestUrl: eventsUrl(port),
        port: await freePort(),
      });
      stops.push(slack.stop);
      started(await icbFor(slack.settings, port));
      return slack.script;
    };

    test('over HTTP, its commands signed', async () => {
      await conversation(await open('http'));
    });

    test('over socket mode: commands, a modal, a button of the summary', async () => {
      const script = await open('socket');
      const alex = await firstSync(script);
      await alex.type('/icb map');
      await alex.modalSays('Sure: *Daily Mail*');
      await alex.close();
      await script.press('Map to Daily Mail');
      await alex.told('By <@U0ADMIN>');
      await alex.type('/icb services Daily Mail');
      await alex.modalSays('AllDevicesMetric');
    });
  },
);

const {
  SLACK_API_URL: given,
  SLACK_BOT_TOKEN,
  SLACK_CHANNEL,
  SLACK_ADMINS,
  SLACK_APP_TOKEN,
  PORT,
} = process.env;
test.skipIf(!given)(
  'any Slack at SLACK_API_URL (skipped without it; SLACK_BOT_TOKEN, SLACK_CHANNEL, SLACK_ADMINS, SLACK_APP_TOKEN and PORT are used where set)',
  async () => {
    const port = PORT ? Number(PORT) : await freePort();
    const apiUrl = (given ?? '').replace(/\/*$/, '/');
    const own = await signedBySelf(apiUrl, eventsUrl(port), SLACK_BOT_TOKEN);
    stops.push(own.stop);
    const script = (await givenLocalSlack(apiUrl, eventsUrl(port))) ?? own.script;
    const settings = {
      ...own.settings,
      ...(SLACK_BOT_TOKEN ? { botToken: SLACK_BOT_TOKEN } : {}),
      ...(SLACK_CHANNEL ? { channel: SLACK_CHANNEL } : {}),
      ...(SLACK_ADMINS ? { admin: SLACK_ADMINS } : {}),
      ...(SLACK_APP_TOKEN ? { appToken: SLACK_APP_TOKEN, transport: 'socket' as const } : {}),
    };
    own.listenTo(started(await icbFor(settings, port)));
    await (SLACK_APP_TOKEN ? firstSync(script) : conversation(script));
  },
);
