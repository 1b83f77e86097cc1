import { afterEach, expect, test } from 'vitest';
import { unmappedBlocks } from '../../bot/messages/unmapped-blocks.ts';
import type { UnmappedRow } from '../../src/usecases/summary-unmapped.ts';
import { ADMIN, type BotWorld, CHANNEL } from './bot-world.ts';
import { HeldWorld } from './held-world.ts';
import { controls, person, plainOf } from './person.ts';

let world: BotWorld | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** What a screen reader says of buttons that cannot be told apart by it. */
const alike = (blocks: unknown): string[] => {
  const spoken = controls(blocks as never)
    .filter(({ element }) => element.type === 'button')
    .map(({ element }) => String(element.accessibility_label ?? plainOf(element.text)));
  return spoken.filter((label, at) => spoken.indexOf(label) !== at);
};

test('no two buttons of a message are called the same, with two held lines of one customer', async () => {
  const held = await HeldWorld.start();
  world = held.bot;
  await held.service('Server', '1001');
  await held.sync();
  world.source.counts = [];
  await held.sync();
  expect(await held.held()).toHaveLength(2);
  const alex = person(world, ADMIN);
  for (const line of ['', 'help', 'items', 'plan', 'plan leakage', 'log', 'setup', 'sync', 'undo']) {
    await alex.type(`/icb ${line}`);
    await world.bot.idle();
    expect([line, alike(world.slack.ephemerals(ADMIN).at(-1)?.blocks)]).toEqual([line, []]);
  }
  await world.slack.openHome(ADMIN);
  await world.bot.idle();
  expect(alike(world.slack.homeOf(ADMIN)?.view.blocks)).toEqual([]);
  const posted = () => (world as BotWorld).slack.messages(CHANNEL).map(({ blocks }) => alike(blocks));
  expect(posted().flat()).toEqual([]);
  await alex.type('/icb plan');
  await world.bot.idle();
  await alex.press('Approve all of Datto RMM');
  await world.bot.idle();
  expect(posted().flat()).toEqual([]);
});

test('not mapped ones of the same name in two modules are told apart', () => {
  const row = (module: string, suggestion: object) =>
    ({
      moduleOrganizationId: `${module}:1`,
      module,
      moduleName: module,
      name: 'Daily Mail',
      fresh: false,
      class: 'sure',
      ...suggestion,
    }) as unknown as UnmappedRow;
  const suggestion = { organizationId: '10', name: 'Daily Mail', confidence: 1, reason: 'same name' };
  const rows = ['A', 'B'].flatMap((module) => [row(module, {}), row(module, { suggestion })]);
  expect(alike(unmappedBlocks({ total: 4, fresh: 0, rows }))).toEqual([]);
});
