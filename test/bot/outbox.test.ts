import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSync } from '../../src/usecases/start-sync.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { reborn } from './mortal.ts';
import { person, textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
  await billDailyMail(world.core);
});
afterEach(() => world.close());

const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
const announced = () =>
  world.slack.messages(CHANNEL).filter(({ blocks }) => textsIn(blocks).includes('Posted 1'));
const direct = (user: string) => textsIn(world.slack.messages(user).map(({ blocks }) => blocks));

async function opened() {
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  await alex.modalSays('1 pending item, $175.00');
  return alex;
}

/** By a new icb on the same store, twice. */
async function recovered(): Promise<void> {
  const bot = reborn(world);
  await bot.catchUp();
  await bot.catchUp();
}

describe('an announcement', () => {
  test('whose answer was lost is found by its key, and not posted again', async () => {
    const alex = await opened();
    world.slack.faults.set('chat.postMessage', { kind: 'http', status: 500, applied: true, times: 1 });
    await alex.submit();
    await alex.modalSays('Posted 1 item');
    await world.bot.idle();
    expect(await world.bot.waiting()).toBe(1);
    await recovered();
    expect(announced()).toHaveLength(1);
    expect(await world.bot.waiting()).toBe(0);
  });

  test('that never arrived is posted by the next icb, once', async () => {
    const alex = await opened();
    world.slack.faults.set('chat.postMessage', { kind: 'http', status: 503, times: 1 });
    await alex.submit();
    await alex.modalSays('Posted 1 item');
    await world.bot.idle();
    expect(announced()).toEqual([]);
    await recovered();
    expect(announced()).toHaveLength(1);
  });

  test('that was not even written down, because icb died right after the posting, is made from the audit', async () => {
    const alex = await opened();
    await alex.submit();
    await world.bot.idle();
    // As the store would be without what came after the posting itself.
    const posts = await (await world.core.store.snapshot()).list('slackPosts');
    const [announcement] = posts.filter(({ kind }) => kind === 'announcement');
    await world.core.store.commit({
      remove: [{ kind: 'slackPosts', id: announcement?.id ?? '' }],
    });
    await recovered();
    expect(announced()).toHaveLength(2);
    expect(textsIn(announced().at(-1)?.blocks)).toContain('Posted 1 billing item: 175.00 USD');
  });

  test('in a 429 storm longer than icb waits: posted once, when it is over, and the one who posted was told at once', async () => {
    const alex = await opened();
    world.slack.faults.set('chat.postMessage', { kind: 'rate-limited', retryAfter: 30 });
    await alex.submit();
    await alex.modalSays('Posted 1 item');
    await world.bot.idle();
    await world.bot.catchUp();
    expect([announced().length, await world.bot.waiting()]).toEqual([0, 1]);
    world.slack.faults.clear();
    await recovered();
    expect(announced()).toHaveLength(1);
  });
});

test('replies under a summary that were cut off are completed, each once', async () => {
  world.source.counts = [{ externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 0 }];
  const replies = () =>
    world.slack.log
      .of('chat.postMessage')
      .filter(({ request }) => JSON.stringify(request).includes('thread_ts'));
  const before = replies().length;
  await sync();
  await recovered();
  expect(replies().length).toBeGreaterThan(before);
  const kept = await (await world.core.store.snapshot()).list('slackPosts');
  expect(kept.filter(({ kind, state }) => kind === 'details' && state !== 'posted')).toEqual([]);
  const sent = replies().length;
  await recovered();
  expect(replies()).toHaveLength(sent);
});

test('a request for a role that nobody was asked, because icb died, is asked after the restart, once', async () => {
  const vera = person(world, VIEWER);
  await vera.type('/icb map');
  await vera.told('needs the role *operator*');
  world.slack.faults.set('chat.postMessage', { kind: 'http', status: 503, times: 2 });
  await vera.press('Request access');
  await world.bot.idle();
  expect(direct(OTHER_ADMIN)).not.toContain('asks to become');
  await recovered();
  for (const admin of [ADMIN, OTHER_ADMIN])
    expect(direct(admin).split('asks to become an operator')).toHaveLength(2);
});

test('where direct messages cannot be read, one whose answer was lost comes rather twice than not at all', async () => {
  const vera = person(world, VIEWER);
  await vera.type('/icb map');
  await vera.told('needs the role *operator*');
  world.slack.faults.set('chat.postMessage', { kind: 'http', status: 503, times: 2 });
  await vera.press('Request access');
  await world.bot.idle();
  world.slack.faults.set('conversations.history', { kind: 'error', error: 'missing_scope' });
  await recovered();
  for (const admin of [ADMIN, OTHER_ADMIN]) expect(direct(admin)).toContain('asks to become an operator');
});
