import { afterEach, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld, type WorldOptions } from './bot-world.ts';
import { textsIn } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const chart = async () => ({ png: PNG, title: 'Pending by module', altText: 'Datto RMM: $175.00' });

async function synced(options: WorldOptions = {}) {
  world = await startBotWorld(options);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  return sync();
}

const sync = async () => (await startSync(world.core, { trigger: 'night', by: CLI })).finished;
const posts = () => world.slack.messages(CHANNEL);

describe('the summary', () => {
  test('says the verdict first, in the notification too, and offers what to do', async () => {
    await synced();
    const [message] = posts();
    expect(message?.text).toBe('1 thing needs you, no changes (10 Nov 2026)');
    const text = textsIn(message?.blocks);
    expect(text).toContain('nightly sync · 1 of 1 module counted');
    expect(text).toContain('1 module organization is not mapped; its usage bills nowhere.');
    expect(text).toMatch(/Map now[\s\S]*Preview plan[\s\S]*Open dashboard/);
    expect(text).not.toContain('Approve and post');
  });

  test('a failed module is named with its reason', async () => {
    await synced();
    world.source.failure = new IcbError('source-unavailable', 'Datto RMM does not answer. Try again later.');
    await sync();
    const last = posts().at(-1);
    expect(last?.text).toContain('Sync failed: nothing could be counted');
    expect(textsIn(last?.blocks)).toContain('Datto RMM could not be counted: Datto RMM does not answer.');
    expect(textsIn(last?.blocks)).not.toContain('This was the first sync');
  });

  test('carries its picture, with the numbers in words', async () => {
    await synced({ deps: { summaryChart: chart } });
    const image = posts()[0]?.blocks.find((block) => block.type === 'image');
    expect(image).toMatchObject({ alt_text: 'Datto RMM: $175.00', slack_file: { id: expect.any(String) } });
  });

  test('waits for a picture that Slack does not know yet', async () => {
    world = await startBotWorld({ deps: { summaryChart: chart } });
    world.slack.faults.set('chat.postMessage', { kind: 'error', error: 'invalid_blocks', times: 2 });
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    await sync();
    expect(posts()).toHaveLength(1);
    expect(posts()[0]?.blocks.some((block) => block.type === 'image')).toBe(true);
  });

  test.each([
    ['cannot be drawn', { summaryChart: () => Promise.reject(new Error('no fonts')) }, undefined],
    ['cannot be uploaded', { summaryChart: chart }, 'files.getUploadURLExternal'],
  ])('comes without its picture when that %s', async (_what, deps, broken) => {
    world = await startBotWorld({ deps });
    if (broken) world.slack.faults.set(broken, { kind: 'error', error: 'missing_scope' });
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    await sync();
    expect(posts()).toHaveLength(1);
    expect(world.logged.map((one) => one.message)).toEqual([
      'the picture of a summary could not be made; posting without it',
    ]);
  });
});

test('a lost answer: posted at most once, picture or not, and the run stands', async () => {
  world = await startBotWorld({ deps: { summaryChart: chart } });
  world.slack.faults.set('chat.postMessage', { kind: 'http', status: 500, applied: true });
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  const run = await sync();
  expect(run.state).toBe('done');
  expect(posts()).toHaveLength(1);
  expect(world.slack.log.of('chat.postMessage')).toHaveLength(1);
  // Told again, as after a restart: nobody knows whether it arrived, so it is not repeated.
  await world.bot.notifier.syncFinished(run);
  expect(world.slack.log.of('chat.postMessage')).toHaveLength(1);
});

test('a rate limit is waited for, as long as Slack says, and posted once', async () => {
  const waits: number[] = [];
  world = await startBotWorld({ deps: { wait: async (ms) => void waits.push(ms) } });
  world.slack.faults.set('chat.postMessage', { kind: 'rate-limited', retryAfter: 7, times: 1 });
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await sync();
  expect(posts()).toHaveLength(1);
  expect(waits).toContain(7_000);
});

describe('a channel that cannot be posted to', () => {
  test.each([
    ['is_archived', 'it is archived'],
    ['not_in_channel', 'icb is not in it'],
    ['channel_not_found', 'icb cannot see it'],
  ])('%s: the billing administrators get it, and why', async (error, why) => {
    world = await startBotWorld();
    world.slack.faults.set('chat.postMessage', { kind: 'error', error, times: 1 });
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    const run = await sync();
    expect([run.state, posts().length]).toEqual(['done', 0]);
    for (const admin of [ADMIN, OTHER_ADMIN]) {
      const told = textsIn(world.slack.messages(admin).map((one) => one.blocks));
      expect(told).toContain(why);
      expect(told).toContain('SLACK_CHANNEL');
      expect(told).toContain('1 module organization is not mapped');
    }
    await world.bot.notifier.syncFinished(run);
    expect(world.slack.messages(ADMIN)).toHaveLength(1);
  });

  test('nor can anybody be told: it is logged, and the run stands', async () => {
    world = await startBotWorld();
    world.slack.faults.set('chat.postMessage', { kind: 'error', error: 'is_archived' });
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    expect((await sync()).state).toBe('done');
    expect(world.logged.map((one) => one.message)).toEqual([
      'the channel cannot be posted to; telling the admins',
      'Slack did not take a message',
      'Slack did not take a message',
    ]);
  });
});
