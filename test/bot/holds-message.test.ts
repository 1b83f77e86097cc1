import { afterEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { ADMIN, CHANNEL, OTHER_ADMIN, VIEWER } from './bot-world.ts';
import { CLI, HeldWorld } from './held-world.ts';
import { person, textsIn } from './person.ts';

let world: HeldWorld;
afterEach(() => world.bot.close());

describe('in a message that everybody sees', () => {
  test('two people at once: one decides, the other is told who did', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await Promise.all([world.click(ADMIN, ts, 'hold.approve'), world.click(OTHER_ADMIN, ts, 'hold.approve')]);
    const text = await world.channelSays(ts, 'Approved by <@');
    expect(text).toContain('*14 → 0*');
    expect(text).not.toMatch(/Exclude…|Approve all/);
    const [[, winner] = []] = await world.decisions();
    expect(await world.decisions()).toHaveLength(1);
    const loser = winner === 'alex' ? OTHER_ADMIN : ADMIN;
    await person(world.bot, loser).told(
      `*This is decided already.* Approved by <@${winner === 'alex' ? ADMIN : OTHER_ADMIN}>`,
    );
    expect(world.bot.slack.ephemerals(winner === 'alex' ? ADMIN : OTHER_ADMIN)).toEqual([]);
  });

  test('Exclude… while somebody else approves: nothing is excluded', async () => {
    world = await HeldWorld.start();
    const line = await world.line();
    const ts = await world.posted();
    const alex = person(world.bot, ADMIN);
    await world.click(ADMIN, ts, 'hold.exclude');
    await alex.modalSays('Until and including');
    const bo = { kind: 'slack', userId: OTHER_ADMIN, name: 'bo' } as const;
    await releaseLine(world.bot.core, { by: bo, id: line.id, reason: 'They left' });
    world.fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    expect(alex.modal()).toContain('*This is decided already.* Approved by <@U0BOSS>');
    await world.channelSays(ts, 'Approved by <@U0BOSS>');
    expect(world.inChannel(ts)).toContain('They left');
    expect(await world.decisions()).toHaveLength(1);
  });

  test('Exclude… keeps the message and its picture', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.click(ADMIN, ts, 'hold.exclude');
    const alex = person(world.bot, ADMIN);
    await alex.modalSays('Until and including');
    world.fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    await world.channelSays(ts, 'Excluded until 30 Nov 2026 by <@U0ADMIN>');
    const message = world.bot.slack.messages(CHANNEL).find((one) => one.ts === ts);
    expect(message?.blocks[0]).toMatchObject({ type: 'image', alt_text: 'A chart' });
    expect(message?.text).toBe('Sync of tonight');
  });

  test('a restart between form and submit: excluded all the same, told to the one who did it', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.click(ADMIN, ts, 'hold.exclude');
    const alex = person(world.bot, ADMIN);
    await alex.modalSays('Until and including');
    const view = world.bot.slack.views(ADMIN)[0]?.view as { private_metadata: string };
    const forgotten = view.private_metadata.replace(ts, '1.000001');
    const state = {
      values: {
        'exclude.reason': { 'exclude.reason': { value: 'Moving' } },
        'exclude.until': { 'exclude.until': { selected_date: '2026-11-30' } },
      },
    };
    const form = { callback_id: 'hold.exclude', private_metadata: forgotten, state };
    await world.deliverSubmit({ id: ADMIN, name: 'alex' }, form);
    await alex.told('Excluded the counts of Daily Mail: Desktop Monitoring, All devices until 2026-11-30');
    await world.click(OTHER_ADMIN, ts, 'hold.approve');
    await world.channelSays(ts, 'Excluded until 30 Nov 2026 by <@U0ADMIN>');
  });

  test('Approve all when somebody has: told to the one who clicked, the message mended', async () => {
    world = await HeldWorld.start();
    const line = await world.line();
    const ts = await world.posted();
    await releaseLine(world.bot.core, { by: CLI, id: line.id });
    await world.click(ADMIN, ts, 'hold.approve-all:0');
    await person(world.bot, ADMIN).told('Nothing of Datto RMM is held.');
    expect(await world.channelSays(ts, 'Approved by test')).not.toContain('Approve all');
  });

  test('counts that changed since they were shown are shown again, not approved', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.jump();
    await world.click(ADMIN, ts, 'hold.approve');
    await person(world.bot, ADMIN).told('changed since it was shown: now 14 → 30. Nothing was decided');
    await world.channelSays(ts, '*14 → 30*');
    expect(await world.decisions()).toEqual([]);
    await world.click(ADMIN, ts, 'hold.approve');
    await world.channelSays(ts, 'Approved by <@U0ADMIN>');
  });

  test('Approve all approves what was shown: other counts are shown first', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.jump();
    await world.click(ADMIN, ts, 'hold.approve-all:0');
    await person(world.bot, ADMIN).told(
      'What is held of Datto RMM changed since it was shown: 1 held count was shown, now it is 1 (Daily Mail: Desktop Monitoring, All devices 14 → 30). Nothing was approved; look again.',
    );
    await world.channelSays(ts, '*14 → 30*');
    expect(await world.decisions()).toEqual([]);
    await world.click(ADMIN, ts, 'hold.approve-all:0');
    await world.channelSays(ts, 'Approved the 1 held count of Datto RMM');
  });

  test('Exclude… excludes what the form says: other counts are shown in it first, and what was typed stays', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    const alex = person(world.bot, ADMIN);
    await world.click(ADMIN, ts, 'hold.exclude');
    await alex.modalSays('*14 → 0*');
    await world.jump();
    world.fill(ADMIN, { 'exclude.reason': 'Moving', 'exclude.units': '10' });
    await alex.submit();
    expect(alex.modal()).toContain('now 14 → 30. Nothing was decided');
    expect(alex.modal()).toContain('*14 → 30*');
    expect(await world.decisions()).toEqual([]);
    await world.channelSays(ts, '*14 → 30*');
    await alex.submit();
    await world.channelSays(ts, '10 units excluded until 30 Nov 2026 by <@U0ADMIN>');
  });

  test.each(['hold.approve', 'hold.exclude', 'hold.ask', 'hold.approve-all:0'])(
    'a viewer who clicks %s is refused',
    async (actionId) => {
      world = await HeldWorld.start();
      const ts = await world.posted();
      await world.click(VIEWER, ts, actionId);
      await person(world.bot, VIEWER).told('This needs the role');
      expect(world.bot.slack.views(VIEWER)).toEqual([]);
      expect(await world.decisions()).toEqual([]);
    },
  );

  test('a viewer who submits somebody else’s form is refused', async () => {
    world = await HeldWorld.start();
    const line = await world.line();
    const view = {
      callback_id: 'hold.exclude',
      private_metadata: JSON.stringify({ v: 1, line: line.id, place: {} }),
      state: { values: {} },
    };
    const answer = await world.deliverSubmit({ id: VIEWER, name: 'vera' }, view);
    expect(JSON.stringify(answer)).toContain('This needs the role');
    expect(await world.decisions()).toEqual([]);
  });
});

