import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/domain/actor.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { sampleWeb } from './sample-web.ts';
import { importSampleBook, RMM, sampleCore, standInSource } from './sample-world.ts';

test('PUT /api/organization-mappings rejects a suggestion; it is listed, and undone by its change', async () => {
  const source = standInSource();
  source.answer = { organizations: [{ externalId: 's1', name: 'Daily Mail' }], counts: [], devices: [] };
  const web = await sampleWeb({ core: await sampleCore(source) });
  await importSampleBook(web.core);
  await enableModule(web.core, { module: RMM, by: SYSTEM });
  await (await startSync(web.core, { trigger: 'web', by: SYSTEM })).finished;
  const offered = async () => {
    const answer = await web.get('/api/organization-mappings/suggestions');
    const { items } = await answer.json();
    return items[0].candidates.map((each: { organizationId: string }) => each.organizationId);
  };
  expect(await offered()).toEqual(['o1']);

  const mappings = [{ moduleOrganizationId: 'datto-rmm:s1', reject: ['o1'] }];
  const answer = await web.send('PUT', '/api/organization-mappings', { mappings });
  const { changed, lines, change } = await answer.json();
  expect([changed, lines]).toEqual([1, ['Daily Mail (Datto RMM) is not Daily Mail']]);
  expect(await offered()).toEqual([]);
  const listed = await (await web.get('/api/module-organizations')).json();
  expect(listed.items[0]).toMatchObject({
    mapping: { status: 'unmapped' },
    rejected: [{ organizationId: 'o1', organization: 'Daily Mail' }],
  });

  expect((await web.send('POST', '/api/organization-mappings/undo', { change })).status).toBe(200);
  expect(await offered()).toEqual(['o1']);
  const none = await web.send('PUT', '/api/organization-mappings', {
    mappings: [{ moduleOrganizationId: 'datto-rmm:s1', reject: [] }],
  });
  expect(none.status).toBe(400);
});
