import type { WebClient } from '@slack/web-api';
import type { Finding } from '../../src/ports/finding.ts';
import { isSharedChannel } from './shared-channels.ts';
import { slackErrorCode } from './slack-error-code.ts';

/** As `fetch`, for addresses given as text. */
export type Send = (
  url: string,
  init: { method: string; body?: string; signal?: AbortSignal },
) => Promise<{ readonly status: number; readonly headers: { get(name: string): string | null } }>;

/** Whether icb can read the billing channel, which it is a member of then, and whether it is the company's own. */
export async function inspectChannel(
  client: Pick<WebClient, 'conversations'>,
  channel: string,
): Promise<Finding> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return (await isShared(client, channel))
      ? {
          ok: false,
          text: `The channel ${channel} is shared with another company, which reads every summary there: choose a channel of your own in /icb settings.`,
        }
      : { ok: true, text: `It is a member of the channel ${channel}.` };
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === 'not_in_channel')
      return {
        ok: false,
        text: `It is no member of the channel ${channel}: type /invite @icb there, so that a post whose answer is lost is found again and not made twice.`,
      };
    if (code === 'channel_not_found')
      return {
        ok: false,
        text: `It sees no channel ${channel}: check SLACK_CHANNEL (an id such as C0123ABCD, not a name), and type /invite @icb there when it is private.`,
      };
    return { ok: false, text: `The channel ${channel} cannot be read (${code ?? 'Slack does not answer'}).` };
  }
}

const isShared = async (client: Pick<WebClient, 'conversations'>, channel: string): Promise<boolean> =>
  isSharedChannel(await client.conversations.info({ channel }).catch(() => undefined)) ?? false;

/** Signatures hold for five minutes; a clock that is a fifth of that wrong will be more soon. */
const SKEW_S = 60;

/** Whether this machine's clock goes as Slack's does. Undefined where Slack tells no time. */
export async function inspectClock(
  send: Send,
  apiUrl: string,
  now: () => number,
): Promise<Finding | undefined> {
  const answer = await send(`${apiUrl.replace(/\/*$/, '/')}api.test`, { method: 'POST' }).catch(
    () => undefined,
  );
  const theirs = Date.parse(answer?.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return undefined;
  const apart = Math.round(Math.abs(now() - theirs) / 1000);
  return apart <= SKEW_S
    ? { ok: true, text: 'The clock of this machine goes as Slack’s does.' }
    : {
        ok: false,
        text: `The clock of this machine is ${apart} seconds ${now() > theirs ? 'ahead of' : 'behind'} Slack’s; from 300 on every request of Slack is refused. Set it by NTP.`,
      };
}

/** Whether requests to icb's own address arrive at icb: what is not signed by Slack it refuses. */
export async function inspectAddress(send: Send, baseUrl: string): Promise<Finding> {
  const url = `${baseUrl.replace(/\/+$/, '')}/slack/events`;
  const answer = await send(url, { method: 'POST', body: '', signal: AbortSignal.timeout(3_000) }).catch(
    () => undefined,
  );
  if (answer?.status === 401) return { ok: true, text: `Requests to ${url} arrive at icb.` };
  const got = answer ? `answers ${answer.status}` : 'does not answer';
  return {
    ok: false,
    text: `${url} ${got}, as seen from this machine: start icb, and check ICB_BASE_URL, DNS, TLS and the proxy; Slack has to reach it. Where nothing may be reached from outside, use socket mode (SLACK_APP_TOKEN).`,
  };
}
