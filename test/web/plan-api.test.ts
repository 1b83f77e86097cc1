import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SYSTEM } from '../../src/domain/actor.ts';
import { PLAN_ACTIONS, PLAN_REASONS } from '../../src/domain/plan.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type HeldWeb, heldWeb } from './held-web.ts';
import { cookieOf, SAME_ORIGIN } from './sample-web.ts';
import { HOSTILE } from './sample-world.ts';

let web: HeldWeb;
beforeEach(async () => {
  web = await heldWeb();
});

const Amount = z.string().regex(/^-?\d+\.\d{2,4}$/);
const Line = z.object({
  id: z.string(),
  action: z.enum(PLAN_ACTIONS),
  organizationId: z.string(),
  organization: z.string(),
  contractId: z.string(),
  contract: z.string(),
  contractServiceId: z.string(),
  service: z.string(),
  module: z.string(),
  moduleName: z.string(),
  billingType: z.string(),
  billingTypeLabel: z.string(),
  unitRule: z.enum(['prorate-daily', 'next-period', 'peak']).optional(),
  oldUnits: z.int(),
  newUnits: z.int(),
  effectiveDate: z.iso.date(),
  amount: Amount,
  monthlyAmount: Amount,
  currency: z.string(),
  heldSince: z.iso.date().optional(),
  reason: z.object({ code: z.enum(PLAN_REASONS), text: z.string() }),
});
const Total = z.object({ currency: z.string(), amount: Amount, monthlyAmount: Amount });
const Group = Total.extend({ key: z.string(), label: z.string(), lines: z.int(), units: z.int() });
const Plan = z.object({
  items: z.array(Line),
  nextCursor: z.string().optional(),
  counts: z.record(z.enum(PLAN_ACTIONS), z.int()),
  totals: z.array(Total),
  held: z.array(Total),
  groups: z.object({ module: z.array(Group), organization: z.array(Group) }),
});

const plan = async (query = '') => Plan.parse(await (await web.get(`/api/plan${query}`)).json());
const lineOf = async (organization: string) => {
  const line = (await plan()).items.find((each) => each.organization === organization);
  if (!line) throw new Error(`no line of ${organization}`);
  return line;
};
const decisions = async () =>
  (await listAudit(web.core)).items
    .filter(({ action }) => /^(release|exclude)-line/.test(action))
    .map(({ action, text }) => [action, text]);
const problem = async (answer: Response) => {
  const { code, detail } = z.object({ code: z.string(), detail: z.string() }).parse(await answer.json());
  return { status: answer.status, code, detail };
};

describe('GET /api/plan', () => {
  test('held lines first, with names, rule and since when', async () => {
    const { items, counts } = await plan();
    expect(items.map(({ organization, action }) => [organization, action])).toEqual([
      [HOSTILE, 'held'],
      ['Daily Mail', 'held'],
      ['Acme', 'none'],
    ]);
    expect(items[1]).toMatchObject({
      contract: 'Managed services',
      service: 'Desktop Monitoring',
      moduleName: 'Datto RMM',
      billingTypeLabel: 'All devices',
      unitRule: 'prorate-daily',
      oldUnits: 14,
      newUnits: 0,
      heldSince: '2026-11-22',
      amount: '-175.00',
      reason: { code: 'held-zero' },
    });
    expect(counts).toMatchObject({ held: 2, none: 1, change: 0 });
  });

  test('totals are of what a run would change; what is held stands apart', async () => {
    expect(await plan()).toMatchObject({
      totals: [],
      held: [{ currency: 'USD', amount: '-225.00', monthlyAmount: '-225.00' }],
      groups: { module: [], organization: [] },
    });
    await web.send('POST', '/api/plan/release', {});
    const after = await plan();
    expect(after.totals).toEqual([{ currency: 'USD', amount: '-225.00', monthlyAmount: '-225.00' }]);
    expect(after.groups.module).toEqual([
      {
        key: 'datto-rmm',
        label: 'Datto RMM',
        lines: 2,
        units: -18,
        currency: 'USD',
        amount: '-225.00',
        monthlyAmount: '-225.00',
      },
    ]);
    expect(after.groups.organization.map(({ label, units }) => [label, units])).toEqual([
      [HOSTILE, -4],
      ['Daily Mail', -14],
    ]);
  });

  test('filters and pages; what is unknown is refused', async () => {
    expect((await plan('?action=held')).items).toHaveLength(2);
    expect((await plan('?action=held&organization=Acme')).items).toEqual([]);
    expect((await plan('?module=Datto%20RMM&organization=o1')).items).toHaveLength(1);
    const first = await plan('?limit=2');
    expect((await plan(`?limit=2&cursor=${first.nextCursor}`)).items).toHaveLength(1);
    expect((await web.get('/api/plan?action=frozen')).status).toBe(400);
    expect(await problem(await web.get('/api/plan?module=nothing'))).toMatchObject({
      code: 'unknown-module',
    });
    expect(await problem(await web.get('/api/plan?organization=nobody'))).toMatchObject({
      code: 'unknown-organization',
    });
  });
});

