import { expect, test } from 'vitest';
import { clientOptions, slackClients, slackLogger } from '../../bot/slack/slack-clients.ts';

const logger = slackLogger(() => {});

interface Sent {
  readonly token: string | null;
  readonly method: string;
}

function recording(answer: () => Promise<Response>) {
  const sent: Sent[] = [];
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const headers = new Headers(init?.headers);
    sent.push({ token: headers.get('authorization'), method: String(input).split('/').at(-1) ?? '' });
    return answer();
  };
  return { sent, fetch };
}

test('two workspaces get two tokens: no header is shared between clients', async () => {
  const { sent, fetch } = recording(async () => Response.json({ ok: true }));
  expect(clientOptions({ botToken: 'xoxb-1', fetch }, logger)).not.toHaveProperty('headers');
  const [one, two] = ['xoxb-1', 'xoxb-2'].map((botToken) => slackClients({ botToken, fetch }, logger));
  for (const clients of [one, two, one]) {
    await clients?.interactive.auth.test();
    await clients?.posting.auth.test();
  }
  const tokens = ['xoxb-1', 'xoxb-1', 'xoxb-2', 'xoxb-2', 'xoxb-1', 'xoxb-1'];
  expect(sent.map(({ token }) => token)).toEqual(tokens.map((token) => `Bearer ${token}`));
});

test.each([
  ['a 500', async () => new Response('', { status: 500 })],
  ['a 429', async () => new Response('', { status: 429, headers: { 'retry-after': '1' } })],
  ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
])('a post that met %s is not sent again by the SDK', async (_what, answer) => {
  const { sent, fetch } = recording(answer);
  const { posting } = slackClients({ botToken: 'xoxb-1', fetch }, logger);
  await expect(posting.chat.postMessage({ channel: 'C1', text: 'x' })).rejects.toThrow();
  expect(sent).toHaveLength(1);
});

test('every client gives up after a time', () => {
  expect(clientOptions({ botToken: 'xoxb-1' }, logger)).toMatchObject({
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 2_500,
  });
});
