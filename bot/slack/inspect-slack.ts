import type { WebClient } from '@slack/web-api';
import type { Finding } from '../../src/ports/finding.ts';
import manifest from '../manifest.json' with { type: 'json' };

const NEEDED: readonly string[] = manifest.oauth_config.scopes.bot;

/** Whether Slack knows the token, and gave it every scope of the manifest. */
export async function inspectSlack(client: Pick<WebClient, 'auth'>): Promise<Finding[]> {
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
          text: `The scope${missing.length === 1 ? '' : 's'} ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: take the app's manifest from bot/manifest.json, and install the app again.`,
        },
      ];
}
