import { afterEach, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type BotWorld, CHANNEL, startBotWorld, type WorldOptions } from './bot-world.ts';
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

test.each([
  ['a lost answer', { kind: 'http', status: 500, applied: true } as const],
  ['a rate limit', { kind: 'rate-limited', retryAfter: 1 } as const],
  ['an archived channel', { kind: 'error', error: 'is_archived' } as const],
])('%s: posted at most once, picture or not, and the run stands', async (_what, fault) => {
  world = await startBotWorld({ deps: { summaryChart: chart } });
  world.slack.faults.set('chat.postMessage', fault);
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  const run = await sync();
  expect(run.state).toBe('done');
  expect(posts().length).toBeLessThanOrEqual(1);
  expect(world.slack.log.of('chat.postMessage')).toHaveLength(1);
});
