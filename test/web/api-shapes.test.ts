import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { BEARER, type SampleWeb, sampleWeb } from './sample-web.ts';
import { BOOK, HOSTILE } from './sample-world.ts';

/** The stable shapes of product.md, closed where it closes them, fields may be added. */
const By = z.object({ kind: z.string(), name: z.string() });
const Money = z.string().regex(/^-?\d+\.\d{2,4}$/);
const Day = z.iso.date();
const Instant = z.iso.datetime();
const list = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

const Modules = list(
  z.object({
    id: z.string(),
    name: z.string(),
    enabled: z.boolean(),
    connected: z.boolean(),
    lastSync: Instant.optional(),
    problem: z.string().optional(),
  }),
);
const Sync = z.object({
  id: z.string(),
  trigger: z.string(),
  state: z.enum(['running', 'done', 'partial', 'failed']),
  startedAt: Instant,
  finishedAt: Instant.optional(),
  modules: z.array(z.object({ id: z.string(), state: z.string(), counts: z.int(), requests: z.int() })),
  lines: z.strictObject({ create: z.int(), change: z.int(), none: z.int(), held: z.int(), blocked: z.int() }),
  psaWrites: z.int(),
});
const ModuleOrganizations = list(
  z.object({
    id: z.string(),
    module: z.string(),
    externalId: z.string(),
    name: z.string(),
    mapping: z.object({
      status: z.enum(['unmapped', 'mapped', 'ignored']),
      organizationId: z.string().optional(),
    }),
  }),
);
const Suggestions = list(
  z.object({
    moduleOrganizationId: z.string(),
    name: z.string(),
    class: z.enum(['sure', 'likely', 'ambiguous', 'none']),
    candidates: z.array(
      z.object({ organizationId: z.string(), name: z.string(), confidence: z.number(), reason: z.string() }),
    ),
  }),
);
const Plan = list(
  z.object({
    id: z.string(),
    action: z.enum(['create', 'change', 'none', 'held', 'blocked']),
    organizationId: z.string(),
    contractId: z.string(),
    contractServiceId: z.string(),
    module: z.string(),
    billingType: z.string(),
    oldUnits: z.int(),
    newUnits: z.int(),
    effectiveDate: Day,
    amount: Money,
    currency: z.string(),
    reason: z.object({ code: z.string(), text: z.string() }),
  }),
);
const Item = z.object({
  id: z.string(),
  status: z.enum(['pending', 'posted']),
  kind: z.enum(['period', 'adjustment']),
  organizationId: z.string(),
  organization: z.string(),
  contractId: z.string(),
  contractServiceId: z.string(),
  service: z.string(),
  module: z.string().nullable(),
  billingType: z.string().nullable(),
  period: z.object({ start: Day, end: Day }),
  itemDate: Day,
  units: z.int(),
  unitPrice: Money,
  unitCost: Money.optional(),
  amount: Money,
  currency: z.string(),
  postedAt: Instant.optional(),
  postedBy: By.optional(),
});
const Items = list(Item).extend({
  totals: z.array(z.strictObject({ currency: z.string(), amount: Money, units: z.int(), count: z.int() })),
});
const Groups = z.object({
  groups: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      units: z.int(),
      amount: Money,
      currency: z.string(),
      count: z.int(),
    }),
  ),
});
const Explanation = z.object({
  item: Item,
  counts: z.array(
    z.object({
      date: Day,
      quantity: z.int().nullable(),
      moduleOrganizations: z.array(
        z.object({ id: z.string(), name: z.string(), quantity: z.int().nullable() }),
      ),
    }),
  ),
  organizationMappings: z.array(
    z.object({ moduleOrganizationId: z.string(), organizationId: z.string(), by: By, at: Instant }),
  ),
  serviceMapping: z.object({ unitRule: z.string(), by: By, at: Instant }),
  unitPrice: Money,
  arithmetic: z.string(),
  correctedBy: z.array(z.string()),
});

const read = async <T extends z.ZodType>(web: SampleWeb, path: string, shape: T): Promise<z.infer<T>> => {
  const answer = await web.get(path);
  expect(answer.status, path).toBe(200);
  return shape.parse(await answer.json());
};

async function syncNow(web: SampleWeb) {
  const started = await web.send('POST', '/api/syncs', {});
  expect(started.status).toBe(202);
  const { id } = z.object({ id: z.string() }).parse(await started.json());
  await web.core.syncQueue.idle();
  return read(web, `/api/syncs/${id}`, Sync);
}

