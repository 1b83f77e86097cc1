import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inspectChannel } from '../../bot/slack/inspect-place.ts';
import { SharedChannels } from '../../bot/slack/shared-channels.ts';
import { ADMIN, type BotWorld, CHANNEL, PARTNERS, startBotWorld } from './bot-world.ts';
import { person, textsIn } from './person.ts';

const REFUSED = 'This channel is shared with another company';

describe('in a channel that another company sees too', () => {
  let world: BotWorld;
  beforeEach(async () => {
    world = await startBotWorld();
  });
  afterEach(() => world.close());
  const shown = (channel: string) => textsIn(world.slack.messages(channel).map(({ blocks }) => blocks));

  test('no command is answered but by why; elsewhere the same is, and Slack is asked once', async () => {
    const alex = person(world, ADMIN);
    await world.slack.command(ADMIN, '/icb items', { channel: PARTNERS });
    await alex.told(REFUSED);
    await world.slack.command(ADMIN, '/icb enable Datto RMM', { channel: PARTNERS });
    await world.bot.idle();
    expect(world.slack.ephemerals(ADMIN)).toHaveLength(2);
    await alex.type('/icb enable Datto RMM');
    await alex.told('Datto RMM* is on');
    expect(world.slack.log.of('conversations.info').map(({ request }) => request)).toMatchObject([
      { channel: PARTNERS },
      { channel: CHANNEL },
    ]);
    expect(world.logged).toEqual([]);
  });

  test('a usage file is not read there', async () => {
    const bytes = new TextEncoder().encode('Customer,Agents\nDaily Mail,21\n');
    await world.slack.shareFile(ADMIN, { name: 'usage.csv', bytes }, { channel: PARTNERS });
    await person(world, ADMIN).told(REFUSED);
    expect(shown(PARTNERS)).not.toContain('Daily Mail');
  });

  test('where Slack does not say, the command is answered to the one who typed it', async () => {
    world.slack.faults.set('conversations.info', { kind: 'error', error: 'missing_scope' });
    await world.slack.command(ADMIN, '/icb help', { channel: PARTNERS });
    await person(world, ADMIN).told('What you can type after /icb');
    expect(shown(PARTNERS)).toBe('');
  });

  test('where Slack does not say, nothing is put where all read it; the next time it is asked again', async () => {
    const alex = person(world, ADMIN);
    await alex.type('/icb items');
    await alex.told('Billing items by module');
    world.slack.faults.set('conversations.info', { kind: 'rate-limited', retryAfter: 30 });
    const bytes = new TextEncoder().encode('Customer,Agents\nDaily Mail,21\n');
    await world.slack.shareFile(ADMIN, { name: 'usage.csv', bytes }, { channel: PARTNERS });
    await alex.told('Slack does not say whether another company reads this channel');
    expect(shown(PARTNERS)).not.toContain('Daily Mail');
    world.slack.faults.clear();
    await world.slack.command(ADMIN, '/icb items', { channel: PARTNERS });
    await alex.told(REFUSED);
  });

  test('doctor says when summaries go to such a channel', async () => {
    expect(
      await inspectChannel(new WebClient('xoxb-demo', { slackApiUrl: world.slack.apiUrl }), PARTNERS),
    ).toMatchObject({
      ok: false,
      text: expect.stringContaining('is shared with another company'),
    });
  });
});

describe('what is known of a channel', () => {
  const answers = { channel: { id: 'C1', is_ext_shared: true } };

  test('is asked anew after ten minutes, and kept for 500 channels', async () => {
    const asked: string[] = [];
    let now = 0;
    const shared = new SharedChannels(
      async (channel) => {
        asked.push(channel);
        return answers;
      },
      () => now,
    );
    expect(await shared.isShared('C1')).toBe(true);
    now = 599_999;
    expect(await shared.isShared('C1')).toBe(true);
    expect(asked).toEqual(['C1']);
    now = 600_000;
    await shared.isShared('C1');
    expect(asked).toEqual(['C1', 'C1']);
    for (let n = 0; n < 500; n++) await shared.isShared(`C2${n}`);
    await shared.isShared('C1');
    expect(asked.filter((channel) => channel === 'C1')).toHaveLength(3);
  });

  test.each([
    ['a channel about to be shared', { channel: { is_pending_ext_shared: true } }, true],
    ['one of several workspaces of the same company', { channel: { is_org_shared: true } }, false],
    ['an answer of another shape', { ok: true }, undefined],
  ])('%s', async (_what, answer, expected) => {
    expect(
      await new SharedChannels(
        async () => answer,
        () => 0,
      ).isShared('C1'),
    ).toBe(expected);
  });

  test('a direct message is never asked about', async () => {
    const shared = new SharedChannels(
      () => Promise.reject(new Error('asked')),
      () => 0,
    );
    expect(await shared.isShared('D1')).toBe(false);
  });
});
