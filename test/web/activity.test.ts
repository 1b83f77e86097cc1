import { beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { cookieOf, type SampleWeb, sampleWeb } from './sample-web.ts';
import { importSampleBook, RMM, sampleCore, standInSource } from './sample-world.ts';

let web: SampleWeb;

beforeEach(async () => {
  const source = standInSource();
  web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  source.problem = new IcbError('source-refused', 'Datto RMM refused the key.');
  await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
});

const page = async (query: string, cookie = ''): Promise<{ text: string; cookie: string | null }> => {
  const viewer = cookieOf('viewer').Cookie;
  const answer = await web.get(`/dashboard/activity${query}`, {
    Cookie: cookie ? `${viewer}; ${cookie}` : viewer,
  });
  expect(answer.status).toBe(200);
  return { text: await answer.text(), cookie: answer.headers.get('set-cookie') };
};
const rowsIn = (text: string): number => [...text.matchAll(/<td class="nowrap"><time/g)].length;

describe('the activity page', () => {
  test('has a field for every condition, filled with what is in force', async () => {
    const { text } = await page(
      '?from=2026-11-01&to=2026-11-30&module=datto-rmm&result=failed&billingType=servers&contract=Man&service=Desk&failed=no&failed=yes',
    );
    for (const value of ['2026-11-01', '2026-11-30', 'servers', 'Man', 'Desk'])
      expect(text).toContain(`value="${value}"`);
    expect(text).toMatch(/<option value="datto-rmm" selected>/);
    expect(text).toMatch(/<option value="failed" selected>/);
    expect(text).toMatch(/type="checkbox" name="failed" value="yes" checked/);
  });

  test('shows the failure, and nothing outside the days asked for', async () => {
    expect((await page('?from=2026-11-22')).text).toContain('Datto RMM refused the key.');
    const { text } = await page('?to=2026-11-21');
    expect(rowsIn(text)).toBe(0);
    expect(text).toContain('No activity fits');
    expect(text).toContain('Show all');
  });

  test('remembers “only failed” for the session, until it is unticked', async () => {
    const ticked = await page('?failed=no&failed=yes');
    expect(ticked.cookie).toMatch(/^icb-activity-failed=yes; .*HttpOnly; SameSite=Lax/i);
    expect(ticked.cookie).not.toMatch(/Max-Age|Expires/i);
    const later = await page('', 'icb-activity-failed=yes');
    expect(later.text).toMatch(/value="yes" checked/);
    expect(later.cookie).toBeNull();
    const unticked = await page('?failed=no', 'icb-activity-failed=yes');
    expect(unticked.text).not.toMatch(/value="yes" checked/);
    expect(unticked.cookie).toMatch(/^icb-activity-failed=no/);
  });

  test.each([
    ['?organization=Dayly', 'No organization is called “Dayly”. Did you mean Daily Mail'],
    ['?from=yesterday', '“yesterday” is no date such as 2026-11-30.'],
    ['?from=2026-12-01&to=2026-11-01', 'The first day lies after the last'],
  ])('%s is told beside the form', async (query, problem) => {
    expect((await page(query)).text).toContain(problem);
  });
});

describe('GET /api/activity', () => {
  const rows = async (query: string): Promise<{ result: string; reason: { code: string } }[]> =>
    ((await (await web.get(`/api/activity?${query}`)).json()) as { items: never[] }).items;

  test('filters by day, module, result and more', async () => {
    expect(await rows('from=2026-11-22&to=2026-11-22&module=datto-rmm&result=failed')).toMatchObject([
      { result: 'failed', reason: { code: 'module-failed' } },
    ]);
    for (const none of [
      'to=2026-11-21',
      'result=up',
      'organization=o1',
      'service=Desk',
      'contract=c1',
      'billingType=Server',
    ])
      expect(await rows(none), none).toEqual([]);
    expect(await rows('failedOnly=true&limit=1')).toHaveLength(1);
  });

  test.each([
    ['from=22.11.2026', 400],
    ['result=odd', 400],
    ['from=2026-11-23&to=2026-11-22', 400],
  ])('%s is refused', async (query, status) => {
    expect((await web.get(`/api/activity?${query}`)).status).toBe(status);
  });
});
