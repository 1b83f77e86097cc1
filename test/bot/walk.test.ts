import { afterEach, expect, test } from 'vitest';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { ADMIN, type BotWorld, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

test('the whole walk: enable, sync, map, services, sync, summary, post', async () => {
  world = await startBotWorld();
  const alex = person(world, ADMIN);

  await alex.type('/icb enable');
  await alex.modalSays('Datto RMM');
  await alex.press('Switch on');
  await alex.modalSays('On, not counted yet');
  await alex.press('Sync now');
  await alex.modalSays('Counted Datto RMM');
  expect(alex.modal()).toContain('1 module organization, 1 unmapped');
  await alex.told('This was the first sync');
  await world.slack.closeView(ADMIN);

  await alex.type('/icb map');
  await alex.modalSays('Sure: *Daily Mail*');
  alex.choose('Approve Daily Mail');
  expect(await alex.submit()).toEqual({});
  expect(alex.modal()).toContain('*Daily Mail* (Datto RMM): not mapped → *Daily Mail*');
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  await alex.told('By <@U0ADMIN>');
  await world.slack.closeView(ADMIN);

  await alex.type('/icb services Daily Mail');
  await alex.modalSays('AllDevicesMetric');
  expect(alex.modal()).toContain('because its period is yearly, not monthly');
  alex.choose(/^Desktop Monitoring · \$12.50/, 'AllDevicesMetric');
  alex.choose('Ignore the rest');
  expect(await alex.submit()).toEqual({});
  expect(alex.modal()).toContain('14 × $12.50 = $175.00 a period');
  await alex.submit();
  await alex.modalSays('service mappings saved for Daily Mail');
  await world.slack.closeView(ADMIN);

  await alex.type('/icb sync now');
  await alex.told('Counting');
  await alex.told('*Pending: $175.00*');
  await alex.told('Daily Mail: Desktop Monitoring 0 → 14');
  const { items } = await listBillingItems(world.core, { filter: { status: 'pending' } });
  expect(items.map((item) => [item.units, item.amount, item.kind])).toEqual([[14, '175.00', 'period']]);

  await alex.type('/icb post');
  await alex.modalSays('1 pending item, $175.00');
  await alex.submit();
  await alex.modalSays('Posted 1 item · $175.00');
  await alex.told('Posted 1 item · $175.00');
  expect(world.logged).toEqual([]);
});
