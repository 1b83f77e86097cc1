import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { disableModule } from '../../src/usecases/disable-module.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, CHANNEL, startBotWorld, VIEWER } from './bot-world.ts';
import { person, textsIn } from './person.ts';

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld({
    organizations: [
      { externalId: 'site-1', name: 'Daily Mail' },
      { externalId: 'site-2', name: 'Nobody & Sons' },
    ],
    counts: [
      { externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 14 },
      { externalId: 'site-2', billingType: 'AllDevicesMetric', quantity: 3 },
    ],
  });
  await billDailyMail(world.core);
});
afterEach(() => world.close());

/** What the last file in a person's direct messages holds. */
async function fileOf(user: string): Promise<Record<string, string>[]> {
  const file = world.slack.messages(user).at(-1)?.files.at(-1) as { url_private?: string } | undefined;
  const answer = await fetch(file?.url_private ?? '', { headers: { authorization: 'Bearer xoxb-demo' } });
  return parse(await answer.text(), { columns: true, bom: true });
}

test('/icb log csv: the whole log as a file to the person alone, and said where', async () => {
  await disableModule(world.core, { module: 'datto-rmm', by: { kind: 'cli', name: '=HYPERLINK()' } });
  const vera = person(world, VIEWER);
  await vera.type('/icb log csv');
  await vera.told(/The log is a CSV file in your direct messages with icb: \d+ changes?, newest first\./);
  expect((await fileOf(VIEWER))[0]).toMatchObject({ by: "'=HYPERLINK()", action: 'disable-module' });
  const alex = person(world, ADMIN);
  await alex.type('/icb enable Datto RMM');
  await alex.told('Datto RMM* is on');
  await vera.type('/icb log csv');
  await world.bot.idle();
  expect((await fileOf(VIEWER))[0]).toMatchObject({ by: `alex (${ADMIN})`, where: CHANNEL });
  await vera.type('/icb log');
  await vera.told(`<@${ADMIN}> in <#${CHANNEL}>: Datto RMM enabled`);
  expect(textsIn(world.slack.messages(CHANNEL).map(({ blocks }) => blocks))).not.toContain('CSV');
  expect(world.logged).toEqual([]);
});

test('/icb items csv: every item, as the dashboard exports them', async () => {
  const vera = person(world, VIEWER);
  await vera.type('/icb items');
  await vera.told('Billing items by module');
  await vera.press('Send me a CSV');
  await vera.told(
    'The list of billing items is a CSV file in your direct messages with icb: 1 billing item,',
  );
  expect(await fileOf(VIEWER)).toMatchObject([
    { organization: 'Daily Mail', status: 'pending', units: '14', amount: '175.00', currency: 'USD' },
  ]);
});

test('/icb plan csv: every line with its reason; and what bills nowhere', async () => {
  const vera = person(world, VIEWER);
  await vera.type('/icb plan csv');
  await vera.told('The plan is a CSV file in your direct messages with icb: 1 line of');
  expect(await fileOf(VIEWER)).toMatchObject([
    { action: 'none', organization: 'Daily Mail', oldUnits: '14', newUnits: '14', reason: 'count-same' },
  ]);
  await vera.type('/icb plan leakage csv');
  await vera.told('What bills nowhere is a CSV file in your direct messages with icb:');
  expect(await fileOf(VIEWER)).toMatchObject([
    { moduleOrganization: 'Nobody & Sons', units: '3', reason: 'unmapped-organization' },
  ]);
});
