import { beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src/cli/api.ts';
import { sync } from '../../src/cli/commands.ts';
import { exclude, plan, rehearse, release, releaseAll } from '../../src/cli/plan.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { type HeldWeb, heldWeb } from '../web/held-web.ts';

let web: HeldWeb;
let api: Api;

/** The API of a web in this process, as the command line opens it on a data folder. */
beforeEach(async () => {
  web = await heldWeb();
  api = {
    get: async (path) => (await web.get(path)).json() as never,
    send: async (method, path, body) => {
      const answer = await web.send(method, path, body);
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json() as never;
    },
    close: async () => {},
  };
});

const heldId = async (organization: string) =>
  (await listPlan(web.core)).lines.find((line) => line.organization === organization)?.id ?? '';

test('what is held stands first, with the id to decide it by', async () => {
  const { text, json } = await plan(api);
  const rows = text.split('\n');
  expect(rows[0]).toBe(
    '2 counts are held: icb plan release ID, or icb plan exclude ID --until DATE --reason TEXT',
  );
  expect(text).toContain(await heldId('Daily Mail'));
  expect(text).toMatch(/Daily Mail +Desktop Monitoring +All devices +14 → 0 +2026-11-22 +-175\.00 USD/);
  expect(rows.findIndex((row) => row.startsWith('Action'))).toBeGreaterThan(4);
  expect(json).toMatchObject({ items: [{ action: 'held' }, { action: 'held' }, { action: 'none' }] });
});

const answer = (acme: number) => {
  const counts = [14, acme, 4].map((quantity, at) => ({
    externalId: `s${at + 1}`,
    billingType: 'AllDevicesMetric',
    quantity,
  }));
  web.source.answer = { ...web.source.answer, counts };
};

test('a rehearsal says every line, and totals by module and organization; the sync after it, that it did just that', async () => {
  answer(9);
  const { text, json } = await rehearse(api, {}, () => {});
  expect(text).toContain('(dry run, nothing was changed)');
  expect(text).toMatch(/change +Acme .+6 → 9 .+37\.50 USD +prorate-daily +Counted 9/);
  expect(text).toMatch(/^Datto RMM +1 +3 /m);
  expect(text).toMatch(/^Acme +1 +3 /m);
  const { plan: planned } = json as { plan: { id: string } };
  expect(text).toContain(`This is plan ${planned.id}.`);
  expect((await sync(api, {}, () => {})).text).toContain(`It did exactly what plan ${planned.id} said.`);
});

test('a sync that finds other counts than the plan had says what moved', async () => {
  await plan(api);
  answer(9);
  const { text } = await sync(api, {}, () => {});
  expect(text).toMatch(/^3 lines moved since plan pl_\w+ was looked at:/m);
  expect(text).toMatch(/cs2 +datto-rmm +AllDevicesMetric +none +change 6 → 9/);
  expect(text).toMatch(/cs1 +datto-rmm +AllDevicesMetric +held 14 → 0, -\S+ +none/);
});

test('a filter that nothing passes says so', async () => {
  expect((await plan(api, { action: 'blocked' })).text).toBe('No lines match.');
  expect((await plan(api, { action: 'held', organization: 'Daily Mail' })).json).toMatchObject({
    items: [{ organization: 'Daily Mail' }],
  });
});

test('release, exclude and release-all', async () => {
  const { text } = await release(api, await heldId('Daily Mail'), { reason: 'Closed' });
  expect(text).toBe(
    'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0. Units change with the next sync.',
  );
  const excluded = await exclude(api, await heldId('Acme'), {
    until: '2026-11-30',
    reason: 'Loan',
    units: 2,
  });
  expect(excluded.text).toContain(
    'Excluded 2 units of Acme: Desktop Monitoring, All devices until 2026-11-30.',
  );
  const all = await releaseAll(api, { module: 'datto-rmm' });
  expect(all.text).toMatch(/^Approved the 1 held count of Datto RMM\. Units change with the next sync\.\n/);
  expect(all.text).toContain('4 → 0');
  expect((await releaseAll(api, {})).text).toBe('Nothing is held.');
});
