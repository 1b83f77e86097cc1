import { describe, expect, test } from 'vitest';
import { createLog } from '../../src/create-log.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { type OwnIcb, ownIcb, SECRETS } from '../support/own-icb.ts';

type Line = Record<string, unknown>;

/** Customers, people, devices, services: what a log may give away. */
const NAMES = ['Daily Mail', 'Somebody Else', 'Acme', 'Ada', 'Lovelace', 'GRACE', 'Desktop Monitoring'];

const linesOf = ({ log }: OwnIcb): Line[] => log.map((line) => JSON.parse(line) as Line);

/** A night and a walk through the web, with things that go wrong. */
async function walk(own: OwnIcb): Promise<void> {
  await own.night();
  const signIn = await own.icb.signIn({ userId: 'U1', name: 'Ada Lovelace' });
  const path = new URL(signIn).pathname;
  const entered = await fetch(signIn, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: own.url, 'sec-fetch-site': 'same-origin' },
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  for (const page of ['/dashboard', '/dashboard/items', '/dashboard/plan', '/dashboard/leakage', path])
    await own.get(page, { cookie });
  const embed = `/embed/widgets/pending-by-module?t=eyJhbGciOiJIUzI1NiJ9.eyJ0b2tlbiI6MX0.c2lnbmF0dXJl`;
  for (const page of [embed, '/api/audit', '/api/plan', '/readyz', '/nothing']) await own.get(page);
  const { core } = own.icb;
  // What a library throws may hold a header, an address and a name.
  const thrown = Object.assign(
    new Error(`Daily Mail: Bearer ${SECRETS.SLACK_BOT_TOKEN} at /sign-in/abcdefgh1234`),
    {
      config: {
        headers: { authorization: `Bearer ${SECRETS.ICB_API_TOKEN}` },
        key: SECRETS.DATTO_RMM_API_KEY,
      },
    },
  );
  core.log.error({ err: thrown, organization: 'Daily Mail' }, 'something failed');
  core.log.warn({ error: String(thrown), nested: { who: ['Ada Lovelace'] } }, 'something failed');
  core.log.warn({ err: new IcbError('conflict', 'Acme is not mapped; map Acme first.') }, 'refused');
  await own.slack({ command: '/icb', text: 'plan', user_id: 'U1', user_name: 'ada', channel_id: 'C1' });
  await own.icb.bot.idle();
}

describe.each(['on', 'off'])('a night and a walk through the web, names %s', (names) => {
  test(`no secret is in the log${names === 'off' ? ', and no name' : ''}`, { timeout: 90_000 }, async () => {
    const own = await ownIcb({ ICB_LOG_NAMES: names });
    try {
      await walk(own);
      const text = own.log.join('');
      expect(own.log.length).toBeGreaterThan(15);
      for (const [setting, secret] of Object.entries(SECRETS)) expect(text, setting).not.toContain(secret);
      expect(text).not.toMatch(/eyJhbGci|abcdefgh1234/);
      expect(text).not.toMatch(/sign-in\/(?!:token|\[secret\])/);
      const said = NAMES.filter((name) => text.includes(name));
      if (names === 'off') expect(said).toEqual([]);
      else expect(said).toEqual(expect.arrayContaining(['Daily Mail', 'Acme']));
    } finally {
      await own.close();
    }
  });
});

test('every line of a request names it, and so does the answer', { timeout: 60_000 }, async () => {
  const own = await ownIcb();
  try {
    const given = await own.get('/api/plan', {
      authorization: `Bearer ${SECRETS.ICB_API_TOKEN}`,
      'x-request-id': 'proxy-0123456789',
    });
    expect(given.headers.get('x-request-id')).toBe('proxy-0123456789');
    expect(linesOf(own)).toContainEqual(
      expect.objectContaining({ requestId: 'proxy-0123456789', route: '/api/plan', msg: 'answered' }),
    );
    for (const bad of ['short', 'with blanks in it', 'x'.repeat(65), '{"level":60}']) {
      const answer = await own.get('/healthz', { 'x-request-id': bad });
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  } finally {
    await own.close();
  }
});

test('every line of a sync names it, from whichever part it comes', { timeout: 60_000 }, async () => {
  const own = await ownIcb({ SLACK_API_URL: 'http://127.0.0.1:9/api/' });
  try {
    // Summaries of an earlier sync may still be on their way.
    const before = own.log.length;
    await own.night();
    const lines = linesOf(own).slice(before);
    const runs = new Set(lines.map(({ run }) => run));
    expect(lines.map(({ msg }) => msg)).toContain('sync ended');
    expect(lines.length).toBeGreaterThan(1);
    expect([...runs]).toEqual(Array(runs.size).fill(expect.stringMatching(/^run_/)));
  } finally {
    await own.close();
  }
});

test('a setting’s secret is found also where JSON writes it otherwise', () => {
  const lines: string[] = [];
  const config = {
    logLevel: 'info',
    logNames: true,
    secrets: ['quo"te\\back-slash'],
    apiToken: '',
    slack: {},
  };
  const log = createLog(config as never, (line) => void lines.push(line));
  log.info({ text: 'it is quo"te\\back-slash, or so' }, 'told');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ text: 'it is [secret], or so' });
});

test('a database’s password with a % in it is found as well', () => {
  const lines: string[] = [];
  const secretOf = (databaseUrl: string) => {
    const config = { logLevel: 'info', logNames: true, secrets: [], apiToken: '', databaseUrl, slack: {} };
    createLog(config as never, (line) => void lines.push(line)).info({ text: 'it is 50%zz-of-it' }, 'told');
    return JSON.parse(lines.pop() ?? '').text;
  };
  expect(secretOf('postgresql://icb:50%25zz-of-it@db/icb')).toBe('it is [secret]');
  expect(secretOf('postgresql://icb:50%zz-of-it@db/icb')).toBe('it is [secret]');
});
