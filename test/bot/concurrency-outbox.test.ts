import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { createBot } from '../../bot/app.ts';
import type { SyncRun } from '../../src/domain/sync-run.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { rememberSummary, summaryOf } from '../../src/usecases/remember-summary.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld } from './bot-world.ts';
import { textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;

let world: BotWorld;
afterEach(() => world.close());

async function enabled(): Promise<void> {
  world = await startBotWorld();
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
}

const sync = async (): Promise<SyncRun> =>
  (await startSync(world.core, { trigger: 'night', by: CLI })).finished;
const posts = () => world.slack.messages(CHANNEL);

/** The store as it is, seen by an icb that was started anew: what the old one held in memory is gone. */
function reborn() {
  const bot = createBot({
    core: world.core,
    settings: {
      botToken: 'xoxb-demo',
      signingSecret: 'demo-signing-secret',
      channel: CHANNEL,
      admins: [ADMIN, OTHER_ADMIN],
      apiUrl: world.slack.apiUrl,
    },
    signIn: async () => 'https://icb.example.com/',
    machineNow: () => Date.now(),
    wait: () => setImmediate(),
  });
  return {
    async recovers(): Promise<void> {
      const told: Promise<void>[] = [];
      const notifier = {
        syncFinished: (run: SyncRun) => {
          const done = bot.notifier.syncFinished(run);
          told.push(done.catch(() => {}));
          return done;
        },
      };
      await recoverRuns({ ...world.core, notifier });
      await Promise.all(told);
    },
  };
}

describe('icb dies between work and message', () => {
  test('before the summary was sent: the next start posts it, once', async () => {
    await enabled();
    world.slack.faults.set('chat.postMessage', { kind: 'http', status: 503, times: 1 });
    const run = await sync();
    expect(posts()).toHaveLength(0);
    await reborn().recovers();
    await reborn().recovers();
    expect(posts()).toHaveLength(1);
    expect((await summaryOf(world.core, run))?.ts).toBe(posts()[0]?.ts);
  });

  test('after it was sent, before its place was recorded: the next start finds it and posts nothing', async () => {
    await enabled();
    const run = await sync();
    const [posted] = posts();
    await rememberSummary(world.core, run, { channel: CHANNEL });
    await reborn().recovers();
    expect(posts()).toHaveLength(1);
    expect((await summaryOf(world.core, run))?.ts).toBe(posted?.ts);
  });

  test('and the channel cannot be read: not posted again, the admins are told, once', async () => {
    await enabled();
    world.slack.faults.set('chat.postMessage', { kind: 'http', status: 500, applied: true, times: 1 });
    await sync();
    world.slack.faults.set('conversations.history', { kind: 'error', error: 'missing_scope' });
    await reborn().recovers();
    await reborn().recovers();
    expect(posts()).toHaveLength(1);
    for (const admin of [ADMIN, OTHER_ADMIN]) {
      expect(world.slack.messages(admin)).toHaveLength(1);
      expect(textsIn(world.slack.messages(admin)[0]?.blocks)).toContain('channels:history');
    }
  });
});

test('told twice at the same moment, it is posted once', async () => {
  await enabled();
  world.slack.faults.set('chat.postMessage', { kind: 'error', error: 'internal_error', times: 1 });
  const run = await sync();
  expect(posts()).toHaveLength(0);
  await Promise.all([world.bot.notifier.syncFinished(run), world.bot.notifier.syncFinished(run)]);
  expect(posts()).toHaveLength(1);
});

test('a 429 storm longer than icb waits: the run stands, the summary comes with the next start, once', async () => {
  await enabled();
  world.slack.faults.set('*', { kind: 'rate-limited', retryAfter: 30 });
  const run = await sync();
  expect([run.state, posts().length]).toEqual(['done', 0]);
  world.slack.faults.clear();
  await reborn().recovers();
  expect(posts()).toHaveLength(1);
});

test('a token revoked: the run stands and is logged; with a new token the summary is posted, once', async () => {
  await enabled();
  world.slack.faults.set('*', { kind: 'error', error: 'token_revoked' });
  const run = await sync();
  expect([run.state, posts().length]).toEqual(['done', 0]);
  expect(
    JSON.stringify(world.logged.map(({ facts, message }) => [String(Object.values(facts)), message])),
  ).toContain('token_revoked');
  expect((await summaryOf(world.core, run))?.problem).toBe('token_revoked');
  world.slack.faults.clear();
  await reborn().recovers();
  await reborn().recovers();
  expect(posts()).toHaveLength(1);
});
