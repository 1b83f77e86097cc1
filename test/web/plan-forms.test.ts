import { beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { type HeldWeb, heldWeb } from './held-web.ts';
import { cookieOf, sampleWeb } from './sample-web.ts';

let web: HeldWeb;
beforeEach(async () => {
  web = await heldWeb();
});

const lineOf = async (organization: string) => {
  const line = (await listPlan(web.core)).lines.find((each) => each.organization === organization);
  if (!line) throw new Error(`no line of ${organization}`);
  return line;
};
const decisions = async () =>
  (await listAudit(web.core)).items.filter(({ action }) => /^(release|exclude)-line/.test(action));

describe('the page', () => {
  const page = async (path: string, role: 'admin' | 'viewer' = 'admin') => {
    const answer = await web.get(path, cookieOf(role));
    return { status: answer.status, text: await answer.text() };
  };
  const formOf = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/<input type="(?:hidden|text|date|number)" name="(\w+)"[^>]*?value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );

  test('shows totals, what is held with its buttons, and every other line', async () => {
    const { text } = await page('/dashboard/plan');
    expect(text).toContain('<a href="/dashboard/plan" aria-current="page">Plan</a>');
    expect(text).toContain('Held for a person: a fall to zero');
    expect(text).toContain('14 → 0');
    expect(text).toContain('−$175.00');
    expect(text).toContain('Approve all held of Datto RMM');
    expect(text.indexOf('14 → 0')).toBeLessThan(text.indexOf('<span class="tag none">none</span></td>'));
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
  });

  test('filters by action and module; what nobody knows is told beside the form', async () => {
    expect((await page('/dashboard/plan?action=blocked')).text).toContain('No lines here');
    expect((await page('/dashboard/plan?module=datto-rmm&action=none')).text).not.toContain('14 → 0');
    expect((await page('/dashboard/plan?organization=Dayly')).text).toContain(
      'No organization is called “Dayly”.',
    );
  });

  test('before anything is mapped it says what to do', async () => {
    const empty = await sampleWeb();
    const answer = await empty.get('/dashboard/plan', cookieOf('viewer'));
    expect(await answer.text()).toContain('Nothing is mapped to a service yet');
  });

  test('a viewer sees it all without buttons, and may not open the forms', async () => {
    const { text } = await page('/dashboard/plan', 'viewer');
    expect(text).toContain('14 → 0');
    expect(text).not.toMatch(/data-decide[ >]/);
    const { id } = await lineOf('Daily Mail');
    for (const path of [`lines/${id}/release`, `lines/${id}/exclude`, 'release?module=datto-rmm'])
      expect((await page(`/dashboard/plan/${path}`, 'viewer')).status).toBe(403);
  });

  test('Approve without scripts: asks, approves, says so', async () => {
    const { id } = await lineOf('Daily Mail');
    const path = `/dashboard/plan/lines/${id}/release`;
    const { text } = await page(`${path}?query=action%3Dheld`);
    expect(text).toContain('Approve this count?');
    const done = await web.form(path, { ...formOf(text), reason: 'Closed' });
    const said = await done.text();
    expect(said).toContain(
      'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0 (Closed). Units change with the next sync; until then it can be undone.',
    );
    expect(said).toContain('href="/dashboard/plan?action=held"');
    expect(await decisions()).toHaveLength(1);
    const late = await web.form(path, formOf(text));
    expect(late.status).toBe(409);
    expect(await late.text()).toMatch(/This is decided already\. Approved by Ada, Nov 22, 2026.*: Closed/);
  });

  test('what changed since it was shown is shown again', async () => {
    const { id } = await lineOf('Daily Mail');
    const path = `/dashboard/plan/lines/${id}/release`;
    const fields = { ...formOf((await page(path)).text), seen: '2026-11-20 14 0' };
    const again = await web.form(path, fields);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('changed since it was shown: now 14 → 0. Nothing was decided');
    expect(await decisions()).toEqual([]);
  });

  test('Exclude without scripts: what is wrong is said, and what was typed stays', async () => {
    const { id } = await lineOf('Daily Mail');
    const path = `/dashboard/plan/lines/${id}/exclude`;
    const form = formOf((await page(path)).text);
    expect(form).toMatchObject({ until: '2026-11-30', units: '' });
    const wrong = await web.form(path, { ...form, reason: 'Moving "all"', units: '3' });
    expect(wrong.status).toBe(400);
    const text = await wrong.text();
    expect(text).toContain('there are no units to subtract');
    expect(text).toContain('value="Moving &quot;all&quot;"');
    expect((await web.form(path, { ...form, reason: ' ' })).status).toBe(400);
    const done = await web.form(path, { ...form, reason: 'Moving' });
    expect(await done.text()).toContain(
      'until 2026-11-30: Moving. Units change with the next sync; until then it can be undone.',
    );
  });

  test('Approve all of a module without scripts', async () => {
    const { text } = await page('/dashboard/plan/release?module=datto-rmm');
    expect(text).toContain('2 held counts');
    const done = await web.form('/dashboard/plan/release', formOf(text));
    expect(await done.text()).toContain('Approved all 2 held counts of Datto RMM. Units change');
    expect((await listPlan(web.core)).counts.held).toBe(0);
  });

  test('Approve all and Exclude take what the form showed; other counts are shown first', async () => {
    const { id } = await lineOf('Daily Mail');
    const all = '/dashboard/plan/release';
    const exclude = `/dashboard/plan/lines/${id}/exclude`;
    const [approving, excluding] = await Promise.all([page(`${all}?module=datto-rmm`), page(exclude)]);
    await web.count(0, 0, 0);
    const refused = await web.form(all, { ...formOf(approving.text), reason: 'Closed' });
    expect(refused.status).toBe(400);
    const again = await refused.text();
    expect(again).toContain('What is held of Datto RMM changed since it was shown');
    expect(formOf(again).reason).toBe('Closed');
    const before = { ...formOf(excluding.text), seen: '2026-11-20 14 0', reason: 'Moving' };
    const excluded = await web.form(exclude, before);
    expect(await excluded.text()).toContain('Nothing was decided; look again.');
    expect(await decisions()).toEqual([]);
    expect(await (await web.form(all, formOf(again))).text()).toContain('Approved');
  });

  test('from another site nothing is decided', async () => {
    const { id } = await lineOf('Daily Mail');
    const answer = await web.form(
      `/dashboard/plan/lines/${id}/release`,
      {},
      {
        ...cookieOf('admin'),
        Origin: 'https://elsewhere.example',
        'Sec-Fetch-Site': 'cross-site',
      },
    );
    expect(answer.status).toBe(403);
    expect(await decisions()).toEqual([]);
  });

  test('the ICB tab says how many counts are held, while some are', async () => {
    expect((await page('/dashboard')).text).toContain(
      '<a href="/dashboard/plan?action=held">2 counts held</a>',
    );
    await web.send('POST', '/api/plan/release', {});
    expect((await page('/dashboard')).text).not.toContain('counts held');
  });
});
