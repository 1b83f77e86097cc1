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

test('an edit that Slack refuses ends nothing: the message still ends with how it went', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  await alex.type('/icb sync now');
  await world.slack.waitFor(() => said().includes('0 of 2 modules done'));
  world.slack.faults.set('chat.update', { kind: 'rate-limited', retryAfter: 1, times: 1 });
  gates.rmm.resolve();
  await world.slack.waitFor(() => said().includes('1 of 2 modules done'));
  world.slack.faults.set('chat.update', { kind: 'rate-limited', retryAfter: 1, times: 2 });
  gates.saas.resolve();
  await world.slack.waitFor(() => said().includes('*Counted Datto RMM and SaaS Protection*'));
  await world.bot.idle();
  expect(direct()).toHaveLength(1);
  expect(said()).not.toContain('Counting…');
});

test('where the followed message can be edited no more, a new one says how it went', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  await alex.type('/icb sync now');
  await world.slack.waitFor(() => said().includes('0 of 2 modules done'));
  world.slack.faults.set('chat.update', { kind: 'error', error: 'cant_update_message' });
  gates.rmm.resolve();
  gates.saas.resolve();
  await alex.told('*Counted Datto RMM and SaaS Protection*');
  await world.bot.idle();
  expect(direct()).toHaveLength(2);
});

test('the end of a sync that Slack does not take is told later, and looks like no failure', async () => {
  world = await startBotWorld();
  const alex = person(world, ADMIN);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  const gate = Promise.withResolvers<void>();
  const { source } = world;
  const answer = { organizations: source.organizations, counts: source.counts, devices: [] };
  source.count = () => gate.promise.then(() => answer);
  await alex.type('/icb sync now');
  await alex.told('Counting…');
  world.slack.faults.set('*', { kind: 'rate-limited', retryAfter: 1 });
  gate.resolve();
  await world.bot.idle();
  world.slack.faults.clear();
  await world.bot.catchUp();
  await alex.told('*Counted Datto RMM*');
  const seen = JSON.stringify([world.slack.ephemerals(ADMIN), direct()]);
  expect(seen).not.toContain('went wrong');
  expect(seen.match(/\*Counted Datto RMM/g)).toHaveLength(2);
});

test('the tiles say how far a sync is that was started there, and how it went', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.modalSays('Sync now');
  await alex.press('Sync now');
  await alex.modalSays('0 of 2 modules done; still under way: Datto RMM and SaaS Protection.');
  world.slack.faults.set('views.update', { kind: 'rate-limited', retryAfter: 1, times: 1 });
  gates.rmm.resolve();
  await alex.modalSays('1 of 2 modules done; still under way: SaaS Protection.');
  gates.saas.resolve();
  await alex.modalSays('*Counted Datto RMM and SaaS Protection*');
});

test('a sync from the tiles is not drawn over what the person turned to meanwhile', async () => {
  const gates = await twoSlowModules();
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.modalSays('Sync now');
  await alex.press('Sync now');
  await alex.modalSays('0 of 2 modules done');
  await world.slack.closeView(ADMIN, { all: true });
  gates.rmm.resolve();
  gates.saas.resolve();
  await world.bot.idle();
  expect(world.slack.views(ADMIN)).toEqual([]);
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
