import { expect, test } from 'vitest';
import { holdLimits } from '../../src/usecases/hold-limits.ts';
import { officeSettings } from '../../src/usecases/office-settings.ts';
import { cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';

const ADMIN = { ...cookieOf('admin'), ...SAME_ORIGIN };
const PATH = '/dashboard/settings';

/** The fields of the page as a browser would send them. */
async function filled(web: SampleWeb, change: Record<string, string> = {}): Promise<URLSearchParams> {
  const page = await (await web.get(PATH, ADMIN)).text();
  const value = (name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1]?.replaceAll('&quot;', '"') ?? '';
  const names = ['revision', 'seen', 'time', 'channel', 'jumpPercent', 'jumpUnits', 'limits'];
  const fields = new URLSearchParams(names.map((name) => [name, value(name)]));
  for (const box of ['zero', 'firstCounts'])
    if (page.includes(`name="${box}" value="yes" checked`)) fields.set(box, 'yes');
  for (const [name, text] of Object.entries(change)) fields.set(name, text);
  return fields;
}

const post = (web: SampleWeb, fields: URLSearchParams) =>
  web.raw(PATH, {
    method: 'POST',
    body: fields,
    headers: { ...ADMIN, 'content-type': 'application/x-www-form-urlencoded' },
  });

test('saved without a change, nothing changes', async () => {
  const web = await sampleWeb();
  const before = [await officeSettings(web.core), await holdLimits(web.core)];
  const saved = await post(web, await filled(web));
  expect([saved.status, saved.headers.get('location')]).toEqual([303, `${PATH}?saved=1`]);
  expect([await officeSettings(web.core), await holdLimits(web.core)]).toEqual(before);
});

test('roles, limits and holds are saved together, with one line in the audit log', async () => {
  const web = await sampleWeb();
  const fields = await filled(web, { limits: 'usd 1000, EUR 800.50', jumpUnits: '9' });
  fields.append('person', 'U7');
  fields.append('person-role', 'approver');
  fields.append('person', '');
  fields.append('person-role', 'operator');
  fields.append('group', 'S0GROUP');
  fields.append('group-role', 'operator');
  expect((await post(web, fields)).status).toBe(303);
  expect(await officeSettings(web.core)).toMatchObject({
    revision: 1,
    people: [{ userId: 'U7', role: 'approver' }],
    groups: [{ groupId: 'S0GROUP', role: 'operator' }],
    postLimits: [
      { currency: 'USD', amount: '1000.00' },
      { currency: 'EUR', amount: '800.50' },
    ],
  });
  expect(await holdLimits(web.core)).toMatchObject({ jumpUnits: 9 });
  expect(await (await web.get(`${PATH}?saved=1`, ADMIN)).text()).toContain('value="U7"');
});

test('what cannot be read is named field by field, and what was typed stays', async () => {
  const web = await sampleWeb();
  const fields = await filled(web, { limits: 'a lot', jumpPercent: '', time: '02:30' });
  fields.append('person', '@ada');
  fields.append('person-role', 'admin');
  const answer = await post(web, fields);
  expect(answer.status).toBe(400);
  const page = await answer.text();
  for (const said of [
    'USD 1000, EUR 800',
    'A jump in percent: give a number',
    '“@ada” is no Slack member id',
  ])
    expect(page).toContain(said);
  for (const kept of ['value="a lot"', 'value="@ada"', 'value="02:30"']) expect(page).toContain(kept);
  expect((await officeSettings(web.core)).revision).toBe(0);
});

test('the second of two people is told and overwrites nothing', async () => {
  const web = await sampleWeb();
  const [one, other] = [await filled(web, { limits: 'USD 5' }), await filled(web, { limits: 'USD 7' })];
  expect((await post(web, one)).status).toBe(303);
  const late = await post(web, other);
  const page = await late.text();
  expect(page).toContain('Somebody saved settings after you opened them');
  expect(page).toContain('value="USD 5.00"');
  expect(page).toContain('Yours: Limit for a second person: 5.00 USD → 7.00 USD');
  expect((await officeSettings(web.core)).postLimits).toEqual([{ currency: 'USD', amount: '5.00' }]);
});

test.each(['viewer', 'operator', 'approver'] as const)('%s neither sees nor saves them', async (role) => {
  const web = await sampleWeb();
  const who = { ...cookieOf(role), ...SAME_ORIGIN };
  expect((await web.get(PATH, who)).status).toBe(403);
  expect((await web.send('POST', PATH, {}, who)).status).toBe(403);
  expect(await (await web.get('/dashboard', who)).text()).not.toContain(PATH);
});