describe('Ask…', () => {
  const ask = async (whom: string, where: string) => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.click(ADMIN, ts, 'hold.ask');
    await person(world.bot, ADMIN).modalSays('Whom?');
    world.fill(ADMIN, { 'ask.whom': whom, 'ask.where': where, 'ask.text': 'All of\nthem & <!channel>?' });
    await person(world.bot, ADMIN).submit();
  };

  test('a direct message with the line and its buttons, which decide it', async () => {
    await ask(OTHER_ADMIN, 'direct');
    expect(person(world.bot, ADMIN).modal()).toContain('Asked <@U0BOSS>.');
    const { items } = await listAudit(world.bot.core, { limit: 1 });
    expect(items).toMatchObject([
      {
        action: 'ask-about-line',
        by: { userId: ADMIN },
        text: 'Asked U0BOSS about Daily Mail: Desktop Monitoring, All devices: 14 → 0: All of\nthem & <!channel>?',
      },
    ]);
    const [message] = world.bot.slack.messages(OTHER_ADMIN);
    expect(textsIn(message?.blocks)).toContain(
      '<@U0BOSS>, <@U0ADMIN> asks about this held count:\n>All of them &amp; &lt;!channel&gt;?',
    );
    await world.click(OTHER_ADMIN, message?.ts ?? '', 'hold.approve');
    await world.bot.slack.waitFor(() =>
      textsIn(world.bot.slack.messages(OTHER_ADMIN)[0]?.blocks).includes('Approved by <@U0BOSS>'),
    );
  });

  test('in the channel, mentioning the person', async () => {
    await ask(VIEWER, 'channel');
    const last = world.bot.slack.messages(CHANNEL).at(-1);
    expect(textsIn(last?.blocks)).toContain('<@U0VIEW>, <@U0ADMIN> asks');
    expect(textsIn(last?.blocks)).toContain('Approve');
  });

  test('somebody who may not decide gets no buttons, but a name', async () => {
    await ask(VIEWER, 'direct');
    const text = textsIn(world.bot.slack.messages(VIEWER)[0]?.blocks);
    expect(text).toContain('Answer <@U0ADMIN>, who can decide it.');
    expect(text).not.toContain('Exclude…');
  });

  test('nobody chosen is told in the field; so is who cannot be written to', async () => {
    world = await HeldWorld.start();
    const ts = await world.posted();
    await world.click(ADMIN, ts, 'hold.ask');
    const alex = person(world.bot, ADMIN);
    await alex.modalSays('Whom?');
    world.fill(ADMIN, { 'ask.whom': VIEWER });
    world.bot.slack.faults.set('chat.postMessage', { kind: 'error', error: 'cannot_dm_bot' });
    expect(await alex.submit()).toEqual({
      'ask.whom': 'Slack lets icb not write to this person. Ask in the channel, or somebody else.',
    });
    expect((await listAudit(world.bot.core, { limit: 1 })).items[0]?.action).not.toBe('ask-about-line');
  });
});
