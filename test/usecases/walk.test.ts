import { expect, test } from 'vitest';
import { approveAndPost } from '../../src/usecases/approve-and-post.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { explainItem } from '../../src/usecases/explain-item.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { groupBillingItems, listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { listSuggestions } from '../../src/usecases/list-suggestions.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { serviceMappingSheet } from '../../src/usecases/service-mapping-sheet.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { ADA, BOOK, Office } from './office.ts';

test('the walk: enable, sync, map, choose services, sync, look, post', async () => {
  const office = await Office.empty();
  const { core } = office;
  await importBook(core, { by: ADA, book: BOOK });
  expect((await listModules(core))[0]).toMatchObject({ id: 'datto-rmm', connected: true, enabled: false });

  expect(await enableModule(core, { module: 'Datto RMM', by: ADA })).toMatchObject({ enabled: true });
  const first = await office.sync();
  expect(first).toMatchObject({
    state: 'done',
    modules: [{ id: 'datto-rmm', state: 'done', counts: 3, requests: 1, newModuleOrganizations: 2 }],
    lines: { create: 0, change: 0, none: 0, held: 0, blocked: 0 },
    psaWrites: 0,
  });
  expect((await syncSummary(core, first.id)).needsPerson).toMatchObject([
    { kind: 'unmapped-organization', count: 2 },
  ]);

  const suggestions = await listSuggestions(core, { module: 'datto-rmm' });
  expect(suggestions.map(({ name, class: sure, candidates }) => [name, sure, candidates[0]?.name])).toEqual([
    ['Acme', 'sure', 'Acme'],
    ['Daily Mail', 'sure', 'Daily Mail'],
  ]);
  const saved = await confirmMappings(core, {
    by: ADA,
    mappings: [{ moduleOrganizationId: 'datto-rmm:Daily Mail', organizationId: '1', expect: 'unmapped' }],
  });
  expect(saved).toMatchObject({ changed: 1, lines: ['Daily Mail (Datto RMM) → Daily Mail'] });
  expect(await office.list('organizationMappings')).toMatchObject([
    { status: 'mapped', by: ADA, suggestion: { confidence: expect.any(Number) } },
  ]);

  const sheet = await serviceMappingSheet(core, '1');
  const section = sheet.contracts.find((each) => each.contract.id === 'c1')?.sections[0];
  expect(section?.rows.find((row) => row.billingType.name === 'AllDevicesMetric')).toMatchObject({
    count: 14,
  });
  const ignored = section?.rows.flatMap(({ billingType: { name } }) =>
    name === 'AllDevicesMetric'
      ? []
      : [{ contractId: 'c1', module: 'datto-rmm', billingType: name, ignore: true as const }],
  );
  const mappings = [
    {
      contractId: 'c1',
      module: 'datto-rmm',
      billingType: 'AllDevicesMetric',
      contractServiceId: 's1',
      from: 'period-start' as const,
    },
    ...(ignored ?? []),
  ];
  expect(await mapBillingTypes(core, { by: ADA, mappings })).toMatchObject({
    changed: mappings.length,
    warnings: [],
  });

  const preview = await office.plan();
  expect(preview).toMatchObject([
    { action: 'create', oldUnits: 0, newUnits: 14, effectiveDate: '2026-11-01', amount: '175.00' },
  ]);
  const run = await office.sync();
  expect(run).toMatchObject({ state: 'done', lines: { create: 1 }, psaWrites: 1, items: { created: 1 } });
  expect(office.told.map((each) => each.id)).toEqual([first.id, run.id]);
  const summary = await syncSummary(core, run.id);
  expect(summary.changes).toMatchObject([{ organization: 'Daily Mail', oldUnits: 0, newUnits: 14 }]);
  expect(summary.pending).toEqual([{ currency: 'USD', amount: '175.00', units: 14, count: 1 }]);

  const { items, totals } = await listBillingItems(core, { filter: { status: 'pending' } });
  expect(totals).toEqual([{ currency: 'USD', amount: '175.00', units: 14, count: 1 }]);
  expect(await groupBillingItems(core, { filter: {}, groupBy: ['module'] })).toMatchObject({
    groups: [{ key: 'datto-rmm', label: 'Datto RMM', amount: '175.00' }],
  });
  const id = items[0]?.id ?? '';
  expect(await explainItem(core, id)).toMatchObject({
    item: { id, organization: 'Daily Mail', service: 'Desktop Monitoring' },
    counts: [
      {
        date: '2026-11-10',
        quantity: 14,
        moduleOrganizations: [{ id: 'datto-rmm:Daily Mail', name: 'Daily Mail', quantity: 14 }],
        devices: ['SRV-Daily Mail'],
      },
    ],
    organizationMappings: [
      { moduleOrganizationId: 'datto-rmm:Daily Mail', organizationId: '1', by: ADA, suggestion: {} },
    ],
    serviceMapping: { unitRule: 'prorate-daily', by: ADA },
    unitPrice: '12.50',
    arithmetic: '14 × 12.50 USD = 175.00 USD',
    correctedBy: [],
  });

  expect(await approveAndPost(core, { by: ADA, filter: {} })).toMatchObject({
    posted: 1,
    totals: [{ currency: 'USD', amount: '175.00' }],
    skipped: [],
  });
  expect(await office.sync()).toMatchObject({ psaWrites: 0, items: { created: 0, changed: 0, removed: 0 } });
  expect(await office.items()).toEqual(['posted period 2026-11-01 14 175.00']);
  expect((await office.list('audit')).map((entry) => entry.action)).toEqual([
    'import-book',
    'enable-module',
    'confirm-mappings',
    'map-billing-types',
    'sync',
    'approve-and-post',
  ]);
});
