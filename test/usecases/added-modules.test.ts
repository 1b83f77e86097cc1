import { describe, expect, test } from 'vitest';
import { addModule, changeModule, listAddedModules, removeModule } from '../../src/usecases/added-modules.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { serviceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { ADA, Office, refusal } from './office.ts';

const HUNTRESS = {
  name: 'Huntress EDR',
  billingTypes: [
    { name: 'Agents', label: 'Agents installed', unit: 'count' as const, contains: ['Servers'] },
    { name: 'Servers', unit: 'count' as const },
    { name: 'Managed', unit: 'true-false' as const },
  ],
};

const add = (office: Office, module: object = HUNTRESS) => addModule(office.core, { by: ADA, module });

describe('a module of one’s own', () => {
  test('stands in the catalogue under the slug of its name, and its addition in the audit', async () => {
    const office = await Office.empty();
    expect(await add(office)).toMatchObject({ id: 'huntress-edr', addedBy: ADA });
    const view = (await listModules(office.core)).find(({ id }) => id === 'huntress-edr');
    expect(view).toMatchObject({
      name: 'Huntress EDR',
      connected: false,
      billingTypes: [
        { name: 'Agents', label: 'Agents installed' },
        { label: 'Servers' },
        { unit: 'true-false' },
      ],
    });
    expect((await listAudit(office.core)).items[0]).toMatchObject({ action: 'add-module', by: ADA });
  });

  test('is counted, mapped and billed like any other', async () => {
    const office = await Office.open();
    await add(office);
    const items = [
      {
        date: '2026-11-10',
        moduleOrganization: { externalId: 'h1', name: 'Daily Mail Ltd' },
        billingType: 'Agents',
        quantity: 9,
      },
    ];
    await importUsage(office.core, { by: ADA, usage: { module: 'huntress edr', items } });
    await enableModule(office.core, { module: 'Huntress EDR', by: ADA });
    expect((await listSuggestions(office.core, { module: 'huntress-edr' }))[0]).toMatchObject({
      name: 'Daily Mail Ltd',
      candidates: [{ name: 'Daily Mail' }],
    });
    await confirmMappings(office.core, {
      by: ADA,
      mappings: [{ moduleOrganizationId: 'huntress-edr:h1', organizationId: '1' }],
    });
    const sheet = await serviceMappingSheet(office.core, '1');
    expect(sheet.contracts.flatMap(({ sections }) => sections)[0]).toMatchObject({
      module: { name: 'Huntress EDR' },
      rows: [{ count: 9 }, {}, {}],
    });
    const both = ['Agents', 'Servers'].map((billingType) => ({
      contractId: 'c1',
      module: 'huntress-edr',
      billingType,
      contractServiceId: 's1',
      from: 'period-start' as const,
    }));
    const { warnings } = await mapBillingTypes(office.core, { by: ADA, mappings: both as never });
    expect(warnings).toEqual([
      'Huntress EDR: "Agents installed" already contains "Servers", so those devices are billed twice.',
    ]);
    await office.sync();
    expect(await office.items()).toEqual(['pending period 2026-11-01 9 112.50']);
  });

  test.each([
    [{ ...HUNTRESS, name: 'datto  RMM' }, 'name: there is a module "Datto RMM" already'],
    [{ ...HUNTRESS, name: ' ' }, 'name: say what the module is called'],
    [{ name: 'X', billingTypes: [] }, 'billingTypes: at least one'],
    [
      { name: 'X', billingTypes: [HUNTRESS.billingTypes[1], { name: 'servers', unit: 'count' }] },
      'billingTypes.1.name: "servers" is there twice',
    ],
    [
      { name: 'X', billingTypes: [{ name: 'A', unit: 'count', contains: ['B'] }] },
      'billingTypes.0.contains: there is no billing type "B" here',
    ],
    [
      { name: 'X', billingTypes: [{ name: 'A', unit: 'count', contains: ['A'] }] },
      'billingTypes.0.contains: "A" would contain itself',
    ],
    [
      { name: 'X', billingTypes: [{ name: '__proto__', unit: 'count' }] },
      'billingTypes.0.name: choose another name',
    ],
  ])('%j is refused: %s', async (module, detail) => {
    const office = await Office.empty();
    expect((await refusal(add(office, module as object))).details).toContain(detail);
    expect(await office.revision()).toBe(0);
  });

  test('with a name of no Latin letter has an id all the same', async () => {
    const office = await Office.empty();
    const { id } = await add(office, { ...HUNTRESS, name: '管理' });
    expect(id).toMatch(/^module-[a-z0-9]+$/);
    expect((await refusal(add(office, { ...HUNTRESS, name: '管理' }))).code).toBe('bad-input');
  });

  test('can be changed and removed while nothing uses it', async () => {
    const office = await Office.empty();
    await add(office);
    const changed = await changeModule(office.core, {
      by: ADA,
      id: 'huntress-edr',
      module: { name: 'Huntress', billingTypes: [{ name: 'Seats', unit: 'count' }] },
    });
    expect(changed).toMatchObject({
      id: 'huntress-edr',
      name: 'Huntress',
      billingTypes: [{ name: 'Seats' }],
    });
    await removeModule(office.core, { by: ADA, id: 'Huntress' });
    expect(await listAddedModules(office.core)).toEqual([]);
  });

  test('in use keeps its billing types, may gain some, and stays', async () => {
    const office = await Office.empty();
    await add(office);
    const item = {
      date: '2026-11-10',
      moduleOrganization: { externalId: 'h1', name: 'Daily Mail' },
      billingType: 'Agents',
      quantity: 9,
    };
    await importUsage(office.core, { by: ADA, usage: { module: 'huntress-edr', items: [item] } });
    const change = (billingTypes: object[]) =>
      changeModule(office.core, {
        by: ADA,
        id: 'huntress-edr',
        module: { name: 'Huntress EDR', billingTypes },
      });
    expect(await refusal(change([{ name: 'Seats', unit: 'count' }]))).toMatchObject({ code: 'conflict' });
    await change([...HUNTRESS.billingTypes, { name: 'Seats', unit: 'count' }]);
    expect(await refusal(removeModule(office.core, { by: ADA, id: 'huntress-edr' }))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('it has module organizations'),
    });
  });

  test('one that came with icb cannot be changed', async () => {
    const office = await Office.empty();
    expect(await refusal(removeModule(office.core, { by: ADA, id: 'datto-rmm' }))).toMatchObject({
      code: 'not-found',
      message: 'Datto RMM came with icb and cannot be changed. Add a module of your own.',
    });
  });
});
