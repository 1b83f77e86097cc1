import { expect, test } from 'vitest';
import { inspectSlack } from '../../bot/slack/inspect-slack.ts';
import { slackClients, slackLogger } from '../../bot/slack/slack-clients.ts';
import { startSlackSimulator } from '../../src/simulators/slack/start-slack-simulator.ts';

type Client = Parameters<typeof inspectSlack>[0];
const answering = (test: () => Promise<object>): Client => ({ auth: { test } }) as unknown as Client;
const SIGNED_IN = { ok: true, text: 'Signed in to Northwind IT as icb.' };
const granted = (scopes?: readonly string[]) =>
  answering(async () => ({ team: 'Northwind IT', user: 'icb', response_metadata: { scopes } }));

test('all scopes of the manifest are granted', async () => {
  const { default: manifest } = await import('../../bot/manifest.json', { with: { type: 'json' } });
  expect(await inspectSlack(granted([...manifest.oauth_config.scopes.bot, 'users:read']))).toEqual([
    SIGNED_IN,
    { ok: true, text: 'It has every scope that icb needs.' },
  ]);
});

test('a missing scope is named, with what to do', async () => {
  const [, finding] = await inspectSlack(granted(['chat:write']));
  expect(finding).toMatchObject({
    ok: false,
    text: expect.stringMatching(/commands.*install the app again/),
  });
});

test('a Slack that names no scopes is not called wrong', async () => {
  expect(await inspectSlack(granted())).toEqual([SIGNED_IN]);
});

test('a refused token says where to look', async () => {
  const refused = answering(async () => {
    throw new Error('invalid_auth');
  });
  expect(await inspectSlack(refused)).toEqual([
    { ok: false, text: expect.stringMatching(/invalid_auth.*SLACK_BOT_TOKEN/) },
  ]);
});

test('over HTTP: scopes come with every answer, and the missing ones are named', async () => {
  const slack = await startSlackSimulator({ scopes: ['chat:write', 'commands'] });
  const { interactive } = slackClients(
    { botToken: 'xoxb-demo', apiUrl: slack.apiUrl },
    slackLogger(() => {}),
  );
  const findings = await inspectSlack(interactive);
  await slack.close();
  expect(findings).toMatchObject([
    { ok: true },
    { ok: false, text: expect.stringMatching(/^The scopes .*files:read.* are missing/) },
  ]);
});
