import { beforeEach, expect, test } from 'vitest';
import { BEARER, cookieOf, SAME_ORIGIN, type SampleWeb, sampleWeb } from './sample-web.ts';
import { FILE, huntressOffice } from './usage-world.ts';

let web: SampleWeb;
beforeEach(async () => {
  web = await sampleWeb();
  await huntressOffice(web.core);
});

const send = async (query: string, body: string) => {
  const answer = await web.raw(`/api/usage/csv?${query}`, {
    method: 'POST',
    body,
    headers: { ...BEARER, 'Content-Type': 'text/csv' },
  });
  return { status: answer.status, body: await answer.json() };
};
const uploads = async () => (await (await web.get('/api/usage/uploads')).json()).items;

test('a batch is taken by token or session, once, and undone', async () => {
  const items = [
    {
      date: '2026-11-22',
      moduleOrganization: { externalId: 'a', name: 'A' },
      billingType: 'Agents',
      quantity: 3,
    },
  ];
  const usage = { module: 'huntress', items };
  const first = await (await web.send('POST', '/api/usage', usage)).json();
  expect(first).toEqual({ accepted: 1, changed: 1, upload: expect.any(String) });
  const session = { ...cookieOf('admin'), ...SAME_ORIGIN };
  expect(await (await web.send('POST', '/api/usage', usage, session)).json()).toEqual({
    accepted: 1,
    changed: 0,
  });
  expect(
    (await web.send('POST', '/api/usage', usage, { ...cookieOf('viewer'), ...SAME_ORIGIN })).status,
  ).toBe(403);
  const undone = await web.send('POST', `/api/usage/uploads/${first.upload}/undo`);
  expect(await undone.json()).toMatchObject({ undone: { by: { kind: 'api' } } });
  expect((await uploads())[0]).toMatchObject({
    id: first.upload,
    notUndoable: 'API token has undone it already',
  });
  expect((await web.send('POST', `/api/usage/uploads/${first.upload}/undo`)).status).toBe(409);
});

test('every bad row is an error of its own', async () => {
  const items = [
    { date: '2026-11-22' },
    { date: 'x', moduleOrganization: { externalId: 'a', name: 'A' }, billingType: 'Agents', quantity: -1 },
  ];
  const answer = await web.send('POST', '/api/usage', { module: 'huntress', items });
  expect(answer.status).toBe(400);
  const { errors } = await answer.json();
  expect(errors.map(({ message }: { message: string }) => message.split(':')[0])).toEqual([
    'row 1, moduleOrganization',
    'row 1, billingType',
    'row 1, quantity',
    'row 2, date',
    'row 2, quantity',
  ]);
});

test('a file: first what it would do, then for good', async () => {
  const dry = await send('module=Huntress&dryRun=true', FILE);
  expect(dry.body).toMatchObject({
    module: 'huntress',
    rows: 3,
    accepted: 5,
    saved: false,
    newModuleOrganizations: [{ name: '=HYPERLINK("http://x")' }],
    lines: [
      { action: 'held', organization: 'Acme', oldUnits: 9, newUnits: 0 },
      { action: 'change', organization: 'Daily Mail', oldUnits: 20, newUnits: 21, amount: '12.50' },
    ],
    totals: [{ currency: 'USD', amount: '12.50', monthlyAmount: '12.50' }],
  });
  const count = (await uploads()).length;
  const saved = await send('module=huntress&file=h.csv', FILE);
  expect(saved.body).toMatchObject({ saved: true, upload: expect.any(String) });
  expect(await uploads()).toHaveLength(count + 1);
  expect((await uploads())[0]).toMatchObject({ file: 'h.csv', accepted: 5 });
});

test('columns are mapped by title, and what is not understood is said', async () => {
  const map = (value: object) => `module=huntress&map=${encodeURIComponent(JSON.stringify(value))}`;
  const file = 'Who,Kind,N,When\nAcme,Agents,"1,234",03/04/2026\n';
  const columns = { who: 'organization', Kind: 'billing-type', N: 'quantity', When: 'date' };
  const refused = await send(map(columns), file);
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0].message).toContain('line 2, When: "03/04/2026" may be two days');
  const read = await send(`${map(columns)}&dayOrder=month-day&numbers=comma-groups&dryRun=true`, file);
  expect(read.body).toMatchObject({
    dates: ['2026-03-04'],
    byType: [{ billingType: 'Agents', total: 1234 }],
  });
  expect((await send(map({ Nope: 'date' }), file)).body.detail).toBe(
    'The file has no column "Nope". It has Who, Kind, N, When.',
  );
  expect((await send(map({ N: 'Pizza' }), file)).body.detail).toContain('"Pizza" is neither a field');
  const wide = await send(
    `${map({ who: 'organization', N: 'Installed agents' })}&numbers=comma-groups&date=2026-11-20&dryRun=true`,
    file,
  );
  expect(wide.body).toMatchObject({
    accepted: 1,
    matching: { counts: { layout: 'columns', columns: [{ column: 'N', billingType: 'Agents' }] } },
  });
});

test('modules of one’s own are added, changed and removed', async () => {
  const given = { name: 'Blumira', billingTypes: [{ name: 'Sensors', unit: 'count' }] };
  const added = await web.send('POST', '/api/modules', given);
  expect(added.status).toBe(201);
  expect(await added.json()).toMatchObject({ id: 'blumira', addedBy: { kind: 'api' } });
  expect((await web.send('POST', '/api/modules', given)).status).toBe(400);
  await web.send('PUT', '/api/modules/blumira', { ...given, name: 'Blumira SIEM' });
  const { items } = await (await web.get('/api/modules')).json();
  expect(items.find(({ id }: { id: string }) => id === 'blumira')).toMatchObject({ name: 'Blumira SIEM' });
  const remove = (id: string) => web.raw(`/api/modules/${id}`, { method: 'DELETE', headers: BEARER });
  expect((await remove('blumira')).status).toBe(204);
  expect((await remove('huntress')).status).toBe(409);
  expect((await remove('datto-rmm')).status).toBe(404);
});
