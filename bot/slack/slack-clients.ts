import { type Logger, LogLevel, webApi } from '@slack/bolt';

type WebClient = webApi.WebClient;
type WebClientOptions = webApi.WebClientOptions;

export interface SlackClients {
  /** For what a person waits for: trigger ids live 3 s, so it gives up early and never repeats. */
  readonly interactive: WebClient;
  /** For posts: patient, but never repeated, since a post that timed out may still have arrived. */
  readonly posting: WebClient;
}

export interface SlackSettings {
  readonly botToken: string;
  /** Base of the Web API, `https://slack.com/api/` when omitted. */
  readonly apiUrl?: string;
  readonly fetch?: WebClientOptions['fetch'];
}

/**
 * Options every Slack client of icb starts from. No `headers` on purpose: the SDK writes the token into that shared object
 * (facts/slack.md §5.1). The SDK's own defaults are no timeout and 10 repeats, which post a message again and again.
 */
export const clientOptions = (settings: SlackSettings, logger: Logger): WebClientOptions => ({
  logger,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout: 2_500,
  ...(settings.apiUrl ? { slackApiUrl: settings.apiUrl.replace(/\/*$/, '/') } : {}),
  ...(settings.fetch ? { fetch: settings.fetch } : {}),
});

export function slackClients(settings: SlackSettings, logger: Logger): SlackClients {
  const options = clientOptions(settings, logger);
  return {
    interactive: new webApi.WebClient(settings.botToken, options),
    posting: new webApi.WebClient(settings.botToken, { ...options, timeout: 15_000 }),
  };
}

/** The SDK's warnings in icb's log, without bodies, which hold names and text. */
export function slackLogger(warn: (message: string) => void): Logger {
  const told = (...parts: unknown[]) => {
    const [first] = parts;
    warn(first instanceof Error ? first.message : String(first));
  };
  return {
    debug: () => {},
    info: () => {},
    warn: told,
    error: told,
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
