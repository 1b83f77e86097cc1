import { beforeEach, describe, expect, test } from 'vitest';
import { listUsageDrafts } from '../../src/usecases/usage-drafts.ts';
import { cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';
import { FILE, huntressOffice } from './usage-world.ts';

const ADMIN = { ...cookieOf('admin'), ...SAME_ORIGIN };

let web: SampleWeb;
beforeEach(async () => {
  web = await sampleWeb();
  await huntressOffice(web.core);
});

async function upload(
  text: string | Uint8Array<ArrayBuffer>,
  name = 'huntress.csv',
  module = '',
): Promise<Response> {
  const form = new FormData();
  form.set('module', module);
  form.set('file', new File([text], name));
  return web.raw('/dashboard/usage/files', { method: 'POST', body: form, headers: ADMIN });
}

/** The page behind a file that was taken. */
async function waiting(answer: Response): Promise<{ path: string; page: string }> {
  expect(answer.status).toBe(303);
  const path = answer.headers.get('location') ?? '';
  return { path, page: await (await web.get(path, ADMIN)).text() };
}

const textOf = (page: string): string => page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const reports = async () => (await web.core.store.snapshot()).list('usageReports');

describe('a file', () => {
  test('is read, shown with what it changes, saved, and undone', async () => {
    const before = await reports();
    const { path, page } = await waiting(await upload(FILE));
    const text = textOf(page);
    expect(page).toContain('<option value="huntress" selected>Huntress</option>');
    expect(page).toMatch(/name="column.1">.*?value="type:Agents" selected/s);
    expect(text).toContain('Rows read 3 1 empty cell stays unknown');
    expect(text).toContain('Counts 5 Nov 22, 2026');
    expect(text).toMatch(
      /change Daily Mail Managed services Desktop Monitoring Installed agents Huntress 20 → 21 Nov 1, 2026 \+\$12\.50 \+\$12\.50/,
    );
    expect(text).toMatch(/held Acme .*? 9 → 0/);
    expect(text).toContain('Together +$12.50 now, +$12.50 a month from then on.');
    expect(text).toContain('New module organizations, to be mapped: 1 =HYPERLINK(&quot;http://x&quot;)');
    expect(await reports()).toEqual(before);

    const saved = await web.form(`${path}/save`, {});
    const after = await (await web.get(saved.headers.get('location') ?? '', ADMIN)).text();
    expect(textOf(after)).toContain(
      '5 counts of Huntress taken in from huntress.csv; 5 differ from what was known.',
    );
    expect(textOf(after)).toContain('can be undone until Nov 23, 2026, 12:00 PM');
    expect((await reports()).at(-1)?.counts).toMatchObject({
      'Daily Mail': { Agents: 21, SAT: 1 },
      Acme: { Agents: 0, SAT: 0 },
    });
    expect(await listUsageDrafts(web.core)).toEqual([]);

    const undo = /action="(\/dashboard\/usage\/uploads\/[^"]+\/undo)"/.exec(after)?.[1] ?? '';
    expect((await web.form(undo, {})).status).toBe(303);
    expect(await reports()).toEqual(before);
    const again = await web.form(undo, {});
    expect(again.status).toBe(400);
    expect(textOf(await again.text())).toContain('Ada has undone it already');
  });

  test('saved twice changes nothing the second time, and its columns are offered again', async () => {
    const renamed = FILE.replace('Agents', 'Endpoints seen');
    const first = await waiting(await upload(renamed));
    const chosen = {
      module: 'huntress',
      date: '2026-11-22',
      'column.0': 'name',
      'column.1': 'type:Agents',
      'column.2': '',
    };
    expect((await web.form(first.path, chosen)).headers.get('location')).toBe(`${first.path}#preview`);
    await web.form(`${first.path}/save`, {});
    const second = await waiting(await upload(renamed));
    expect(second.page).toMatch(/name="column.1">.*?value="type:Agents" selected/s);
    expect(textOf(second.page)).toContain(
      'Every count of the file is known already; saving changes nothing.',
    );
    const saved = await web.form(`${second.path}/save`, {});
    const after = await (await web.get(saved.headers.get('location') ?? '', ADMIN)).text();
    expect(textOf(after)).toContain('Every count of Huntress was known already; nothing was changed.');
  });

  test('with wrong rows lists all of them and cannot be saved', async () => {
    const { path, page } = await waiting(
      await upload('Customer,Agents\nDaily Mail,1.5\n,3\nAcme,-1\nAcme,"1,234"\n'),
    );
    const text = textOf(page);
    expect(text).toContain('2 Agents &quot;1.5&quot; is not whole; counts are whole numbers');
    expect(text).toContain('3 Customer the organization is missing; fill it in or remove the line');
    expect(text).toContain('5 Agents &quot;1,234&quot; may be two numbers');
    expect(text).not.toContain('Save 0 counts');
    expect((await web.form(`${path}/save`, {})).status).toBe(400);
    const csv = await (await web.get(`${path}/wrong-rows.csv`, ADMIN)).text();
    expect(csv.trim().split('\r\n')).toHaveLength(5);
  });

  test('that says two things about one count names both lines', async () => {
    const { page } = await waiting(await upload('Customer,Agents\nAcme,1\nBeta,2\nAcme,3\n'));
    expect(textOf(page)).toContain(
      '4 Agents &quot;Acme&quot;, &quot;Agents&quot; on 2026-11-22 is 1 in line 2 and 3 here',
    );
  });

  test('of an unknown module waits for a choice; discarding forgets it', async () => {
    const { path, page } = await waiting(await upload('Customer,Foo\nAcme,1\n', 'export.csv'));
    expect(textOf(page)).toContain('Which module is it?');
    await web.form(path, { module: 'huntress', date: '2026-11-22' });
    expect(textOf(await (await web.get(path, ADMIN)).text())).toContain(
      'Choose the billing type of at least one column.',
    );
    await web.form(`${path}/discard`, {});
    expect((await web.get(path, ADMIN)).status).toBe(404);
  });

  test('whose columns contradict each other is asked again', async () => {
    const { path } = await waiting(await upload(FILE));
    const answer = await web.form(path, {
      module: 'huntress',
      date: '2026-11-22',
      'column.0': 'name',
      'column.1': 'name',
    });
    expect(answer.status).toBe(400);
    expect(textOf(await answer.text())).toContain('Both “Customer” and “Agents” are chosen');
  });

  test.each([
    ['nothing', '', 'x.csv', 'The file is empty.'],
    ['a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 0), 'x.xlsx', 'Save it as “CSV UTF-8”'],
    ['too large a file', 'x'.repeat(5 * 1024 * 1024 + 1), 'x.csv', 'at most 5 MB'],
  ])('that is %s is refused on the page', async (_, text, name, words) => {
    const answer = await upload(text as string, name);
    expect(answer.status).toBe(400);
    expect(textOf(await answer.text())).toContain(words);
  });

  test('goes out again harmless: names that are formulas become text', async () => {
    const csv = await waiting(await upload('Customer,Agents\n"=cmd()",x\n'));
    const out = await (await web.get(`${csv.path}/wrong-rows.csv`, ADMIN)).text();
    expect(out).not.toMatch(/(^|,|")[=+@-]/m);
  });
});

describe('who may', () => {
  const VIEWER = { ...cookieOf('viewer'), ...SAME_ORIGIN };
  test('viewers see what was brought in, and bring nothing', async () => {
    const page = await (await web.get('/dashboard/usage', VIEWER)).text();
    expect(page).toContain('Huntress');
    expect(page).not.toContain('type="file"');
    expect(page).not.toContain('/undo"');
    const { path } = await waiting(await upload(FILE));
    expect((await web.get(path, VIEWER)).status).toBe(403);
    expect((await web.form(`${path}/save`, {}, VIEWER)).status).toBe(403);
    expect((await web.get('/dashboard/modules/new', VIEWER)).status).toBe(403);
  });
  test('another site brings nothing either', async () => {
    const answer = await web.form(
      '/dashboard/usage/uploads/x/undo',
      {},
      { ...ADMIN, Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    );
    expect(answer.status).toBe(403);
  });
});

describe('your modules', () => {
  const fields = { name: 'Blumira', type: 'Sensors', label: '', unit: 'count', contains: '' };
  test('are added by a form, changed and removed', async () => {
    expect((await web.form('/dashboard/modules', fields)).headers.get('location')).toBe('/dashboard/modules');
    expect(await (await web.get('/dashboard/modules', ADMIN)).text()).toContain('Blumira');
    const form = await (await web.get('/dashboard/modules/blumira', ADMIN)).text();
    expect(form).toContain('value="Sensors"');
    await web.form('/dashboard/modules/blumira', { ...fields, name: 'Blumira SIEM' });
    expect(await (await web.get('/dashboard/usage', ADMIN)).text()).toContain(
      '<option value="blumira">Blumira SIEM',
    );
    await web.form('/dashboard/modules/blumira/remove', {});
    expect(await (await web.get('/dashboard/modules', ADMIN)).text()).not.toContain('Blumira');
  });
  test('say what is wrong beside what was typed', async () => {
    const answer = await web.form('/dashboard/modules', { ...fields, name: 'Datto RMM', contains: 'Nope' });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(textOf(page)).toContain('Name: there is a module &quot;Datto RMM&quot; already');
    expect(textOf(page)).toContain(
      'Billing type 1, contains: there is no billing type &quot;Nope&quot; here',
    );
    expect(page).toContain('value="Sensors"');
  });
  test('in use stay', async () => {
    const answer = await web.form('/dashboard/modules/huntress/remove', {});
    expect(textOf(await answer.text())).toContain('Huntress is in use (it has module organizations)');
    const more = await web.form('/dashboard/modules', { ...fields, more: 'yes' });
    expect((await more.text()).match(/name="type"/g)?.length).toBeGreaterThan(4);
  });
});
