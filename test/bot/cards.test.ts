import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { slackPosts } from '../../src/usecases/slack-posts.ts';
import { ADMIN, CHANNEL, OTHER_ADMIN } from './bot-world.ts';
import { CLI, HeldWorld } from './held-world.ts';
import { person, textsIn } from './person.ts';

let world: HeldWorld;
/** The summary with the held line, in the channel. */
let ts: string;

beforeEach(async () => {
  world = await HeldWorld.start();
  ts = await world.bot.slack.waitFor(() => summaries().at(-1)?.ts);
});
afterEach(() => world.bot.close());

/** Summaries that ask something, oldest first. */
const summaries = () =>
  world.bot.slack.messages(CHANNEL).filter(({ blocks }) => JSON.stringify(blocks).includes('"hold.approve"'));
const direct = () => textsIn(world.bot.slack.messages(OTHER_ADMIN).map(({ blocks }) => blocks));
const says = (look: () => string, text: string) =>
  world.bot.slack.waitFor(() => look().includes(text) && look());

/** A second copy of the held line, in Bo's direct messages. */
async function asked(): Promise<void> {
  const alex = person(world.bot, ADMIN);
  await world.click(ADMIN, ts, 'hold.ask');
  await alex.modalSays('Whom');
  world.fill(ADMIN, { 'ask.whom': OTHER_ADMIN, 'ask.text': 'Did they close?' });
  await alex.submit();
  await says(direct, 'Did they close?');
  expect(direct()).toContain('Exclude…');
}

describe('a decision made anywhere', () => {
  test('shows in every copy by itself: the words stay, the buttons go, with who, when, why and until when Undo', async () => {
    await asked();
    const line = await world.line();
    await releaseLine(world.bot.core, { by: CLI, id: line.id, reason: 'The office closed' });
    for (const look of [() => world.inChannel(ts), direct]) {
      const text = await says(look, 'Approved by test');
      expect(text).toContain('*14 → 0*');
      expect(text).toContain('The office closed');
      expect(text).toMatch(/Undo until <!date\^\d+\^[^>]*>, or until the next sync/);
      expect(text).not.toContain('Exclude…');
    }
  });

  test('is undone from a card, once: the count waits again in every copy', async () => {
    await asked();
    await world.click(ADMIN, ts, 'hold.approve');
    await says(direct, 'Approved by <@U0ADMIN>');
    await Promise.all([world.click(ADMIN, ts, 'undo'), world.click(OTHER_ADMIN, ts, 'undo')]);
    for (const look of [() => world.inChannel(ts), direct]) await says(look, 'Exclude…');
    expect(await world.held()).toHaveLength(1);
    await world.click(OTHER_ADMIN, ts, 'hold.approve');
    await says(direct, 'Approved by <@U0BOSS>');
  });

  test('cannot be undone once a sync has gone by it: the button goes, and a late click is refused with a sentence', async () => {
    await world.click(ADMIN, ts, 'hold.approve');
    await says(() => world.inChannel(ts), 'Undo until');
    const [entry] = (await (await world.bot.core.store.snapshot()).list('audit')).filter(
      ({ action }) => action === 'release-line',
    );
    await world.sync();
    await says(() => world.inChannel(ts), 'Superseded by the sync of 10 Nov 2026');
    expect(world.inChannel(ts)).not.toMatch(/\bUndo\n|Exclude…|Open dashboard/);
    expect(world.inChannel(ts)).toContain('Approved by <@U0ADMIN>');
    const payload = {
      type: 'block_actions',
      user: { id: ADMIN, name: 'alex' },
      channel: { id: CHANNEL },
      trigger_id: '5.5.5',
      actions: [
        { action_id: 'undo', value: JSON.stringify({ v: 1, change: entry?.id }), text: { text: 'Undo' } },
      ],
    };
    await world.bot.slack.deliverRaw({
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    });
    await person(world.bot, ADMIN).told('A sync has gone by it since');
  });

  test('that Slack did not show is shown once Slack answers again', async () => {
    const line = await world.line();
    world.bot.slack.faults.set('chat.update', { kind: 'error', error: 'token_revoked' });
    await releaseLine(world.bot.core, { by: CLI, id: line.id });
    await world.bot.bot.idle();
    expect(world.inChannel(ts)).toContain('Exclude…');
    world.bot.slack.faults.clear();
    await world.bot.bot.catchUp();
    expect(world.inChannel(ts)).toContain('Approved by test');
    expect(world.inChannel(ts)).not.toContain('Exclude…');
  });
});

describe('a card that asks no more', () => {
  test('an older summary keeps its words and loses its buttons when the next one stands', async () => {
    const before = world.bot.slack.messages(CHANNEL).map((message) => message.ts);
    world.bot.nextDay();
    await world.sync();
    await says(
      () => world.inChannel(ts),
      'Superseded by the sync of 11 Nov 2026; its summary has the buttons.',
    );
    for (const old of before) {
      const message = world.bot.slack.messages(CHANNEL).find((one) => one.ts === old);
      expect(message?.blocks.some(({ type }) => type === 'actions')).toBe(false);
    }
    expect(world.inChannel(ts)).toContain('*14 → 0*');
    expect(
      summaries()
        .map((one) => one.ts)
        .some((one) => !before.includes(one)),
    ).toBe(true);
  });

  test('a question that nobody answered in two weeks expires, and its place is forgotten in time', async () => {
    await asked();
    for (let day = 0; day < 15; day++) world.bot.nextDay();
    await world.bot.bot.catchUp();
    expect(direct()).toContain('Expired after 14 days. Type `/icb plan` for what is held now.');
    expect(direct()).not.toContain('Exclude…');
    expect((await slackPosts(world.bot.core)).filter(({ message }) => message)).toEqual([]);
    for (let day = 0; day < 20; day++) world.bot.nextDay();
    await world.bot.bot.catchUp();
    expect(await slackPosts(world.bot.core)).toEqual([]);
  });
});
