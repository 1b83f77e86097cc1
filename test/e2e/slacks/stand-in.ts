import type { Json } from '../../../src/simulators/slack/block-kit/walk-blocks.ts';
import { startSlackSimulator } from '../../../src/simulators/slack/start-slack-simulator.ts';
import {
  APP_TOKEN,
  BOT_TOKEN,
  type ScriptedSlack,
  SIGNING_SECRET,
  type SlackSettings,
  until,
} from './scripted-slack.ts';

const ADMIN = 'U0ADMIN';
const CHANNEL = 'C0BILLING';

/** Our own stand-in, which types for itself over HTTP or a socket. */
export async function standIn(transport: 'http' | 'socket', requestUrl: string) {
  const slack = await startSlackSimulator({
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    ...(transport === 'http' ? { requestUrl } : {}),
  });
  const settings: SlackSettings = { apiUrl: slack.apiUrl, channel: CHANNEL, admin: ADMIN, transport };
  const script: ScriptedSlack = {
    async type(line) {
      await until(`an icb on ${transport}`, async () => slack.transport() === transport || undefined);
      await slack.command(ADMIN, line, { channel: CHANNEL });
    },
    async submit(values) {
      const { errors } = await slack.submit(ADMIN, { values });
      if (Object.keys(errors).length > 0) throw new Error(`Refused: ${JSON.stringify(errors)}`);
    },
    async close() {
      await slack.closeView(ADMIN, { all: true });
    },
    screen: async () => ({
      modal: slack.views(ADMIN).at(-1)?.view,
      messages: [...slack.ephemerals(ADMIN), ...slack.messages(CHANNEL)] as unknown as Json[],
    }),
  };
  return { settings, script, stop: () => slack.close() };
}