test('the whole walk through the API, shape by shape', async () => {
  const web = await sampleWeb();
  const imported = await web.send('POST', '/api/import', BOOK);
  expect(await imported.json()).toEqual({ organizations: 3, contracts: 3, contractServices: 3 });

  const before = await read(web, '/api/modules', Modules);
  expect(before.items).toHaveLength(24);
  expect(before.items[0]).toMatchObject({ id: 'datto-rmm', connected: true, enabled: false });
  expect((await web.send('POST', '/api/modules/datto-rmm/enable')).status).toBe(200);

  expect(await syncNow(web)).toMatchObject({ state: 'done', trigger: 'api' });
  const found = await read(web, '/api/module-organizations?module=datto-rmm', ModuleOrganizations);
  expect(found.items.map((each) => each.mapping.status)).toEqual(['unmapped', 'unmapped']);
  const suggested = await read(web, '/api/organization-mappings/suggestions?module=datto-rmm', Suggestions);
  const mail = suggested.items.find((each) => each.name === 'Daily Mail');
  expect(mail).toMatchObject({ class: 'sure', candidates: [{ organizationId: 'o1' }] });

  const mapped = await web.send('PUT', '/api/organization-mappings', {
    mappings: [
      { moduleOrganizationId: mail?.moduleOrganizationId, organizationId: 'o1' },
      { moduleOrganizationId: 'datto-rmm:s2', ignore: 'internal' },
    ],
  });
  expect(await mapped.json()).toMatchObject({ changed: 2 });
  const decided = await read(web, '/api/organization-mappings', ModuleOrganizations);
  expect(decided.items.map((each) => each.mapping.status).sort()).toEqual(['ignored', 'mapped']);

  const service = { contractId: 'c1', module: 'datto-rmm', billingType: 'AllDevicesMetric' };
  const services = await web.send('PUT', '/api/service-mappings', {
    mappings: [{ ...service, contractServiceId: 'cs1', from: 'period-start' }],
  });
  expect(await services.json()).toMatchObject({ changed: 1 });
  await read(web, '/api/service-mappings?contract=c1', list(z.object({ contractId: z.literal('c1') })));

  const plan = await read(web, '/api/plan', Plan);
  expect(plan.items).toMatchObject([{ action: 'create', oldUnits: 0, newUnits: 14 }]);
  expect((await syncNow(web)).lines).toMatchObject({ create: 1 });

  const items = await read(web, '/api/billing-items?module=datto-rmm&status=pending&period=2026-11', Items);
  expect(items.items).toMatchObject([{ organization: 'Daily Mail', units: 14, amount: '175.00' }]);
  expect(items.totals).toEqual([{ currency: 'USD', amount: '175.00', units: 14, count: 1 }]);
  const groups = await read(web, '/api/billing-items?groupBy=module,period', Groups);
  expect(groups.groups).toMatchObject([{ amount: '175.00', count: 1 }]);

  const id = items.items[0]?.id ?? '';
  const why = await read(web, `/api/billing-items/${id}/explain`, Explanation);
  expect(why.counts).toMatchObject([{ date: '2026-11-22', quantity: 14 }]);

  const posted = await web.send('POST', '/api/billing-items/approve-and-post', {
    filter: { module: 'datto-rmm', period: '2026-11' },
  });
  expect(await posted.json()).toEqual({
    posted: 1,
    undo: expect.any(String),
    totals: [{ currency: 'USD', amount: '175.00' }],
    skipped: [],
  });
  const again = await web.send('POST', '/api/billing-items/approve-and-post', { ids: [id] });
  expect(await again.json()).toMatchObject({ posted: 0, skipped: [{ id }] });
  const taken = await web.send('POST', `/api/billing-items/${id}/unpost`, { reason: 'wrong month' });
  expect(await taken.json()).toMatchObject({ id, status: 'pending', unposted: [{ reason: 'wrong month' }] });

  await read(web, '/api/syncs', list(Sync));
  await read(
    web,
    '/api/activity',
    list(z.object({ result: z.string(), reason: z.object({ text: z.string() }) })),
  );
  const contracts = await read(
    web,
    '/api/contracts?organization=o1',
    list(z.object({ id: z.string(), billable: z.boolean() })),
  );
  expect(contracts.items).toEqual([{ id: 'c1', billable: true }]);
});

