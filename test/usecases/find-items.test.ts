import { beforeAll, expect, test } from 'vitest';
import type { Core } from '../../src/usecases/core.ts';
import { findItems } from '../../src/usecases/find-items.ts';
import { importSampleBook, putItems, sampleCore, sampleItem } from '../web/sample-world.ts';

let core: Core;

beforeAll(async () => {
  core = await sampleCore();
  await importSampleBook(core);
  await putItems(core, [
    sampleItem({ id: 'bi_1', month: '2026-10' }),
    sampleItem({ id: 'bi_2', month: '2026-11' }),
    sampleItem({ id: 'PSA-77', month: '2026-09', organizationId: 'Gone-1', service: 'Managed SOC' }),
  ]);
});

test.each([
  ['the name of the organization, newest first', 'daily', ['bi_2', 'bi_1']],
  ['the service, however it is typed', ' managed soc ', ['PSA-77']],
  ['an id of another system, however it is typed', 'psa-77', ['PSA-77']],
  ['an organization that is gone, by the id that stands for it', 'gone-1', ['PSA-77']],
  ['nothing that fits', 'zzz', []],
])('%s', async (_, typed, ids) => {
  expect((await findItems(core, typed, 10)).map(({ id }) => id)).toEqual(ids);
});

test('no more than asked for, the newest of all', async () => {
  expect((await findItems(core, '', 2)).map(({ id }) => id)).toEqual(['bi_2', 'bi_1']);
});
