import pino from 'pino';
import type { Config } from './config.ts';
import { logContext } from './log-context.ts';
import { nameless } from './nameless.ts';
import { scrubber } from './scrub.ts';
import type { Log } from './usecases/core.ts';

/** Takes a line with its end. */
export type WriteLine = (line: string) => void;

const toStdout = (): WriteLine => {
  const stdout = pino.destination({ fd: 1, sync: true });
  return (line) => void stdout.write(line);
};

/**
 * The log: JSON lines, each with the request and the sync it belongs to. No secret of the settings and nothing that looks
 * like one gets through, wherever it stands; with `logNames` off no name of a customer or a person either.
 */
export function createLog(config: Config, write: WriteLine = toStdout()): Log & { debug: Log['info'] } {
  const scrub = scrubber(secretsOf(config));
  const log = pino(
    {
      level: config.logLevel,
      mixin: logContext,
      redact: ['*.token', '*.secret', '*.authorization', '*.password', 'token', 'secret', 'authorization'],
      serializers: { err: pino.stdSerializers.err, error: errorText },
    },
    { write: (line: string) => write(scrub(line)) },
  );
  const told = config.logNames ? (facts: object) => facts : nameless;
  // Slack's client words its own warnings, which may name whatever it was told.
  const words = (facts: object, message: string) =>
    config.logNames || !('from' in facts) ? message : 'a warning of a library';
  return {
    debug: (facts, message) => log.debug(told(facts), words(facts, message)),
    info: (facts, message) => log.info(told(facts), words(facts, message)),
    warn: (facts, message) => log.warn(told(facts), words(facts, message)),
    error: (facts, message) => log.error(told(facts), words(facts, message)),
  };
}

const errorText = (error: unknown): unknown =>
  error instanceof Error ? pino.stdSerializers.err(error) : error;

function secretsOf({
  secrets,
  apiToken,
  metricsToken,
  databaseUrl,
  slack,
  autotask,
  dattoRmm,
  dattoBcdr,
  saasProtection,
  rocketCyber,
}: Config): (string | undefined)[] {
  const keys = [dattoRmm, dattoBcdr, saasProtection].flatMap((each) =>
    each ? [each.apiKey, each.apiSecret] : [],
  );
  return [
    ...secrets,
    apiToken,
    metricsToken,
    databaseUrl,
    databaseUrl && passwordOf(databaseUrl),
    slack.botToken,
    slack.signingSecret,
    slack.appToken,
    autotask?.secret,
    autotask?.integrationCode,
    rocketCyber?.apiKey,
    ...keys,
  ];
}

/** A password with a stray % cannot be decoded; the store says so when it is opened. */
function passwordOf(url: string): string {
  const { password } = new URL(url);
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}
