import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SHORTCUTS } from '../../bot/action-ids.ts';
import { SHORTCUT_LISTENERS } from '../../bot/listeners/shortcuts/shortcut-listeners.ts';
import manifest from '../../bot/manifest.json' with { type: 'json' };
import { menuMessage } from '../../bot/messages/menu-message.ts';
import { parseCommand } from '../../bot/words/grammar.ts';
import { VERB_NAMES } from '../../bot/words/verbs.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, CHANNEL, startBotWorld, VIEWER } from './bot-world.ts';
import { controls, person, textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;
/** The PSA holds five units already, which makes an item. */
const BOOK = {
  organizations: [{ id: '10', name: 'Daily Mail', type: 'customer', active: true }],
  contracts: [
    {
      id: '100',
      organizationId: '10',
      name: 'Managed services',
      type: 'recurring-service',
      periodType: 'monthly',
      status: 'active',
      startDate: '2026-01-01',
      endDate: null,
    },
  ],
  contractServices: [
    {
      id: '1000',
      contractId: '100',
      service: 'Desktop Monitoring',
      unitPrice: '12.50',
      currency: 'USD',
      units: 5,
    },
  ],
};

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld({ book: BOOK });
});
afterEach(() => world.close());

describe('each command has a door in the menu, which stands in App Home too', () => {
  const commands = (blocks: unknown) =>
    controls(blocks as never).flatMap(({ element }) => {
      const parsed = parseCommand(String(element.value ?? ''));
      return element.action_id?.toString().startsWith('run') && parsed.ok ? [parsed.command.verb] : [];
    });

  test.each(VERB_NAMES)('%s', (verb) => {
    expect(commands(menuMessage('admin').blocks)).toContain(verb);
  });

  test('in Home', async () => {
    await world.slack.openHome(ADMIN);
    const home = await world.slack.waitFor(() => world.slack.homeOf(ADMIN));
    expect(commands(home.view.blocks)).toEqual(expect.arrayContaining([...VERB_NAMES]));
  });
});

describe('shortcuts', () => {
  test('those of the manifest are those that are listened to', () => {
    const registered = manifest.features.shortcuts.map((one) => one.callback_id);
    expect(registered.toSorted()).toEqual([...SHORTCUT_LISTENERS.keys()].toSorted());
  });

  test('menu: as a modal over whatever one looks at, whose buttons work', async () => {
    const vera = person(world, VIEWER);
    await world.slack.shortcut(VIEWER, { callbackId: SHORTCUTS.menu });
    await vera.modalSays('What would you like to do?');
    await vera.press('Billing items');
    await vera.modalSays(/pending/i);
  });

  test('map: opens the modal; who may not map is told in a direct message, with a way to ask', async () => {
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
    const alex = person(world, ADMIN);
    await world.slack.shortcut(ADMIN, { callbackId: SHORTCUTS.map });
    await alex.modalSays('Daily Mail');
    await world.slack.shortcut(VIEWER, { callbackId: SHORTCUTS.map });
    await world.slack.waitFor(() =>
      textsIn(world.slack.messages(VIEWER).map(({ blocks }) => blocks)).includes('needs the role *operator*'),
    );
  });

  test('explain: the item a message names, by id or link; asks where it names none', async () => {
    await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
    const [item] = (await listBillingItems(world.core, { filter: {} })).items;
    const vera = person(world, VIEWER);
    await vera.type(`Why is https://icb.example.com/dashboard/items/${item?.id} so much?`);
    const message = world.slack.messages(CHANNEL).at(-1);
    await world.slack.shortcut(VIEWER, {
      callbackId: SHORTCUTS.explain,
      channel: CHANNEL,
      messageTs: message?.ts,
    });
    await vera.modalSays('Daily Mail: Desktop Monitoring');
    await world.slack.closeView(VIEWER, { all: true });
    await vera.type('good morning');
    const other = world.slack.messages(CHANNEL).at(-1);
    await world.slack.shortcut(VIEWER, {
      callbackId: SHORTCUTS.explain,
      channel: CHANNEL,
      messageTs: other?.ts,
    });
    await vera.modalSays('Which billing item?');
  });

  test('count a file: one that icb did not see when it was shared, once; a message without one says so', async () => {
    await setOfficeSettings(world.core, { by: CLI, change: { people: [{ userId: ADMIN, role: 'admin' }] } });
    const csv = { name: 'usage.csv', bytes: new TextEncoder().encode('Customer,Agents\nDaily Mail,21\n') };
    const { ts } = await world.slack.shareFile(ADMIN, csv, { channel: CHANNEL });
    await world.bot.idle();
    const use = () =>
      world.slack.shortcut(ADMIN, { callbackId: SHORTCUTS.countFile, channel: CHANNEL, messageTs: ts });
    await use();
    const alex = person(world, ADMIN);
    await alex.told('has taken this file already');
    await alex.type('no file here');
    const other = world.slack.messages(CHANNEL).at(-1);
    await world.slack.shortcut(ADMIN, {
      callbackId: SHORTCUTS.countFile,
      channel: CHANNEL,
      messageTs: other?.ts,
    });
    await alex.told('There is no CSV file in this message');
  });

  test('an older shortcut is told to be one', async () => {
    await world.slack.shortcut(VIEWER, { callbackId: 'shortcut.gone' });
    await world.slack.waitFor(() =>
      textsIn(world.slack.messages(VIEWER).map(({ blocks }) => blocks)).includes('from an older icb'),
    );
  });
});