describe('POST /api/plan/lines/:id/…', () => {
  test('release answers the line as it then stands, and keeps who and why', async () => {
    const { id } = await lineOf('Daily Mail');
    const answer = await web.send('POST', `/api/plan/lines/${id}/release`, { reason: 'The office closed' });
    expect(answer.status).toBe(200);
    expect(Line.parse(await answer.json())).toMatchObject({
      id,
      action: 'change',
      oldUnits: 14,
      newUnits: 0,
    });
    expect(await decisions()).toEqual([
      ['release-line', 'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0 (The office closed)'],
    ]);
    const again = await problem(await web.send('POST', `/api/plan/lines/${id}/release`, {}));
    expect(again).toMatchObject({ status: 400, code: 'bad-input' });
    expect(again.detail).toContain('somebody may have decided already');
  });

  test('release needs no body', async () => {
    const { id } = await lineOf('Daily Mail');
    expect((await web.send('POST', `/api/plan/lines/${id}/release`)).status).toBe(200);
  });

  test('exclude answers the line with units as they were', async () => {
    const { id } = await lineOf('Daily Mail');
    const exclusion = { reason: 'Moving', until: '2026-11-30' };
    const answer = await web.send('POST', `/api/plan/lines/${id}/exclude`, exclusion);
    expect(Line.parse(await answer.json())).toMatchObject({
      action: 'none',
      newUnits: 14,
      reason: { code: 'excluded' },
    });
    expect((await decisions())[0]?.[0]).toBe('exclude-line');
  });

  test.each([
    [{ until: '2026-11-30' }, 'reason'],
    [{ reason: ' ', until: '2026-11-30' }, 'cannot be read'],
    [{ reason: 'Moving' }, 'until'],
    [{ reason: 'Moving', until: '2026-02-30' }, 'cannot be read'],
    [{ reason: 'Moving', until: '2026-11-21' }, 'until today (2026-11-22) or longer'],
    [{ reason: 'Moving', until: '2026-11-30', units: 0 }, 'units'],
    [{ reason: 'Moving', until: '2026-11-30', units: 1.5 }, 'units'],
  ])('exclude %j is refused', async (exclusion, said) => {
    const { id } = await lineOf('Daily Mail');
    const refused = await problem(await web.send('POST', `/api/plan/lines/${id}/exclude`, exclusion));
    expect(refused).toMatchObject({ status: 400, code: 'bad-input' });
    expect(refused.detail).toContain(said);
    expect(await decisions()).toEqual([]);
  });

  test.each(['release', 'exclude'])('%s: unknown lines, viewers and strangers', async (verb) => {
    const body = { reason: 'Moving', until: '2026-11-30' };
    const path = `/api/plan/lines/sm_nothing/${verb}`;
    expect(await problem(await web.send('POST', path, body))).toMatchObject({
      status: 404,
      code: 'not-found',
    });
    const viewer = { ...cookieOf('viewer'), ...SAME_ORIGIN };
    expect((await web.send('POST', path, body, viewer)).status).toBe(403);
    expect((await web.send('POST', path, body, {})).status).toBe(401);
  });
});

describe('POST /api/plan/release', () => {
  const Released = z.object({ items: z.array(Line), text: z.string() });

  test('releases a whole module in one record', async () => {
    const answer = await web.send('POST', '/api/plan/release', { module: 'Datto RMM', reason: 'Checked' });
    const { items, text } = Released.parse(await answer.json());
    expect(items.map(({ action }) => action)).toEqual(['change', 'change']);
    expect(text).toBe('Approved all 2 held counts of Datto RMM (Checked)');
    expect(await decisions()).toEqual([['release-lines', text]]);
    const run = await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
    expect(run.lines).toMatchObject({ change: 2, held: 0 });
  });

  test('nothing held releases nothing and writes nothing', async () => {
    await web.count(14, 6, 4);
    const before = (await web.core.store.snapshot()).revision;
    const { items, text } = Released.parse(await (await web.send('POST', '/api/plan/release', {})).json());
    expect([items, text]).toEqual([[], 'Nothing is held.']);
    expect((await web.core.store.snapshot()).revision).toBe(before);
  });

  test('an unknown module', async () => {
    expect((await web.send('POST', '/api/plan/release', { module: 'nothing' })).status).toBe(404);
  });
});

describe('/api/settings/holds', () => {
  test('the limits of the product, until somebody changes them', async () => {
    expect(await (await web.get('/api/settings/holds')).json()).toEqual({
      zero: true,
      jumpPercent: 25,
      jumpUnits: 5,
      firstCounts: false,
      text: 'Held for a person: a fall to zero, a jump of more than 25 % and 5 units',
    });
    const changed = await web.send('PUT', '/api/settings/holds', { zero: false });
    expect(await changed.json()).toMatchObject({ zero: false, jumpUnits: 5 });
    expect((await plan()).counts.held).toBe(0);
    expect((await listAudit(web.core)).items[0]).toMatchObject({ action: 'set-hold-limits' });
  });

  test.each([{ jumpPercent: -1 }, { jumpUnits: 1.5 }, { zero: 'yes' }, { jump: 3 }])(
    '%j is refused',
    async (limits) => {
      expect((await web.send('PUT', '/api/settings/holds', limits)).status).toBe(400);
    },
  );

  test('a viewer may read, not change', async () => {
    const viewer = { ...cookieOf('viewer'), ...SAME_ORIGIN };
    expect((await web.get('/api/settings/holds', viewer)).status).toBe(200);
    expect((await web.send('PUT', '/api/settings/holds', { zero: false }, viewer)).status).toBe(403);
  });
});

test('all of it is in the OpenAPI document', async () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.unknown()) })
    .parse(await (await web.get('/openapi.json')).json());
  for (const path of [
    '/api/plan',
    '/api/plan/lines/{id}/release',
    '/api/plan/lines/{id}/exclude',
    '/api/plan/release',
    '/api/settings/holds',
  ])
    expect(Object.keys(paths)).toContain(path);
});
