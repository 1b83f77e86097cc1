import { z } from 'zod';
import { IcbError } from './domain/errors.ts';
import { Currency } from './domain/money.ts';

const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const Port = z.coerce.number('a port number').int().min(0).max(65_535);
const Url = z
  .url({ protocol: /^https?$/, error: 'an http(s) URL' })
  .transform((url) => url.replace(/\/+$/, ''));
const TimeZone = z.string().refine(isTimeZone, 'a time zone such as Europe/London');
const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Every setting that is not a secret of one party, with its default. */
const Base = z.object({
  PORT: Port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  ICB_BASE_URL: Url.optional(),
  ICB_DATA_DIR: z.string().default('data/db'),
  ICB_TIMEZONE: TimeZone.default(machineZone),
  ICB_CURRENCY: Currency.default('USD'),
  ICB_SYNC_CRON: z.string().default('15 1 * * *'),
  ICB_PSA: z.enum(['local', 'autotask']).default('local'),
  ICB_SECRET: z
    .string()
    .transform(list)
    .refine(
      (keys) => keys.length > 0 && keys.every((key) => key.length >= 16),
      'secrets of at least 16 characters',
    )
    .optional(),
  ICB_API_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  ICB_FRAME_ANCESTORS: z.string().default("'self'"),
  ICB_LOG_LEVEL: LogLevel.default('info'),
  ICB_CLOCK: z.iso.datetime('an ISO instant such as 2026-11-01T08:00:00Z').optional(),
  NODE_ENV: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_CHANNEL: z.string().optional(),
  SLACK_ADMINS: z.string().transform(list).optional(),
  SLACK_API_URL: Url.optional(),
  DATTO_RMM_API_URL: Url.optional(),
  DATTO_RMM_API_KEY: z.string().optional(),
  DATTO_RMM_API_SECRET: z.string().optional(),
  DATTO_RMM_NOT_BILLABLE_FILTER_ID: z.coerce.number().int().optional(),
  DATTO_RMM_NOT_BILLABLE_UDF: z.coerce.number().int().min(1).max(300).optional(),
});
type Environment = z.infer<typeof Base>;

const REQUIRED = [
  'ICB_BASE_URL',
  'ICB_SECRET',
  'ICB_API_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_CHANNEL',
  'SLACK_ADMINS',
] as const;
const DATTO_RMM = ['DATTO_RMM_API_URL', 'DATTO_RMM_API_KEY', 'DATTO_RMM_API_SECRET'] as const;

/** A setting given as nothing is a setting not given: `.env` files leave empty lines. */
const given = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );

/**
 * Reads the settings of icb; `live` is one that people reach in Slack and on the web, which needs more of them than the
 * command line does. Throws one `IcbError` of code `config` that lists every missing and every wrong
 * setting by name; never prints a value.
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  { live = true }: { readonly live?: boolean } = {},
) {
  const parsed = Base.safeParse(given(environment));
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(
        ({ path, message }) => `${path.join('.')}: expected ${message.replace(/^.*?expected /, '')}`,
      );
  const values = (parsed.success ? parsed.data : given(environment)) as Partial<Environment>;
  const problems = [
    ...(live ? missing(values) : []),
    ...halfSet(values, DATTO_RMM),
    ...wrong,
    ...forbidden(values),
  ];
  if (problems.length > 0)
    throw new IcbError('config', 'icb cannot start: settings are missing or wrong.', { details: problems });
  return toConfig(values as Environment);
}

function missing(values: Partial<Environment>): string[] {
  const names: string[] = REQUIRED.filter((name) => values[name] === undefined);
  const slack = values.SLACK_SIGNING_SECRET || values.SLACK_APP_TOKEN;
  return [
    ...names.map((name) => `${name} is missing`),
    ...(slack ? [] : ['SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing']),
  ];
}

/** A module with no settings is not connected; with some of them it is a mistake. */
function halfSet(values: Partial<Environment>, names: readonly (keyof Environment)[]): string[] {
  const absent = names.filter((name) => values[name] === undefined);
  if (absent.length === 0 || absent.length === names.length) return [];
  return absent.map((name) => `${name} is missing (the other settings of the module are there)`);
}

function forbidden(values: Partial<Environment>): string[] {
  const problems: string[] = [];
  if (values.ICB_CLOCK !== undefined && values.NODE_ENV === 'production')
    problems.push('ICB_CLOCK: not allowed when NODE_ENV=production');
  if (values.ICB_PSA === 'autotask')
    problems.push('ICB_PSA: this version bills through the local PSA only; leave it out or set it to local');
  return problems;
}

function toConfig(values: Environment) {
  const { DATTO_RMM_API_URL: apiUrl, DATTO_RMM_API_KEY: apiKey, DATTO_RMM_API_SECRET: apiSecret } = values;
  const { DATTO_RMM_NOT_BILLABLE_FILTER_ID: filterId, DATTO_RMM_NOT_BILLABLE_UDF: udf } = values;
  const notBillable = filterId !== undefined ? { filterId } : udf !== undefined ? { udf } : undefined;
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl: values.ICB_BASE_URL ?? '',
    dataDir: values.ICB_DATA_DIR,
    timeZone: values.ICB_TIMEZONE,
    currency: values.ICB_CURRENCY,
    syncCron: values.ICB_SYNC_CRON,
    secrets: values.ICB_SECRET ?? [],
    apiToken: values.ICB_API_TOKEN ?? '',
    frameAncestors: values.ICB_FRAME_ANCESTORS,
    logLevel: values.ICB_LOG_LEVEL,
    clockStart: values.ICB_CLOCK,
    slack: {
      botToken: values.SLACK_BOT_TOKEN ?? '',
      signingSecret: values.SLACK_SIGNING_SECRET,
      appToken: values.SLACK_APP_TOKEN,
      channel: values.SLACK_CHANNEL ?? '',
      admins: values.SLACK_ADMINS ?? [],
      apiUrl: values.SLACK_API_URL && `${values.SLACK_API_URL}/`,
    },
    dattoRmm:
      apiUrl && apiKey && apiSecret
        ? { apiUrl, apiKey, apiSecret, ...(notBillable && { notBillable }) }
        : undefined,
  };
}
export type Config = ReturnType<typeof toConfig>;
