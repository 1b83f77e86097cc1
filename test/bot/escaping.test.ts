import { afterEach, expect, test } from 'vitest';
import { isJson } from '../../src/simulators/slack/block-kit/walk-blocks.ts';
import { ADMIN, type BotWorld, DAILY_MAIL, startBotWorld } from './bot-world.ts';
import { person } from './person.ts';

/** A customer that wants to ping the whole channel, a person, and to look like a link. */
const HOSTILE = 'A&B <!channel> <@U0BOSS> <https://evil.example|Log in>';
const MARKS = ['<!channel>', '<@U0BOSS>', '<https://evil.example'];

let world: BotWorld;
afterEach(() => world.close());

/** Texts that Slack reads as mrkdwn: messages' own, and those of blocks that say so. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isJson(value)) return [];
  const own = value.type === 'mrkdwn' || (value.type === undefined && 'text' in value) ? [value.text] : [];
  return [...own.filter((text) => typeof text === 'string'), ...Object.values(value).flatMap(mrkdwnIn)];
}

test('a name from outside pings nobody and links nowhere, in nothing that is sent', async () => {
  world = await startBotWorld({
    book: {
      ...DAILY_MAIL,
      organizations: DAILY_MAIL.organizations.map((each) =>
        each.id === '10' ? { ...each, name: HOSTILE } : each,
      ),
      contracts: DAILY_MAIL.contracts.map((each) => ({ ...each, name: HOSTILE })),
      contractServices: DAILY_MAIL.contractServices.map((each) => ({
        ...each,
        service: `${each.id} ${HOSTILE}`,
      })),
    },
    organizations: [{ externalId: 'site-1', name: HOSTILE }],
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb enable Datto RMM');
  await alex.told('Datto RMM* is on');
  await alex.type('/icb sync now');
  await alex.told('This was the first sync');
  await alex.type('/icb map');
  await alex.modalSays('Sure');
  alex.choose('Approve');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('1 mapping saved');
  await world.slack.closeView(ADMIN);
  await alex.type(`/icb services ${HOSTILE}`);
  await alex.modalSays('AllDevicesMetric');
  alex.choose(/^1000/, 'AllDevicesMetric');
  alex.choose('Ignore the rest');
  await alex.submit();
  await alex.submit();
  await alex.modalSays('service mappings saved');
  await world.slack.closeView(ADMIN);
  await alex.type('/icb sync now');
  await alex.told('*Pending: $175.00*');
  for (const line of ['plan', 'items', 'log', 'explain <!channel>', '<!channel>'])
    await alex.type(`/icb ${line}`);
  await alex.type('/icb post');
  await alex.modalSays('1 pending item');
  await world.slack.openHome(ADMIN);
  await world.bot.idle();

  const sent = world.slack.log.entries
    .filter((entry) => entry.kind !== 'delivery')
    .map((entry) => (typeof entry.request === 'string' ? JSON.parse(entry.request) : entry.request));
  const texts = sent.flatMap(mrkdwnIn);
  const naming = texts.filter((text) => text.includes('A&amp;B'));
  expect(naming.length).toBeGreaterThan(10);
  // Each mark stands there escaped and nowhere as itself.
  expect(naming.some((text) => text.includes('&lt;!channel&gt;'))).toBe(true);
  for (const mark of MARKS) expect(texts.filter((text) => text.includes(mark))).toEqual([]);
});
