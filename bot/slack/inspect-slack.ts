import type { WebClient } from '@slack/web-api';
import type { Finding } from '../../src/ports/finding.ts';
import manifest from '../manifest.json' with { type: 'json' };
import { inspectAddress, inspectChannel, inspectClock, type Send } from './inspect-place.ts';

const NEEDED: readonly string[] = manifest.oauth_config.scopes.bot;

export interface SlackPlace {
  readonly channel: string;
  /** Where Slack sends its requests; undefined in socket mode. */
  readonly baseUrl?: string | undefined;
  readonly apiUrl: string;
  readonly fetch: Send;
  /** Milliseconds by the machine's clock. */
  readonly machineNow: () => number;
}

/**
 * Whether Slack knows the token and gave it every scope of the manifest; then whether icb is in its channel, whether the
 * clocks agree, and whether Slack's requests can arrive.
 */
export async function inspectSlack(
  client: Pick<WebClient, 'auth' | 'conversations'>,
  place?: SlackPlace,
): Promise<Finding[]> {
  const findings = await inspectToken(client);
  if (!place || !findings[0]?.ok) return findings;
  const { channel, baseUrl, apiUrl, fetch: send, machineNow } = place;
  const clock = await inspectClock(send, apiUrl, machineNow);
  return [
    ...findings,
    await inspectChannel(client, channel),
    ...(clock ? [clock] : []),
    ...(baseUrl ? [await inspectAddress(send, baseUrl)] : []),
  ];
}

async function inspectToken(client: Pick<WebClient, 'auth'>): Promise<Finding[]> {
  try {
    const { team, user, response_metadata } = await client.auth.test();
    const signedIn = { ok: true, text: `Signed in to ${team ?? 'the workspace'} as ${user ?? 'the bot'}.` };
    return [signedIn, ...scopeFindings(response_metadata?.scopes)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    return [
      {
        ok: false,
        text: `Slack does not answer or refuses the bot token (${reason}): check SLACK_BOT_TOKEN, and that the app is installed.`,
      },
    ];
  }
}

/** Slack names a token's scopes with every answer; a stand-in may not. */
function scopeFindings(granted: readonly string[] | undefined): Finding[] {
  if (!granted) return [];
  const missing = NEEDED.filter((scope) => !granted.includes(scope));
  return missing.length === 0
    ? [{ ok: true, text: 'It has every scope that icb needs.' }]
    : [
        {
          ok: false,
          text: `The scope${missing.length === 1 ? '' : 's'} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: give the app the manifest that “icb slack-app” prints, and install the app again.`,
        },
      ];
}