test('/icb explain without an id: the item is searched for and explained below the search', async () => {
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
  const [item] = (await listBillingItems(world.core, { filter: {} })).items;
  const vera = person(world, VIEWER);
  await vera.type('/icb explain');
  await vera.modalSays('Which billing item?');
  const [view] = world.slack.views(VIEWER);
  const viewId = String(view?.view.id);
  const [search] = controls((view?.view.blocks ?? []) as never);
  if (!search) throw new Error('no search');
  const at = { viewId, actionId: search.actionId, blockId: search.blockId };
  const found = await world.slack.options(VIEWER, { ...at, query: 'daily' });
  expect(JSON.stringify(found)).toContain(item?.id);
  expect(JSON.stringify(await world.slack.options(VIEWER, { ...at, query: 'zzz' }))).not.toContain('bi_');
  await world.slack.options(VIEWER, { ...at, query: 'daily' });
  await world.slack.click(VIEWER, { ...at, value: item?.id });
  await vera.modalSays('Daily Mail: Desktop Monitoring');
});

test('/icb disable without a module: the tiles with their switches', async () => {
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  const alex = person(world, ADMIN);
  await alex.type('/icb disable');
  await alex.modalSays('Datto RMM');
});

test('an answer that one person sees can be shared: everybody sees its words, with who shared them, without buttons', async () => {
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
  const vera = person(world, VIEWER);
  await vera.type('/icb items');
  await vera.told('Billing items by module');
  const before = world.slack.messages(CHANNEL).length;
  await vera.press('Share in the channel');
  const shared = await world.slack.waitFor(() => world.slack.messages(CHANNEL)[before]);
  expect(textsIn(shared.blocks)).toContain('Billing items by module');
  expect(textsIn(shared.blocks)).toContain(`Shared by <@${VIEWER}>`);
  expect(controls(shared.blocks as never)).toEqual([]);
  await vera.type('/icb post');
  await world.bot.idle();
  expect(JSON.stringify(world.slack.ephemerals(VIEWER).at(-1)?.blocks)).not.toContain('Share in the channel');
});

test.each([
  ['not_in_channel', 'may not post in this channel, so nothing was shared'],
  ['token_revoked', 'it is posted as soon as it does'],
])('an answer that cannot be shared (%s) is told to the one who shares', async (error, text) => {
  const vera = person(world, VIEWER);
  await vera.type('/icb items');
  await vera.told('Billing items by module');
  const before = world.slack.messages(CHANNEL).length;
  world.slack.faults.set('chat.postMessage', { kind: 'error', error, times: 1 });
  await vera.press('Share in the channel');
  await vera.told(text);
  expect(world.slack.messages(CHANNEL)).toHaveLength(before);
});
