import { afterEach, expect, test } from 'vitest';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { releaseLines } from '../../src/usecases/release-lines.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, contractOf, startBotWorld } from './bot-world.ts';
import { controls, plainOf, textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;
const CUSTOMERS = Array.from({ length: 10 }, (_, n) => `${n + 10}`);

let world: BotWorld;
afterEach(() => world.close());

const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
const counted = (quantity: number) =>
  CUSTOMERS.map((id) => ({ externalId: `site-${id}`, billingType: 'AllDevicesMetric', quantity }));

/** Ten customers whose 14 devices are gone in the second count. */
async function tenHeld(): Promise<void> {
  world = await startBotWorld({
    organizations: CUSTOMERS.map((id) => ({ externalId: `site-${id}`, name: `Customer ${id}` })),
    counts: counted(14),
    book: {
      organizations: CUSTOMERS.map((id) => ({ id, name: `Customer ${id}`, type: 'customer', active: true })),
      contracts: CUSTOMERS.map((id) => contractOf(`c${id}`, id)),
      contractServices: CUSTOMERS.map((id) => ({
        id: `s${id}`,
        contractId: `c${id}`,
        service: 'Desktop Monitoring',
        unitPrice: '12.50',
        currency: 'USD',
      })),
    },
  });
  const { core } = world;
  await enableModule(core, { module: 'datto-rmm', by: CLI });
  await sync();
  await confirmMappings(core, {
    by: CLI,
    mappings: CUSTOMERS.map((id) => ({
      moduleOrganizationId: `datto-rmm:site-${id}`,
      organizationId: id,
    })),
  });
  for (const id of CUSTOMERS)
    await mapBillingTypes(core, {
      by: CLI,
      mappings: [
        {
          contractId: `c${id}`,
          module: 'datto-rmm',
          billingType: 'AllDevicesMetric',
          contractServiceId: `s${id}`,
          from: 'period-start',
        },
      ],
    });
  await sync();
  world.source.counts = counted(0);
  await sync();
}

const blocks = () => world.slack.homeOf(ADMIN)?.view.blocks ?? [];
const shown = () => new Set(textsIn(blocks()).match(/Customer \d+(?=\* · )/g));

async function press(label: string): Promise<void> {
  const control = controls(blocks() as never).find(({ element }) => plainOf(element.text) === label);
  const viewId = String(world.slack.homeOf(ADMIN)?.view.id);
  await world.slack.click(ADMIN, {
    viewId,
    actionId: control?.actionId ?? label,
    blockId: control?.blockId ?? '',
  });
}

test('what waits is turned page by page, and a sync turns no page back', async () => {
  await tenHeld();
  await world.slack.openHome(ADMIN);
  await world.slack.waitFor(() => textsIn(blocks()).includes('1 to 8 of 10'));
  expect(shown().size).toBe(8);
  const first = shown();
  await press('Next page');
  await world.slack.waitFor(() => textsIn(blocks()).includes('9 to 10 of 10'));
  expect(first.union(shown()).size).toBe(10);
  await sync();
  expect(textsIn(blocks())).toContain('9 to 10 of 10');
  await releaseLines(world.core, { by: CLI, module: 'datto-rmm' });
  await sync();
  expect(textsIn(blocks())).not.toContain('Waits for you');
});
