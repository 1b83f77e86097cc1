import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Psa } from '../../src/ports/psa.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;
let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
});
afterEach(() => world.close());

const statuses = async () =>
  (await (await world.core.store.snapshot()).list('billingItems')).map(({ status }) => status).toSorted();

/** 14 devices at 12.50 by their peak, and 2 servers at 40 if `servers`. */
async function billByPeak({ servers }: { readonly servers: boolean }): Promise<void> {
  const { core } = world;
  await enableModule(core, { module: 'datto-rmm', by: CLI });
  await (await startSync(core, { trigger: 'cli', by: CLI })).finished;
  await confirmMappings(core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  const service = { contractId: '100', module: 'datto-rmm', from: 'period-start' as const };
  const devices = { ...service, billingType: 'AllDevicesMetric', contractServiceId: '1000' };
  const server = { ...service, billingType: 'Server', contractServiceId: '1001' };
  await mapBillingTypes(core, {
    by: CLI,
    mappings: [{ ...devices, unitRule: 'peak' }, ...(servers ? [server] : [])],
  });
  await (await startSync(core, { trigger: 'cli', by: CLI })).finished;
}

test('the form shows what will be posted, and names what is not due yet', async () => {
  await billByPeak({ servers: true });
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  const form = await alex.modalSays('1 pending item, $80.00');
  expect(form).toContain(
    '1 item is not due yet: its units may still rise until the period ends on 2026-11-30',
  );
  expect(form).not.toContain('$255.00');
  await alex.submit();
  await alex.modalSays('Posted 1 item · $80.00');
  expect(await statuses()).toEqual(['pending', 'posted']);
});

test('where nothing is due yet there is nothing to press', async () => {
  await billByPeak({ servers: false });
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  await alex.modalSays('Nothing can be posted yet.');
  expect(alex.modal()).toContain('1 item is not due yet: its units may still rise');
  expect(world.slack.views(ADMIN).at(-1)?.view.submit).toBeNull();
});

/** As an Autotask whose page is known, or which is away. */
function postsElsewhere(approveAndPost: () => Promise<string>): void {
  const { psa } = world.core;
  const remote = { pages: { approveAndPost } } as unknown as Psa['remote'];
  Object.assign(world.core, { psa: { ...psa, kind: 'autotask', remote } });
}

test('where only a person can post, in the PSA, the form says how much is pending and links there', async () => {
  await billDailyMail(world.core);
  postsElsewhere(async () => 'https://ww1.autotask.example/start');
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  const form = await alex.modalSays('1 pending item, $175.00');
  expect(form).toContain('Only a person approves and posts, in Autotask');
  expect(form).not.toContain('cannot be undone');
  const { view } = world.slack.views(ADMIN).at(-1) ?? {};
  expect(view?.submit).toBeNull();
  expect(JSON.stringify(view)).toContain('"url":"https://ww1.autotask.example/start"');
  expect(form).toContain('Approve in Autotask');
});

test('while the PSA is away the form still says where to go', async () => {
  await billDailyMail(world.core);
  postsElsewhere(async () => {
    throw new Error('away');
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  expect(await alex.modalSays('1 pending item, $175.00')).toContain('Contracts &gt; Approve &amp; Post');
});