describe('import', () => {
  test('CSV, one kind a file', async () => {
    const web = await sampleWeb();
    const csv = 'id,name,type,active\no9,Initech,customer,true\n';
    expect((await sendCsv(web, '/api/import', csv)).status).toBe(400);
    expect(await (await sendCsv(web, '/api/import?kind=organizations', csv)).json()).toMatchObject({
      organizations: 1,
    });
  });

  test('one bad row refuses the file and names every bad row', async () => {
    const web = await sampleWeb();
    const organizations = [
      { id: 'a', name: 'A', type: 'customer', active: true },
      { id: 'b' },
      { id: 'c', type: 'x' },
    ];
    const answer = await web.send('POST', '/api/import', { organizations });
    expect(answer.status).toBe(400);
    const { errors } = z
      .object({ errors: z.array(z.object({ message: z.string() })) })
      .parse(await answer.json());
    const text = errors.map((each) => each.message).join('\n');
    expect(text).toMatch(/row 2/);
    expect(text).toMatch(/row 3/);
    expect((await read(web, '/api/organizations', list(z.unknown()))).items).toEqual([]);
  });
});

const sendCsv = (web: SampleWeb, path: string, csv: string): Promise<Response> =>
  web.raw(path, { method: 'POST', body: csv, headers: { ...BEARER, 'Content-Type': 'text/csv' } });

test('usage can be pushed', async () => {
  const web = await sampleWeb();
  const items = [
    {
      date: '2026-11-21',
      moduleOrganization: { externalId: 'x', name: HOSTILE },
      billingType: 'AllDevicesMetric',
      quantity: 3,
    },
  ];
  const answer = await web.send('POST', '/api/usage', { module: 'datto-rmm', items });
  expect(await answer.json()).toEqual({ accepted: 1, changed: 1, upload: expect.any(String) });
});

test('the description names every route of the API', async () => {
  const web = await sampleWeb();
  const Document = z.object({
    openapi: z.string(),
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  });
  const { paths } = Document.parse(await (await web.get('/openapi.json', {})).json());
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m} ${path}`),
  );
  expect(routes.sort()).toMatchInlineSnapshot(`
    [
      "delete /api/embed-links/{id}",
      "delete /api/modules/{id}",
      "delete /api/tabs/{id}",
      "delete /api/widgets/{id}",
      "get /api/activity",
      "get /api/audit",
      "get /api/backup",
      "get /api/billing-items",
      "get /api/billing-items/{id}/explain",
      "get /api/connections",
      "get /api/contracts",
      "get /api/embed-links",
      "get /api/leakage",
      "get /api/module-organizations",
      "get /api/modules",
      "get /api/organization-mappings",
      "get /api/organization-mappings/suggestions",
      "get /api/organizations",
      "get /api/plan",
      "get /api/psa",
      "get /api/psa/pushes",
      "get /api/psa/units/compare",
      "get /api/retention",
      "get /api/service-mappings",
      "get /api/service-mappings/suggestions",
      "get /api/settings",
      "get /api/settings/holds",
      "get /api/syncs",
      "get /api/syncs/{id}",
      "get /api/syncs/{id}/plan",
      "get /api/tabs",
      "get /api/tabs/{id}",
      "get /api/usage/uploads",
      "get /api/widgets",
      "get /api/widgets/{id}",
      "get /api/widgets/{id}/history",
      "get /api/widgets/{id}/spec",
      "post /api/billing-items/approve-and-post",
      "post /api/billing-items/{id}/unpost",
      "post /api/embed-links",
      "post /api/embed-links/{id}/revoke",
      "post /api/import",
      "post /api/modules",
      "post /api/modules/{id}/disable",
      "post /api/modules/{id}/enable",
      "post /api/organization-mappings/undo",
      "post /api/plan/decisions/undo",
      "post /api/plan/lines/{id}/exclude",
      "post /api/plan/lines/{id}/release",
      "post /api/plan/release",
      "post /api/post-requests",
      "post /api/post-requests/{id}/approve",
      "post /api/psa/pushes/{id}/resolve",
      "post /api/retention/thin",
      "post /api/service-mappings/undo",
      "post /api/syncs",
      "post /api/tabs",
      "post /api/usage",
      "post /api/usage/csv",
      "post /api/usage/uploads/{id}/undo",
      "post /api/widgets",
      "post /api/widgets/{id}/copy",
      "post /api/widgets/{id}/undo",
      "put /api/modules/{id}",
      "put /api/organization-mappings",
      "put /api/service-mappings",
      "put /api/settings",
      "put /api/settings/holds",
      "put /api/settings/roles/{userId}",
      "put /api/tabs/{id}",
      "put /api/widgets/{id}",
    ]
  `);
  const docs = await (await web.get('/docs', {})).text();
  for (const path of Object.keys(paths)) expect(docs).toContain(path);
});
