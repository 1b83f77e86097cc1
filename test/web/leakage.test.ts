import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { SYSTEM } from '../../src/domain/actor.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { cookieOf, type SampleWeb, sampleWeb } from './sample-web.ts';
import { HOSTILE, importSampleBook, RMM, sampleCore, standInSource } from './sample-world.ts';

/** Daily Mail's 14 devices are billed at 12.50; Acme's 6 and the hostile site's 4 belong to nobody. */
let web: SampleWeb;

beforeEach(async () => {
  const source = standInSource();
  source.answer = {
    ...source.answer,
    organizations: [...source.answer.organizations, { externalId: 's3', name: HOSTILE }],
    counts: [...source.answer.counts, { externalId: 's3', billingType: 'Server', quantity: 4 }],
  };
  web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
});

async function counted(): Promise<void> {
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
  await decide('datto-rmm:s1', 'o1');
  await service('c1', 'cs1');
}
const decide = (moduleOrganizationId: string, organizationId: string) =>
  confirmMappings(web.core, { by: SYSTEM, mappings: [{ moduleOrganizationId, organizationId }] });
const service = (contractId: string, contractServiceId: string, billingType = 'AllDevicesMetric') =>
  mapBillingTypes(web.core, {
    by: SYSTEM,
    mappings: [{ contractId, module: RMM, billingType, contractServiceId, from: 'period-start' }],
  });
const page = async (path: string, role: 'admin' | 'viewer' = 'viewer'): Promise<string> =>
  (await web.get(path, cookieOf(role))).text();

const Money = z.string().regex(/^-?\d+\.\d{2,4}$/);
const Sum = z.object({
  rows: z.int(),
  units: z.int(),
  amounts: z.array(z.strictObject({ currency: z.string(), amount: Money })),
  unpricedUnits: z.int(),
});
const Group = Sum.extend({ key: z.string(), label: z.string() });
const Leakage = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      module: z.string(),
      moduleOrganizationId: z.string(),
      billingType: z.string(),
      units: z.int().positive(),
      reason: z.object({ code: z.string(), text: z.string() }),
      since: z.iso.date(),
      amount: Money.optional(),
      currency: z.string().optional(),
      priceFrom: z.enum(['contract', 'typical']).optional(),
    }),
  ),
  nextCursor: z.string().optional(),
  totals: Sum.extend({ byReason: z.array(Group), byModule: z.array(Group), byAge: z.array(Group) }),
});
const read = async (query = '') => Leakage.parse(await (await web.get(`/api/leakage${query}`)).json());

describe('GET /api/leakage', () => {
  test('rows with their money, most first, and the totals of all', async () => {
    await counted();
    const { items, totals } = await read();
    expect(
      items.map(({ moduleOrganizationId, units, amount }) => [moduleOrganizationId, units, amount]),
    ).toEqual([
      ['datto-rmm:s2', 6, '75.00'],
      ['datto-rmm:s3', 4, '50.00'],
    ]);
    expect(items[0]).toMatchObject({
      reason: { code: 'unmapped-organization' },
      since: '2026-11-22',
      priceFrom: 'typical',
    });
    expect(totals).toMatchObject({ units: 10, amounts: [{ currency: 'USD', amount: '125.00' }] });
  });

  test('pages, filters, and refuses a reason that is none', async () => {
    await counted();
    const first = await read('?limit=1');
    expect(first.totals.rows).toBe(2);
    const second = await read(`?limit=1&cursor=${first.nextCursor}`);
    expect(second.items.map(({ units }) => units)).toEqual([4]);
    expect(second.nextCursor).toBeUndefined();
    expect((await read('?reason=held')).items).toEqual([]);
    expect((await read('?module=datto-rmm&reason=unmapped-organization')).items).toHaveLength(2);
    expect((await web.get('/api/leakage?reason=unlucky')).status).toBe(400);
    expect((await web.get('/api/leakage?module=nothing')).status).toBe(404);
    expect((await web.get('/api/leakage', {})).status).toBe(401);
  });
});

describe('the page', () => {
  test('before the first count it does not claim that all is billed', async () => {
    expect(await page('/dashboard/leakage')).toContain('Nothing has been counted yet');
  });

  test('shows totals, reasons that lead to their rows, and the rows', async () => {
    await counted();
    const text = await page('/dashboard/leakage');
    expect(text).toContain('<a href="/dashboard/leakage" aria-current="page">Leakage</a>');
    expect(text).toContain('$125.00');
    expect(text).toContain('href="/dashboard/leakage?reason=unmapped-organization"');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
  });

  test('filters; what nobody knows is told beside the form', async () => {
    await counted();
    expect(await page('/dashboard/leakage?reason=held')).toContain('Nothing leaks here');
    expect(await page('/dashboard/leakage?organization=Dayly')).toContain(
      'No organization is called “Dayly”.',
    );
  });

  test('everything billed says so, on the page and on the tab', async () => {
    await counted();
    await decide('datto-rmm:s2', 'o2');
    await service('c2', 'cs2');
    await decide('datto-rmm:s3', 'o3');
    await service('c3', 'cs3', 'Server');
    expect(await page('/dashboard/leakage')).toContain('<b>Everything that is counted is billed</b>');
    expect(await page('/dashboard')).toContain('Everything that is counted is billed.');
  });

  test('the ICB tab has it as a card that leads here', async () => {
    expect(await page('/dashboard')).not.toContain('id="leakage"');
    await counted();
    expect(await page('/dashboard')).toContain(
      '<a href="/dashboard/leakage">10 units · $125.00 a month bill nowhere</a>',
    );
  });

  test('CSV of the filter, formulas made text', async () => {
    await counted();
    const csv = await web.get('/dashboard/leakage.csv?reason=unmapped-organization', cookieOf('viewer'));
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="leakage.csv"');
    const [header, ...lines] = (await csv.text()).trim().split('\r\n');
    expect(header).toContain('moduleOrganization,organization,contract');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(
      'Datto RMM,Acme,,,,AllDevicesMetric,6,75.00,USD,typical,unmapped-organization,',
    );
  });
});
