import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { importUsage, readMap, undoUsage, uploads } from '../../src/cli/usage.ts';
import { BEARER, type SampleWeb, sampleWeb } from '../web/sample-web.ts';
import { FILE, huntressOffice } from '../web/usage-world.ts';

let web: SampleWeb;
let api: Api;
let folder: string;

beforeEach(async () => {
  web = await sampleWeb();
  await huntressOffice(web.core);
  folder = await mkdtemp(join(tmpdir(), 'icb-usage-'));
  api = {
    get: async (path) => (await web.get(path)).json() as never,
    send: async (method, path, body) => {
      const init = { method, body: body as BodyInit, headers: { ...BEARER, 'Content-Type': 'text/csv' } };
      const answer = await (body instanceof Uint8Array
        ? web.raw(path, init)
        : web.send(method as 'POST', path, body));
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json() as never;
    },
    close: async () => {},
  };
});
afterEach(() => rm(folder, { recursive: true }));

test('a dry run prints what would change; then it is saved and undone', async () => {
  const file = join(folder, 'huntress.csv');
  await writeFile(file, FILE);
  const dry = await importUsage(api, file, { module: 'huntress', dryRun: true });
  expect(dry.text).toContain('Rows read: 3, wrong: 0. Counts of 2026-11-22: 5, other than known: 5.');
  expect(dry.text).toMatch(/change +Daily Mail +Desktop Monitoring +20 → 21 +2026-11-01 +12\.50 USD/);
  expect(dry.text).toMatch(/held +Acme +Desktop Monitoring +9 → 0/);
  expect(dry.text).toContain('Dry run: nothing was saved.');
  const saved = await importUsage(api, file, { module: 'huntress' });
  const id = (saved.json as { upload: string }).upload;
  expect(saved.text).toContain(`icb usage undo ${id}`);
  expect((await uploads(api)).text).toContain('huntress.csv');
  expect((await undoUsage(api, id)).text).toContain('Undone');
  expect((await uploads(api)).text).toContain('has undone it already');
});

test('the bytes go as they are: Windows-1252 is recognised there', async () => {
  const file = join(folder, 'x.csv');
  await writeFile(file, Buffer.from('Customer;N\nZo\u00eb;3\n', 'latin1'));
  const { json } = await importUsage(api, file, {
    module: 'huntress',
    map: 'Customer=organization,N=Agents',
    dryRun: true,
  });
  expect(json).toMatchObject({ newModuleOrganizations: [{ name: 'Zoë' }] });
});

test('--map', () => {
  expect(readMap('Customer=organization, "Seats, total=Agents"')).toEqual({
    Customer: 'organization',
    'Seats, total': 'Agents',
  });
  expect(() => readMap('Customer')).toThrow(/column=field/);
});
