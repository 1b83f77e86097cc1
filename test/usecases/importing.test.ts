import { describe, expect, test } from 'vitest';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { confirmMappings, type MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { type BookKind, importBook, importBookCsv } from '../../src/usecases/import-book.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { ADA, BOOK, Office, refusal } from './office.ts';

const book = (office: Office, rows: object) => importBook(office.core, { by: ADA, book: rows });
const csv = (office: Office, kind: BookKind, text: string) =>
  importBookCsv(office.core, { by: ADA, kind, csv: text });
const s1 = (more: object) => ({
  contractServices: [{ ...BOOK.contractServices.find(({ id }) => id === 's1'), ...more }],
});

describe('the book', () => {
  test('one bad row refuses the whole file and lists every bad row', async () => {
    const office = await Office.empty();
    const refused = await refusal(
      book(office, {
        organizations: [
          { id: '1', name: 'Daily Mail', type: 'customer', active: true },
          { id: '2', name: ' ', type: 'friend', active: 'yes' },
          { id: '1', name: 'Twice', type: 'customer', active: true, parentId: '77' },
          'Acme',
        ],
        contracts: [{ ...BOOK.contracts[1], organizationId: '99' }],
        contractServices: [
          { id: 's', contractId: 'c9', service: 'x', unitPrice: '1.23456', currency: 'usd' },
        ],
      }),
    );
    expect(refused).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('nothing was imported'),
    });
    expect(refused.details.map((line) => line.split(':')[0])).toEqual([
      'organizations row 2, name',
      'organizations row 2, type',
      'organizations row 2, active',
      'organizations row 3, id',
      'organizations row 4, row',
      'contractServices row 1, unitPrice',
      'contractServices row 1, currency',
      'organizations row 3, parentId',
      'contracts row 1, organizationId',
    ]);
    expect(await office.revision()).toBe(0);
  });

  test.each([[null], ['text'], [[]], [{ organisations: [] }], [{ organizations: {} }]])(
    '%j is no book',
    async (given) => {
      const office = await Office.empty();
      expect(await refusal(book(office, given as object))).toMatchObject({ code: 'bad-input' });
    },
  );

  test('is put by id; rows that are not in the file stay', async () => {
    const office = await Office.open();
    await book(office, {
      organizations: [
        { id: '1', name: 'Daily Mail Ltd', type: 'customer', active: true },
        { id: '6', name: 'New', type: 'customer', active: true, parentId: '1' },
      ],
    });
    const organizations = await office.list('organizations');
    expect(organizations).toHaveLength(BOOK.organizations.length + 1);
    expect(organizations.find(({ id }) => id === '1')?.name).toBe('Daily Mail Ltd');
    expect((await office.list('audit')).at(-1)).toMatchObject({
      action: 'import-book',
      text: 'Imported 2 organizations, 0 contracts, 0 contract services',
    });
  });

  test('a new price holds for periods begun after it was read; corrected on the same day it replaces itself', async () => {
    const office = await Office.mapped();
    await office.sync();
    await book(office.day('2026-11-20'), s1({ unitPrice: 99 }));
    await book(office, s1({ unitPrice: 20 }));
    await office.day('2026-12-01').sync();
    expect(await office.items()).toEqual([
      'pending period 2026-11-01 14 175.00',
      'pending period 2026-12-01 14 280.00',
    ]);
  });

  test('units left out stay; units given are billed with no module until mapped', async () => {
    const office = await Office.open();
    await book(office, s1({ units: 8 }));
    await office.sync();
    await book(office, s1({ service: 'Desktop Care' }));
    await office.sync();
    const { items } = await listBillingItems(office.core, { filter: { noModule: true } });
    expect(items).toMatchObject([
      { units: 8, module: null, moduleName: 'No module', service: 'Desktop Care' },
    ]);
    await office.mapOrganization('Daily Mail', '1');
    await office.mapService({ contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    expect(await office.plan()).toMatchObject([{ oldUnits: 8, newUnits: 14, amount: '75.00' }]);
    await office.sync();
    expect(await office.items()).toEqual(['pending period 2026-11-01 14 175.00']);
  });

  test('what billing items are reckoned from cannot change under them', async () => {
    const office = await Office.mapped();
    await office.sync();
    const c1 = BOOK.contracts.find(({ id }) => id === 'c1');
    const refused = await refusal(
      book(office, {
        contracts: [{ ...c1, startDate: '2026-01-15', organizationId: '2', endDate: '2027-01-14' }],
        ...s1({ currency: 'EUR', contractId: 'c2' }),
      }),
    );
    expect(refused.details).toEqual([
      'contracts row 1, organizationId: "c1" has been billed with 1, so it cannot become 2; end it and import a new one',
      'contracts row 1, startDate: "c1" has been billed with 2026-01-01, so it cannot become 2026-01-15; end it and import a new one',
      'contractServices row 1, contractId: "s1" has been billed with c1, so it cannot become c2; end it and import a new one',
      'contractServices row 1, currency: "s1" has been billed with USD, so it cannot become EUR; end it and import a new one',
    ]);
    await book(office, { contracts: [{ ...c1, name: 'Renamed', endDate: '2026-11-15' }] });
    await office.sync();
    expect(await office.items()).toEqual(['pending period 2026-11-01 14 87.50']);
  });

  test('mapped contracts cannot come to overlap: by a date, nor by becoming active', async () => {
    const office = await Office.ready();
    const of = (id: string, more: object) => ({ ...BOOK.contracts.find((each) => each.id === id), ...more });
    const first = of('c2', { endDate: '2026-11-30' });
    const second = of('c2b', { startDate: '2026-12-01' });
    await book(office, { contracts: [first, second] });
    await office.mapService({ contractId: 'c2', contractServiceId: 's2' });
    await office.mapService({ contractId: 'c2b', contractServiceId: 's2b' });
    await office.sync();
    const twice = await refusal(book(office, { contracts: [{ ...first, endDate: '2026-12-15' }] }));
    expect(twice).toMatchObject({
      code: 'bad-input',
      details: [
        expect.stringMatching(
          /^contracts row 1: Datto RMM "All devices" would be billed on "Contract c2b?" and "Contract c2b?" at the same time\./,
        ),
      ],
    });
    const asleep = { ...second, status: 'inactive' };
    await book(office, { contracts: [{ ...first, endDate: null }, asleep] });
    expect((await refusal(book(office, { contracts: [second] }))).details).toHaveLength(1);
    await book(office, { contracts: [{ ...first, endDate: '2026-11-30' }, second] });
  });

  test('a contract shortened long after leaves posted items alone', async () => {
    const office = await Office.mapped();
    await office.sync();
    for (const month of ['2026-12', '2027-01', '2027-02', '2027-03', '2027-04', '2027-05'])
      await office.day(`${month}-02`).sync();
    await approveAndPost(office.core, { by: ADA, filter: { period: { to: '2027-01' as never } } });
    const posted = (await office.items()).filter((item) => item.startsWith('posted'));
    const c1 = BOOK.contracts.find(({ id }) => id === 'c1');
    await book(office, { contracts: [{ ...c1, endDate: '2026-12-31' }] });
    await office.sync();
    expect(await office.items()).toEqual(posted);
    await office.day('2027-05-03').sync();
    expect(await office.items()).toEqual(posted);
  });

  test('comes from the PSA itself where that is not the local one', async () => {
    const office = await Office.empty();
    const core = { ...office.core, psa: { ...office.core.psa, kind: 'autotask' as const } };
    expect(await refusal(importBook(core, { by: ADA, book: BOOK }))).toMatchObject({ code: 'bad-input' });
  });
});

describe('CSV, one file per kind', () => {
  test('with the same column names; empty cells are left out', async () => {
    const office = await Office.empty();
    await csv(
      office,
      'organizations',
      '\uFEFFid,name,type,active,parentId\n1,"Daily Mail, Ltd",customer,true,\n2,Acme,customer,no,1\n\n',
    );
    await csv(
      office,
      'contracts',
      'id,organizationId,name,type,periodType,status,startDate,endDate\nc1,1,Care,recurring-service,monthly,active,2026-01-31,\n',
    );
    await csv(
      office,
      'contractServices',
      'id,contractId,service,unitPrice,unitCost,currency,units\ns1,c1,Desktop,12.5,,USD,8\n',
    );
    expect(await office.list('organizations')).toMatchObject([
      { name: 'Daily Mail, Ltd', active: true },
      { active: false, parentId: '1' },
    ]);
    expect(await office.list('contracts')).toMatchObject([{ startDate: '2026-01-31', endDate: null }]);
    expect(await office.list('contractServices')).toMatchObject([
      { unitPrice: '12.50', units: 8, readOn: '2026-11-10' },
    ]);
  });

  test.each([
    ['organizations', 'id,name\n1,"Daily', 'cannot be read'],
    ['organizations', 'id,name,type,active\n1,Daily,customer,perhaps\n', '1 row is wrong'],
    [
      'contractServices',
      'id,contractId,service,unitPrice,currency,units\ns1,c1,X,1,USD,8.5\n',
      '1 row is wrong',
    ],
  ] as const)('%s %j is refused', async (kind, text, words) => {
    const office = await Office.empty();
    const refused = await refusal(csv(office, kind, text));
    expect(refused).toMatchObject({ code: 'bad-input', message: expect.stringContaining(words) });
    expect(await office.revision()).toBe(0);
  });
});

describe('usage that is sent', () => {
  const row = (more: object = {}) => ({
    date: '2026-11-09',
    moduleOrganization: { externalId: 'a', name: 'Acme' },
    billingType: 'Agents',
    quantity: 3,
    ...more,
  });
  const send = (office: Office, ...items: object[]) =>
    importUsage(office.core, { by: ADA, usage: { module: 'rocketcyber', items } });

  test('of one day comes together; the same again replaces', async () => {
    const office = await Office.empty();
    await send(office, row(), row({ moduleOrganization: { externalId: 'b', name: 'Beta' }, quantity: 0 }));
    expect(await send(office, row({ quantity: 5 }))).toMatchObject({ accepted: 1, changed: 1 });
    expect(await office.list('usageReports')).toMatchObject([
      { date: '2026-11-09', complete: false, counts: { a: { Agents: 5 }, b: { Agents: 0 } } },
    ]);
    expect(await office.list('moduleOrganizations')).toMatchObject([
      { id: 'rocketcyber:a', name: 'Acme', firstSeen: '2026-11-09' },
      { id: 'rocketcyber:b' },
    ]);
  });

  test('true and false give 1 and 0', async () => {
    const office = await Office.empty();
    const items = [
      row({ billingType: 'Is Enabled', quantity: true }),
      row({ billingType: 'Is Enabled', quantity: false, moduleOrganization: { externalId: 'b', name: 'B' } }),
    ];
    await importUsage(office.core, { by: ADA, usage: { module: 'Cyber Hawk', items } });
    expect((await office.list('usageReports'))[0]?.counts).toEqual({
      a: { 'Is Enabled': 1 },
      b: { 'Is Enabled': 0 },
    });
  });

  test.each([
    [row({ billingType: 'Nope' }), 'row 2, billingType'],
    [row({ date: '2026-11-11' }), 'lies in the future'],
    [row({ date: '2026-02-30' }), 'row 2, date'],
    [row({ quantity: -1 }), 'row 2, quantity'],
    [row({ quantity: 1.5 }), 'row 2, quantity'],
    [row({ quantity: true }), 'a whole number'],
    [row({ moduleOrganization: { externalId: ' ', name: 'x' } }), 'row 2, moduleOrganization.externalId'],
    [
      row({ moduleOrganization: { externalId: '__proto__', name: 'x' } }),
      'row 2, moduleOrganization.externalId',
    ],
    [
      row({ moduleOrganization: { externalId: 'x'.repeat(300), name: 'x' } }),
      'row 2, moduleOrganization.externalId',
    ],
  ])('%j refuses all, naming the row', async (bad, words) => {
    const office = await Office.empty();
    const refused = await refusal(send(office, row(), bad));
    expect(refused).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('nothing was taken in'),
    });
    expect(refused.details.join('\n')).toContain(words);
    expect(refused.details).toHaveLength(1);
    expect(await office.revision()).toBe(0);
  });

  test('sent again four months late still correct what was posted; the same plan a night later changes nothing', async () => {
    const office = (await Office.empty()).day('2026-07-01');
    await importBook(office.core, { by: ADA, book: BOOK });
    const acme = { externalId: 'a', name: 'Acme' };
    await send(office, row({ date: '2026-07-01', quantity: 10 }));
    await enableModule(office.core, { module: 'rocketcyber', by: ADA });
    await confirmMappings(office.core, {
      by: ADA,
      mappings: [{ moduleOrganizationId: 'rocketcyber:a', organizationId: '2' } as MappingDecision],
    });
    const agents = { module: 'rocketcyber', billingType: 'Agents', from: 'period-start' as const };
    await office.mapService({ contractId: 'c2', contractServiceId: 's2', ...agents });
    for (const month of ['07', '08', '09', '10', '11']) {
      await send(office.day(`2026-${month}-01`), row({ date: `2026-${month}-01`, quantity: 10 }));
      await office.sync();
    }
    await approveAndPost(office.core, { by: ADA, filter: {} });
    await send(office.day('2026-11-10'), row({ date: '2026-07-22', moduleOrganization: acme, quantity: 12 }));
    expect(await office.plan()).toMatchObject([
      { action: 'change', oldUnits: 10, newUnits: 10, amount: '8.0645' },
    ]);
    await office.sync();
    expect((await office.items()).filter((item) => item.startsWith('pending'))).toEqual([
      'pending adjustment 2026-07-22 2 8.0645',
    ]);
    const run = await office.day('2026-11-11').sync();
    expect(run.items).toEqual({ created: 0, changed: 0, removed: 0 });
  });

  test('of an unknown module, or none at all, is refused', async () => {
    const { core } = await Office.empty();
    const usage = (module: unknown, items: unknown) =>
      refusal(importUsage(core, { by: ADA, usage: { module, items } }));
    expect(await usage('rocketsyber', [row()])).toMatchObject({ code: 'unknown-module' });
    expect(await usage('rocketcyber', [])).toMatchObject({ code: 'bad-input' });
    expect(await refusal(importUsage(core, { by: ADA, usage: null }))).toMatchObject({ code: 'bad-input' });
  });
});
