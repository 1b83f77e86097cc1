import { afterEach, expect, test } from 'vitest';
import { disableMessage } from '../../bot/messages/disable-message.ts';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { previewDisable } from '../../src/usecases/preview-disable.ts';
import { CLI, HeldWorld } from '../bot/held-world.ts';
import { textsIn } from '../bot/person.ts';

let world: HeldWorld;
afterEach(() => world.bot.close());

const preview = () => previewDisable(world.bot.core, 'Datto RMM');

test('units in force of every billing type, contracts once, and what waits for a person', async () => {
  world = await HeldWorld.start();
  await world.service('Server', '1001');
  await world.sync();
  // 14 at 12.50 and 2 at 40.
  expect(await preview()).toMatchObject({
    module: { id: 'datto-rmm', name: 'Datto RMM' },
    enabled: true,
    units: 16,
    contracts: 1,
    monthly: [{ currency: 'USD', amount: '255.00' }],
    held: 1,
  });
  expect(textsIn(disableMessage(await preview()).blocks)).toContain('1 held count of it waits for a person');
  await disableModule(world.bot.core, { module: 'datto-rmm', by: CLI });
  expect(await preview()).toMatchObject({ enabled: false, units: 16 });
});

test('a module that bills nothing, and one that nobody knows', async () => {
  world = await HeldWorld.start();
  const none = await previewDisable(world.bot.core, 'Graphus');
  expect(none).toMatchObject({ enabled: false, units: 0, contracts: 0, monthly: [], held: 0 });
  expect(textsIn(disableMessage(none).blocks)).toContain('It has no units in force');
  await expect(previewDisable(world.bot.core, 'xyzzy')).rejects.toMatchObject({ code: 'unknown-module' });
});
