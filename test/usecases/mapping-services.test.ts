import { describe, expect, test } from 'vitest';
import { confirmMappings, type MappingDecision } from '../../src/usecases/confirm-mappings.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listLeakage } from '../../src/usecases/list-leakage.ts';
import { mapBillingTypes, type ServiceMappingDecision } from '../../src/usecases/map-billing-types.ts';
import { serviceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { ADA, Office, refusal } from './office.ts';

const map = (office: Office, ...mappings: object[]) =>
  mapBillingTypes(office.core, {
    by: ADA,
    mappings: mappings.map((each) => ({
      module: 'datto-rmm',
      billingType: 'AllDevicesMetric',
      ...each,
    })) as ServiceMappingDecision[],
  });

describe('refused', () => {
  test.each([
    [
      { contractId: 'quarterly', contractServiceId: 's-quarterly' },
      'contract-not-billable',
      'quarterly, not monthly',
    ],
    [{ contractId: 'inactive', contractServiceId: 's-inactive' }, 'contract-not-billable', 'it is inactive'],
    [{ contractId: 'empty', contractServiceId: 's1' }, 'contract-not-billable', 'holds no services'],
    [{ contractId: 'retainer', contractServiceId: 's-retainer' }, 'contract-not-billable', 'not a recurring'],
    [{ contractId: 'ended', contractServiceId: 's-ended' }, 'contract-not-billable', 'ended on 2026-06-30'],
    [{ contractId: 'c3', contractServiceId: 's3' }, 'not-mappable', 'its type is dead'],
    [{ contractId: 'c0', contractServiceId: 's0' }, 'not-mappable', 'own organization'],
    [{ contractId: 'c1', contractServiceId: 's2' }, 'not-found', 'holds no service "s2"'],
    [{ contractId: 'nope', contractServiceId: 's1' }, 'unknown-contract', '"nope"'],
    [{ contractId: 'c1', contractServiceId: 's1', module: 'rmm-x' }, 'unknown-module', '"rmm-x"'],
    [{ contractId: 'c1', contractServiceId: 's1', billingType: 'Nope' }, 'not-found', 'AllDevicesMetric'],
    [{ contractId: 'c1', contractServiceId: 's1', minimum: -1 }, 'bad-input', 'nothing was saved'],
    [{ contractId: 'c1', contractServiceId: 's1', share: 33.333 }, 'bad-input', 'nothing was saved'],
    [{ contractId: 'c1', contractServiceId: 's1', ignore: true }, 'bad-input', 'nothing was saved'],
    [{ contractId: 'c1' }, 'bad-input', 'nothing was saved'],
  ])('%j: %s', async (decision, code, words) => {
    const office = await Office.ready();
    const revision = await office.revision();
    const refused = await refusal(
      map(office, { contractId: 'c1', ignore: true, billingType: 'Server' }, decision),
    );
    expect(refused).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(refused.details.every((line) => line.startsWith('1'))).toBe(true);
    expect(await office.revision()).toBe(revision);
  });

  test('an organization that is not mapped to the module', async () => {
    const office = await Office.open();
    expect(await refusal(map(office, { contractId: 'c1', contractServiceId: 's1' }))).toMatchObject({
      code: 'not-mappable',
      message: expect.stringContaining('not mapped to Datto RMM yet'),
    });
  });

  test('twice the same billing type in one request', async () => {
    const office = await Office.ready();
    const twice = [
      { contractId: 'c1', contractServiceId: 's1' },
      { contractId: 'c1', ignore: true },
    ];
    expect(await refusal(map(office, ...twice))).toMatchObject({ code: 'bad-input' });
  });
});

describe('the same usage on two contracts', () => {
  const on = (contractId: string, more: object = {}) => ({
    contractId,
    contractServiceId: contractId.replace('c', 's'),
    ...more,
  });

  test('is refused without shares, and when they do not make 100', async () => {
    const office = await Office.ready();
    await map(office, on('c2'));
    expect(await refusal(map(office, on('c2b')))).toMatchObject({
      code: 'double-mapping',
      message: expect.stringContaining('"Contract c2" and "Contract c2b"'),
    });
    const shares = [on('c2', { share: 60 }), on('c2b', { share: 30 })];
    expect(await refusal(map(office, ...shares))).toMatchObject({
      code: 'share-mismatch',
      message: expect.stringContaining('make 90 percent'),
    });
  });

  test('with shares splits into whole units, the remainder on the lowest contract id', async () => {
    const office = await Office.ready();
    await office.mapOrganization('Acme', '2');
    await map(office, on('c2', { share: 66.67 }), on('c2b', { share: 33.33 }));
    office.sites = { Acme: { AllDevicesMetric: 10 } };
    await office.sync();
    expect((await office.plan()).map((line) => [line.contractId, line.newUnits])).toEqual([
      ['c2', 7],
      ['c2b', 3],
    ]);
  });

  test('ignored on one of them leaves its units there; the other gets no more than its share', async () => {
    const office = await Office.ready();
    await map(office, on('c2', { share: 50 }), on('c2b', { share: 50 }));
    office.sites = { Acme: { AllDevicesMetric: 10 } };
    await office.sync();
    const { warnings } = await map(office, { contractId: 'c2b', ignore: true });
    expect(warnings).toEqual([
      'Datto RMM "All devices": the shares of "Contract c2" make 50 percent, so 50 percent of the count bills nowhere. Set shares that make 100.',
    ]);
    office.sites = { Acme: { AllDevicesMetric: 14 } };
    await office.day('2026-11-11').sync();
    expect(
      (await office.plan()).map(({ contractId, newUnits, reason }) => [contractId, newUnits, reason]),
    ).toEqual([
      [
        'c2',
        7,
        {
          code: 'count-same',
          text: 'Counted 14 on 2026-11-11, of which this contract has 50 %, the same as before.',
        },
      ],
      ['c2b', 5, expect.objectContaining({ code: 'mapping-ignored' })],
    ]);
    const { rows } = await listLeakage(office.core);
    expect(rows.filter((row) => row.contractId === 'c2b')).toMatchObject([
      { units: 2, reason: { code: 'ignored-billing-type' } },
    ]);
    expect(await map(office, on('c2', { share: 100 }))).toMatchObject({ warnings: [] });
    expect((await office.plan())[0]).toMatchObject({ newUnits: 14 });
  });

  test('whose dates do not overlap is fine', async () => {
    const office = await Office.ready();
    const contracts = await office.list('contracts');
    await office.core.store.commit({
      put: {
        contracts: contracts.flatMap((each) =>
          each.id === 'c2' ? { ...each, endDate: '2026-11-30' as never } : [],
        ),
      },
    });
    const later = contracts.flatMap((each) =>
      each.id === 'c2b' ? { ...each, startDate: '2026-12-01' as never } : [],
    );
    await office.core.store.commit({ put: { contracts: later } });
    expect(await map(office, on('c2'), on('c2b'))).toMatchObject({ changed: 2 });
  });
});

describe('billing types on one service', () => {
  test('need one unit rule and one module', async () => {
    const office = await Office.ready();
    await map(office, { contractId: 'c1', contractServiceId: 's1' });
    const other = { contractId: 'c1', contractServiceId: 's1' };
    const rule = { ...other, billingType: 'Server', unitRule: 'next-period' };
    expect(await refusal(map(office, rule))).toMatchObject({
      code: 'double-mapping',
      message: expect.stringContaining('same unit rule'),
    });
    const moduleOrganization = { externalId: 'r1', name: 'Daily Mail' };
    const counted = { date: '2026-11-10', moduleOrganization, billingType: 'Agents', quantity: 1 };
    await importUsage(office.core, { by: ADA, usage: { module: 'rocketcyber', items: [counted] } });
    const decision = { moduleOrganizationId: 'rocketcyber:r1', organizationId: '1' };
    await confirmMappings(office.core, { by: ADA, mappings: [decision as MappingDecision] });
    const module = { ...other, module: 'rocketcyber', billingType: 'Agents' };
    expect(await refusal(map(office, module))).toMatchObject({
      code: 'double-mapping',
      message: expect.stringContaining('one module'),
    });
  });

  test('that contain one another warn', async () => {
    const office = await Office.ready();
    const { warnings } = await map(
      office,
      { contractId: 'c1', contractServiceId: 's1' },
      { contractId: 'c1', contractServiceId: 's1b', billingType: 'Server' },
    );
    expect(warnings).toMatchObject([expect.stringContaining('billed twice')]);
  });
});

describe('from', () => {
  test('left out means today: one adjustment and no period item, 14 × 12.50 × 21/30', async () => {
    const office = await Office.ready();
    await office.mapOrganization('Daily Mail', '1');
    await map(office, { contractId: 'c1', contractServiceId: 's1' });
    await office.sync();
    expect(await office.items()).toEqual(['pending adjustment 2026-11-10 14 122.50']);
  });

  test('may be chosen anew until the first count is applied, then it is history', async () => {
    const office = await Office.ready();
    await office.mapOrganization('Daily Mail', '1');
    await map(office, { contractId: 'c1', contractServiceId: 's1' });
    await map(office, { contractId: 'c1', contractServiceId: 's1', from: 'period-start' });
    await office.sync();
    expect(await office.items()).toEqual(['pending period 2026-11-01 14 175.00']);
    expect(await map(office, { contractId: 'c1', contractServiceId: 's1', from: 'today' })).toMatchObject({
      changed: 0,
    });
  });

  test('saving the same again keeps the day it began, who and when', async () => {
    const office = await Office.mapped();
    const [before] = await office.list('serviceMappings');
    office.day('2026-11-20');
    expect(await map(office, { contractId: 'c1', contractServiceId: 's1' })).toMatchObject({ changed: 0 });
    await map(office, { contractId: 'c1', contractServiceId: 's1', minimum: 20 });
    expect((await office.list('serviceMappings'))[0]).toMatchObject({ since: '2026-11-10', minimum: 20 });
    expect(before).toMatchObject({ since: '2026-11-10' });
  });
});

describe('the sheet of an organization', () => {
  test('says which condition fails', async () => {
    const office = await Office.open();
    const because = async (id: string) => (await serviceMappingSheet(office.core, id)).because;
    expect(await because('1')).toMatch(/not mapped to any module organization yet/);
    expect(await because('3')).toMatch(/its type is dead/);
    expect(await refusal(serviceMappingSheet(office.core, '99'))).toMatchObject({
      code: 'unknown-organization',
    });
    await office.mapOrganization('Daily Mail', '1');
    const { contracts } = await serviceMappingSheet(office.core, '1');
    expect(contracts.map((each) => [each.contract.id, each.because ?? 'billable'])).toEqual([
      ['c1', 'billable'],
      ['empty', 'it holds no services yet; add them in the PSA first'],
      ['ended', 'it ended on 2026-06-30'],
      ['inactive', 'it is inactive'],
      ['quarterly', 'its period is quarterly, not monthly'],
      ['retainer', 'it is not a recurring service contract'],
    ]);
  });

  test('marks each service fed by icb, with its units', async () => {
    const office = await Office.mapped();
    await office.sync();
    const { contracts } = await serviceMappingSheet(office.core, '1');
    expect(contracts.find((each) => each.contract.id === 'c1')?.services).toMatchObject([
      { id: 's1', units: 14, fedByIcb: true },
      { id: 's1b', units: 0, fedByIcb: false },
    ]);
  });
});

test('what no module organization feeds any more stays in force, blocked with the reason', async () => {
  const office = await Office.mapped();
  await office.sync();
  await confirmMappings(office.core, {
    by: ADA,
    mappings: [{ moduleOrganizationId: 'datto-rmm:Daily Mail', unmap: true }],
  });
  await office.day('2026-12-01').sync();
  expect(await office.plan()).toMatchObject([
    { action: 'blocked', newUnits: 14, reason: { code: 'no-module-organization' } },
  ]);
  expect(await office.items()).toContain('pending period 2026-12-01 14 175.00');
});
