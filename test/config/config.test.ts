import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { IcbError } from '../../src/domain/errors.ts';

const LIVE = {
  ICB_BASE_URL: 'https://icb.example.com/',
  ICB_SECRET: 'a-secret-of-some-length,an-older-one-of-some-length',
  ICB_API_TOKEN: 'a-token-of-some-length',
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_CHANNEL: 'C1',
  SLACK_ADMINS: 'U1, U2,',
  SLACK_SIGNING_SECRET: 'signing',
};
const DATTO = { DATTO_RMM_API_URL: 'https://rmm/', DATTO_RMM_API_KEY: 'k', DATTO_RMM_API_SECRET: 's' };

function problems(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toMatchObject({ code: 'config' });
    return (error as IcbError).details;
  }
  return [];
}

test('nothing set: every missing setting is named at once', () => {
  expect(problems({})).toEqual([
    'ICB_BASE_URL is missing',
    'ICB_SECRET is missing',
    'ICB_API_TOKEN is missing',
    'SLACK_BOT_TOKEN is missing',
    'SLACK_CHANNEL is missing',
    'SLACK_ADMINS is missing',
    'SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing',
  ]);
});

test('a live icb with its defaults', () => {
  expect(readConfig({ ...LIVE, ...DATTO })).toMatchObject({
    port: 3000,
    baseUrl: 'https://icb.example.com',
    dataDir: resolve('data/db'),
    currency: 'USD',
    syncCron: '15 1 * * *',
    secrets: ['a-secret-of-some-length', 'an-older-one-of-some-length'],
    slack: { admins: ['U1', 'U2'], signingSecret: 'signing', appToken: undefined },
    dattoRmm: { apiUrl: 'https://rmm', apiKey: 'k', apiSecret: 's' },
  });
  expect(readConfig(LIVE).dattoRmm).toBeUndefined();
});

test('the data folder is the same however it is written', () => {
  for (const dir of ['/var/lib/icb/db', '/var/lib/icb/db/', '/var/lib/icb/./db//'])
    expect(readConfig({ ...LIVE, ICB_DATA_DIR: dir }).dataDir).toBe('/var/lib/icb/db');
});

describe('wrong', () => {
  test.each([
    [{ ICB_BASE_URL: '' }, 'ICB_BASE_URL is missing'],
    [{ ICB_SECRET: '   ' }, 'ICB_SECRET is missing'],
    [{ SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET or SLACK_APP_TOKEN is missing'],
    [{ PORT: 'http' }, 'PORT: expected a port number'],
    [{ PORT: '70000' }, 'PORT: expected a port number'],
    [{ ICB_BASE_URL: 'icb.example.com' }, 'ICB_BASE_URL: expected an http(s) URL'],
    [{ ICB_TIMEZONE: 'Mars/Base' }, 'ICB_TIMEZONE: expected a time zone such as Europe/London'],
    [{ ICB_CURRENCY: 'usd' }, 'ICB_CURRENCY: expected a three-letter currency code such as USD'],
    [{ ICB_SECRET: 'short' }, 'ICB_SECRET: expected secrets of at least 16 characters'],
    [{ ICB_LOG_LEVEL: 'loud' }, 'ICB_LOG_LEVEL: expected one of '],
    [{ ICB_CLOCK: 'today' }, 'ICB_CLOCK: expected an ISO instant such as 2026-11-01T08:00:00Z'],
    [
      { ICB_CLOCK: '2026-11-01T08:00:00Z', NODE_ENV: 'production' },
      'ICB_CLOCK: not allowed when NODE_ENV=production',
    ],
    [{ ICB_KEEP_COUNTS: '3' }, 'ICB_KEEP_COUNTS: expected at least 4 months, or forever'],
    [{ ICB_KEEP_ACTIVITY: 'two years' }, 'ICB_KEEP_ACTIVITY: expected a number of months, or forever'],
    [{ ICB_METRICS_TOKEN: 'short' }, 'ICB_METRICS_TOKEN: expected at least 16 characters'],
    [{ ICB_LOG_NAMES: 'maybe' }, 'ICB_LOG_NAMES: expected one of "on"|"off"'],
    [{ ICB_PSA: 'halo' }, 'ICB_PSA: expected one of "local"|"autotask"'],
    [{ DATTO_RMM_API_KEY: 'k' }, 'DATTO_RMM_API_URL is missing (the other settings of the module are there)'],
  ])('%j: %s', (changes, problem) => {
    expect(problems({ ...LIVE, ...changes }).join('\n')).toContain(problem);
  });

  test('no problem ever tells a value', () => {
    const secrets = {
      ICB_SECRET: 'hush',
      ICB_API_TOKEN: 'hush',
      SLACK_API_URL: 'hush',
      DATTO_RMM_API_URL: 'hush',
    };
    expect(problems({ ...LIVE, ...secrets }).length).toBeGreaterThanOrEqual(4);
    expect(problems({ ...LIVE, ...secrets }).join()).not.toContain('hush');
  });
});

test('what is kept how long', () => {
  expect(readConfig({ ...LIVE, ICB_KEEP_COUNTS: '36', ICB_KEEP_DEVICES: 'forever' }).retention).toEqual({
    counts: 36,
    devices: null,
    'quiet-activity': 4,
    activity: 25,
    'unit-changes': 13,
  });
});

test('socket mode needs no signing secret', () => {
  const { SLACK_SIGNING_SECRET: _, ...rest } = LIVE;
  expect(readConfig({ ...rest, SLACK_APP_TOKEN: 'xapp-1' }).slack.appToken).toBe('xapp-1');
});
