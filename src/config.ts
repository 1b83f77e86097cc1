import { resolve } from 'node:path';
import { z } from 'zod';
import { IcbError } from './domain/errors.ts';
import { Currency } from './domain/money.ts';
import { OPERATIONS, operationsOf } from './operations-settings.ts';

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

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const PostgresUrl = z
  .string()
  .refine(
    (url) => URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol),
    'an address such as postgresql://icb:password@db.example.com:5432/icb',
  );

/** Every setting that is not a secret of one party, with its default. */
const Base = z.object({
  PORT: Port.default(3000),
  HOST: z.string().default('0.0.0.0'),
  ICB_BASE_URL: Url.optional(),
  /** Names beside it are made of it, so it has no slash at its end and holds wherever one is. */
  ICB_DATA_DIR: z
    .string()
    .default('data/db')
    .transform((path) => resolve(path)),
  ICB_SNAPSHOTS: z.coerce.number('a number of days').int().min(0).max(366).default(7),
  DATABASE_URL: PostgresUrl.optional(),
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
  /** Requests a minute that one embed link may make. */
  ICB_EMBED_RATE: z.coerce.number().int().min(1).default(1_200),
  ...OPERATIONS,
  ICB_CLOCK: z.iso.datetime('an ISO instant such as 2026-11-01T08:00:00Z').optional(),
  NODE_ENV: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_CHANNEL: z.string().optional(),
  SLACK_ADMINS: z.string().transform(list).optional(),
  SLACK_API_URL: Url.optional(),
  AUTOTASK_USERNAME: z.string().optional(),
  AUTOTASK_SECRET: z.string().optional(),
  AUTOTASK_INTEGRATION_CODE: z.string().optional(),
  AUTOTASK_API_URL: Url.optional(),
  DATTO_RMM_API_URL: Url.optional(),
  DATTO_RMM_API_KEY: z.string().optional(),
  DATTO_RMM_API_SECRET: z.string().optional(),
  DATTO_BCDR_API_URL: Url.optional(),
  DATTO_BCDR_API_KEY: z.string().optional(),
  DATTO_BCDR_API_SECRET: z.string().optional(),
  SAAS_PROTECTION_API_URL: Url.optional(),
  SAAS_PROTECTION_API_KEY: z.string().optional(),
  SAAS_PROTECTION_API_SECRET: z.string().optional(),
  ROCKETCYBER_API_URL: Url.optional(),
  ROCKETCYBER_API_KEY: z.string().optional(),
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
const AUTOTASK = ['AUTOTASK_USERNAME', 'AUTOTASK_SECRET', 'AUTOTASK_INTEGRATION_CODE'] as const;
/** What each module with an API needs; the names say which parts they are. */
const MODULES = [
  ['DATTO_RMM_API_URL', 'DATTO_RMM_API_KEY', 'DATTO_RMM_API_SECRET'],
  ['DATTO_BCDR_API_KEY', 'DATTO_BCDR_API_SECRET'],
  ['SAAS_PROTECTION_API_KEY', 'SAAS_PROTECTION_API_SECRET'],
  ['ROCKETCYBER_API_URL', 'ROCKETCYBER_API_KEY'],
] as const;

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
    ...MODULES.flatMap((names) => halfSet(values, names)),
    ...(values.ICB_PSA === 'autotask' ? absent(values, AUTOTASK) : []),
    ...wrong,
    ...forbidden(values),
  ];
  if (problems.length > 0)
    throw new IcbError('config', 'icb cannot start: settings are missing or wrong.', { details: problems });
  return toConfig(values as Environment);
}

function missing(values: Partial<Environment>): string[] {
  const slack = values.SLACK_SIGNING_SECRET || values.SLACK_APP_TOKEN;
  return [
    ...absent(values, REQUIRED),
    ...(slack ? [] : ['SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing']),
  ];
}

const absent = (values: Partial<Environment>, names: readonly (keyof Environment)[]): string[] =>
  names.filter((name) => values[name] === undefined).map((name) => `${name} is missing`);

