import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { ModuleId } from '../../src/domain/ids.ts';
import type { UsageSource } from '../../src/ports/usage-source.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { ADMIN, type BotWorld, startBotWorld } from './bot-world.ts';
import { person, textsIn } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;
const direct = () => world.slack.messages(ADMIN);
const said = () => textsIn(direct().map(({ blocks }) => blocks));

/** Two modules, each of which answers when it is told to. */
async function twoSlowModules() {
  world = await startBotWorld({ deps: { wait: async () => void (await setImmediate()) } });
  const { source, core } = world;
  const gates = { rmm: Promise.withResolvers<void>(), saas: Promise.withResolvers<void>() };
  const answer = { organizations: source.organizations, counts: source.counts, devices: [] };
  source.count = () => gates.rmm.promise.then(() => answer);
  const saas: UsageSource = {
    module: 'saas-protection' as ModuleId,
    count: () => gates.saas.promise.then(() => ({ organizations: [], counts: [], devices: [] })),
  };
  (core.sources as Map<ModuleId, UsageSource>).set(saas.module, saas);
  for (const module of ['datto-rmm', 'saas-protection']) await enableModule(core, { module, by: CLI });
  return gates;
}

test('a sync that takes long says how far it is, in one message that ends with how it went', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  await alex.type('/icb sync now');
  await world.slack.waitFor(() =>
    said().includes('0 of 2 modules done; still under way: Datto RMM and SaaS Protection.'),
  );
  gates.rmm.resolve();
  await world.slack.waitFor(() => said().includes('1 of 2 modules done; still under way: SaaS Protection.'));
  expect(said()).toContain('As of ');
  gates.saas.resolve();
  await world.slack.waitFor(() => said().includes('*Counted Datto RMM and SaaS Protection*'));
  expect(direct()).toHaveLength(1);
  expect(said()).not.toContain('Counting…');
  await alex.told('*Counted Datto RMM and SaaS Protection*');
  expect(world.logged).toEqual([]);
});

test('a Slack that takes no message stops no sync', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  world.slack.faults.set('chat.postMessage', { kind: 'error', error: 'internal_error', times: 1 });
  await alex.type('/icb sync now');
  await expect
    .poll(() => world.logged.map(({ message }) => message))
    .toEqual(['a sync could not be followed in Slack']);
  gates.rmm.resolve();
  gates.saas.resolve();
  await alex.told('*Counted Datto RMM and SaaS Protection*');
});
