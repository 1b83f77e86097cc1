import { signHeaders } from '../../../src/simulators/slack/sign.ts';
import { SIGNING_SECRET } from './scripted-slack.ts';

/** Sends a form as Slack does and returns what icb answered. */
export async function sendSigned(requestUrl: string, body: string): Promise<unknown> {
  const answer = await fetch(requestUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...signHeaders(SIGNING_SECRET, body, Date.now()),
    },
    body,
  });
  if (!answer.ok) throw new Error(`icb answered ${answer.status}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : undefined;
}