/** A module with no settings is not connected; with some of them it is a mistake. */
function halfSet(values: Partial<Environment>, names: readonly (keyof Environment)[]): string[] {
  const problems = absent(values, names);
  if (problems.length === names.length) return [];
  return problems.map((problem) => `${problem} (the other settings of the module are there)`);
}

function forbidden(values: Partial<Environment>): string[] {
  return values.ICB_CLOCK !== undefined && values.NODE_ENV === 'production'
    ? ['ICB_CLOCK: not allowed when NODE_ENV=production']
    : [];
}

function toConfig(values: Environment) {
  const { DATTO_RMM_NOT_BILLABLE_FILTER_ID: filterId, DATTO_RMM_NOT_BILLABLE_UDF: udf } = values;
  const notBillable = filterId !== undefined ? { filterId } : udf !== undefined ? { udf } : undefined;
  return {
    port: values.PORT,
    host: values.HOST,
    baseUrl: values.ICB_BASE_URL ?? '',
    dataDir: values.ICB_DATA_DIR,
    snapshots: values.ICB_SNAPSHOTS,
    databaseUrl: values.DATABASE_URL,
    timeZone: values.ICB_TIMEZONE,
    currency: values.ICB_CURRENCY,
    syncCron: values.ICB_SYNC_CRON,
    secrets: values.ICB_SECRET ?? [],
    apiToken: values.ICB_API_TOKEN ?? '',
    frameAncestors: values.ICB_FRAME_ANCESTORS,
    embedPerMinute: values.ICB_EMBED_RATE,
    ...operationsOf(values),
    clockStart: values.ICB_CLOCK,
    slack: {
      botToken: values.SLACK_BOT_TOKEN ?? '',
      signingSecret: values.SLACK_SIGNING_SECRET,
      appToken: values.SLACK_APP_TOKEN,
      channel: values.SLACK_CHANNEL ?? '',
      admins: values.SLACK_ADMINS ?? [],
      apiUrl: values.SLACK_API_URL && `${values.SLACK_API_URL}/`,
    },
    psa: values.ICB_PSA,
    autotask: autotaskOf(values),
    dattoRmm: withKeys(
      { ...(notBillable && { notBillable }) },
      values.DATTO_RMM_API_URL,
      values.DATTO_RMM_API_KEY,
      values.DATTO_RMM_API_SECRET,
    ),
    dattoBcdr: withKeys(
      {},
      values.DATTO_BCDR_API_URL ?? DATTO_API,
      values.DATTO_BCDR_API_KEY,
      values.DATTO_BCDR_API_SECRET,
    ),
    saasProtection: withKeys(
      {},
      values.SAAS_PROTECTION_API_URL ?? DATTO_API,
      values.SAAS_PROTECTION_API_KEY,
      values.SAAS_PROTECTION_API_SECRET,
    ),
    rocketCyber:
      values.ROCKETCYBER_API_URL && values.ROCKETCYBER_API_KEY
        ? { apiUrl: values.ROCKETCYBER_API_URL, apiKey: values.ROCKETCYBER_API_KEY }
        : undefined,
  };
}
/** Datto's one host for backup and for SaaS Protection. */
const DATTO_API = 'https://api.datto.com';

const withKeys = <T extends object>(more: T, apiUrl?: string, apiKey?: string, apiSecret?: string) =>
  apiUrl && apiKey && apiSecret ? { apiUrl, apiKey, apiSecret, ...more } : undefined;

function autotaskOf({
  ICB_PSA,
  AUTOTASK_USERNAME: username,
  AUTOTASK_SECRET: secret,
  AUTOTASK_INTEGRATION_CODE: integrationCode,
  AUTOTASK_API_URL: apiUrl,
}: Environment) {
  if (ICB_PSA !== 'autotask' || !username || !secret || !integrationCode) return undefined;
  return { username, secret, integrationCode, ...(apiUrl && { apiUrl }) };
}

export type Config = ReturnType<typeof toConfig>;
