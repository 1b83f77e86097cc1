import { describe, expect, test } from 'vitest';
import { newSignInToken } from '../../src/auth/sign-in-token.ts';
import { IsoInstant } from '../../src/domain/calendar.ts';
import { issueSignInLink } from '../../src/usecases/sign-in.ts';
import { MACHINE_NOW, SAME_ORIGIN, sampleWeb } from './sample-web.ts';

async function withLink(expiresInMs = 600_000) {
  const web = await sampleWeb();
  const { token, tokenHash } = newSignInToken();
  await issueSignInLink(web.core, {
    tokenHash,
    userId: 'U7',
    name: 'Grace',
    expiresAt: IsoInstant.parse(new Date(MACHINE_NOW + expiresInMs).toISOString()),
    machineNow: Temporal.Instant.fromEpochMilliseconds(MACHINE_NOW),
  });
  return { web, path: `/sign-in/${token}` };
}

const cookieIn = (answer: Response): string => answer.headers.get('set-cookie') ?? '';

describe('the one-time sign-in link', () => {
  test('looking uses nothing up; the button signs in, once', async () => {
    const { web, path } = await withLink();
    for (let look = 0; look < 3; look++) {
      const page = await web.get(path, {});
      expect(page.status).toBe(200);
      expect(cookieIn(page)).toBe('');
      expect(await page.text()).toContain(`<form method="post" action="${path}">`);
    }
    const signedIn = await web.form(path, {}, SAME_ORIGIN);
    expect(signedIn.status).toBe(303);
    expect(signedIn.headers.get('location')).toBe('/dashboard');
    expect(cookieIn(signedIn)).toMatch(/^icb=.+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);

    const cookie = cookieIn(signedIn).split(';')[0] ?? '';
    const tab = await web.get('/dashboard', { Cookie: cookie });
    expect(tab.status).toBe(200);
    expect(await tab.text()).toContain('Grace');

    const again = await web.form(path, {}, SAME_ORIGIN);
    expect(again.status).toBe(410);
    expect(cookieIn(again)).toBe('');
    expect((await web.get(path, {})).status).toBe(410);
  });

  test('an expired link says how to get a new one', async () => {
    const { web, path } = await withLink(-1);
    for (const answer of [await web.get(path, {}), await web.form(path, {}, SAME_ORIGIN)]) {
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain('/icb dashboard');
    }
  });

  test('another site cannot press the button', async () => {
    const { web, path } = await withLink();
    const answer = await web.form(
      path,
      {},
      { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
    expect((await web.get(path, {})).status).toBe(200);
  });

  test('over https the cookie is bound to the host', async () => {
    const { web: http } = await withLink();
    const settings = {
      baseUrl: 'https://icb.test',
      secrets: ['s'],
      apiToken: 't',
      timeZone: 'UTC',
      currency: 'USD',
      locale: 'en-US',
    };
    const web = await sampleWeb({ core: http.core, settings });
    const { token, tokenHash } = newSignInToken();
    await issueSignInLink(web.core, {
      tokenHash,
      userId: 'U8',
      name: 'Alan',
      expiresAt: IsoInstant.parse(new Date(MACHINE_NOW + 1000).toISOString()),
      machineNow: Temporal.Instant.fromEpochMilliseconds(MACHINE_NOW),
    });
    const answer = await web.form(`/sign-in/${token}`, {}, { Origin: 'https://icb.test' });
    expect(cookieIn(answer)).toMatch(/^__Host-icb=.+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test('signing out ends the session', async () => {
    const { web, path } = await withLink();
    const cookie = cookieIn(await web.form(path, {}, SAME_ORIGIN)).split(';')[0] ?? '';
    const out = await web.form('/sign-out', {}, { Cookie: cookie, ...SAME_ORIGIN });
    expect(out.status).toBe(200);
    expect(cookieIn(out)).toMatch(/^icb=; Max-Age=0; Path=\//);
  });
});
