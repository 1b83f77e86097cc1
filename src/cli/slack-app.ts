import { appManifest, createAppLink } from '../../bot/slack/app-manifest.ts';
import { IcbError } from '../domain/errors.ts';
import type { Said } from './commands.ts';

export interface SlackAppOptions {
  readonly url?: string;
  readonly socket?: boolean;
}

/** The link that creates the Slack app, and its manifest. Error: `config` where no address is known. */
export function slackApp({ url, socket }: SlackAppOptions, environment: NodeJS.ProcessEnv): Said {
  const socketMode = socket ?? Boolean(environment.SLACK_APP_TOKEN);
  const baseUrl = url ?? environment.ICB_BASE_URL ?? '';
  if (!socketMode && !/^https:\/\/[^/]+/.test(baseUrl))
    throw new IcbError(
      'config',
      'Slack reaches icb over https: give --url https://icb.example.com or set ICB_BASE_URL, or use --socket.',
    );
  const manifest = appManifest({ baseUrl, socketMode });
  const link = createAppLink(manifest);
  return {
    json: { link, manifest },
    text: [
      'Open this link, pick your workspace and press Create; then install the app.',
      link,
      '',
      socketMode
        ? 'Afterwards: SLACK_APP_TOKEN is made under Basic Information → App-Level Tokens (connections:write), SLACK_BOT_TOKEN under OAuth & Permissions.'
        : 'Afterwards: SLACK_SIGNING_SECRET is under Basic Information, SLACK_BOT_TOKEN under OAuth & Permissions.',
      'For an app that is there already: icb --json slack-app, and put its “manifest” under App Manifest.',
    ].join('\n'),
  };
}
