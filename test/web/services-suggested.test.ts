import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importBook } from '../../src/usecases/import-book.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { cookieOf, type SampleWeb, sampleWeb } from './sample-web.ts';
import { HOSTILE, importSampleBook, RMM, sampleCore, standInSource } from './sample-world.ts';

async function mappedWeb(): Promise<SampleWeb> {
  const source = standInSource();
  source.answer = {
    organizations: [{ externalId: 's1', name: 'Daily Mail' }],
    counts: [{ externalId: 's1', billingType: 'Server', quantity: 7 }],
    devices: [],
  };
  const web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
  const contract = {
    ...{ id: 'new', organizationId: 'o1', name: 'Managed servers', type: 'recurring-service' },
    ...{ periodType: 'monthly', status: 'active', startDate: '2026-01-01', endDate: null },
  };
  const priced = { contractId: 'new', unitPrice: '40.00', currency: 'USD' };
  await importBook(web.core, {
    by: SYSTEM,
    book: {
      contracts: [contract],
      contractServices: [
        { ...priced, id: 'n1', service: 'Datto RMM – Servers' },
        { ...priced, id: 'n2', service: HOSTILE },
      ],
    },
  });
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
  await confirmMappings(web.core, {
    by: SYSTEM,
    mappings: [{ moduleOrganizationId: 'datto-rmm:s1', organizationId: 'o1' }],
  });
  return web;
}

test('an organization’s page shows what its usage is billed as, and how sure a suggestion is and why', async () => {
  const web = await mappedWeb();
  const text = await (await web.get('/dashboard/organizations/o1', cookieOf('viewer'))).text();
  const row = text.slice(text.indexOf('<caption>Managed servers'));
  expect(row).toMatch(
    /<th scope="row">Servers<\/th><td>Datto RMM<\/td><td>7<\/td><td>.*Datto RMM – Servers <span class="muted">92 %<\/span><span class="sub">the service is named after Servers</,
  );
  expect(text).not.toContain('<script>alert');
  const other = await (await web.get('/dashboard/organizations/o2', cookieOf('viewer'))).text();
  expect(other).toContain('is not mapped to any module organization yet');
});

test('GET /api/service-mappings/suggestions', async () => {
  const web = await mappedWeb();
  const answer = await web.get('/api/service-mappings/suggestions?organization=o1');
  const { items } = await answer.json();
  expect(items).toContainEqual({
    ...{ contractId: 'new', module: 'datto-rmm', billingType: 'Server', contractServiceId: 'n1' },
    ...{ service: 'Datto RMM – Servers', confidence: 0.92, reason: 'the service is named after Servers' },
  });
  expect((await web.get('/api/service-mappings/suggestions')).status).toBe(400);
});
