import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TenantStore } from '../../src/ports/store.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { Mortal, reborn } from './mortal.ts';
import { person, textsIn } from './person.ts';

let world: BotWorld;
let mortal: Mortal;
let stores: { core: TenantStore; notes: TenantStore };

beforeEach(async () => {
  mortal = new Mortal();
  world = await startBotWorld({ deps: { fetch: mortal.fetch } });
  stores = { core: mortal.live(world.core.store), notes: mortal.live(world.notes) };
});
afterEach(async () => {
  mortal.bury();
  await world.close();
});

const direct = (user: string) => world.slack.messages(user).map(({ blocks }) => textsIn(blocks));
const enabled = async () =>
  (await listModules({ ...world.core, store: stores.core })).find(({ id }) => id === 'datto-rmm')?.enabled;
const noted = async () => (await stores.notes.snapshot()).list('slackTasks');

/** Twice: what was told is not told again. */
async function recovered(): Promise<void> {
  const bot = reborn(world, stores);
  await bot.catchUp();
  await bot.catchUp();
}

describe('icb dies', () => {
  test('between ack and work: nothing was changed, and the person is told so with a way to do it again', async () => {
    // The ack waits for the note; the note is the last thing that this icb does.
    mortal.diesAfterCommits(1);
    void world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL });
    await expect.poll(noted).toHaveLength(1);
    await recovered();
    expect(await enabled()).toBe(false);
    expect(direct(ADMIN)).toHaveLength(1);
    expect(direct(ADMIN)[0]).toContain('I could not answer your `/icb enable datto-rmm` of');
    expect(direct(ADMIN)[0]).toContain('*Nothing was changed by it.*');
    expect(await noted()).toEqual([]);
  });

  test('between work and message: it was done once, and the person is told that it was', async () => {
    // The note, then the change itself.
    mortal.diesAfterCommits(2);
    await world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL });
    await expect.poll(enabled).toBe(true);
    await recovered();
    expect(world.slack.ephemerals(ADMIN)).toEqual([]);
    expect(direct(ADMIN)).toHaveLength(1);
    expect(direct(ADMIN)[0]).toContain('*It is done, and need not be repeated:*');
    expect(direct(ADMIN)[0]).toContain('Datto RMM enabled');
    const { items } = await listAudit({ ...world.core, store: stores.core });
    expect(items.filter(({ action }) => action === 'enable-module')).toHaveLength(1);
    expect(items.find(({ action }) => action === 'enable-module')?.task).toMatch(/^task_/);
  });

  test('in the middle of telling: a message that arrived is found by its key and not sent again', async () => {
    mortal.diesAfterCommits(1);
    void world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL });
    await expect.poll(noted).toHaveLength(1);
    world.slack.faults.set('chat.postMessage', { kind: 'http', status: 503, applied: true, times: 1 });
    await recovered();
    expect(direct(ADMIN)).toHaveLength(1);
    expect((await (await stores.core.snapshot()).list('slackPosts'))[0]?.state).toBe('posted');
  });

  test('once the person was answered, nothing is noted any more and nobody is told again', async () => {
    await world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL });
    await person(world, ADMIN).told('Datto RMM');
    await expect.poll(noted).toEqual([]);
    await recovered();
    expect(direct(ADMIN)).toEqual([]);
  });
});

test('what only looks is not noted', async () => {
  mortal.diesAfterCommits(1);
  await world.slack.command(VIEWER, '/icb help', { channel: CHANNEL });
  await person(world, VIEWER).told('/icb map');
  expect(await noted()).toEqual([]);
});

test('what cannot be noted is not begun, and Slack is told instead of an ack', async () => {
  const { commit } = world.notes;
  world.notes.commit = async () => Promise.reject(new Error('disk full'));
  await world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL });
  await person(world, ADMIN).told('nothing was begun and nothing was changed');
  expect(await enabled()).toBe(false);
  world.notes.commit = commit;
});

test('a token revoked: the change stands, and the person is told once the token works again', async () => {
  world.slack.faults.set('*', { kind: 'error', error: 'token_revoked' });
  // The answer beside the command fails too: it is older than Slack keeps its address.
  const respond = 'https://127.0.0.1:9/gone';
  await world.slack.deliverRaw({
    body: new URLSearchParams({
      command: '/icb',
      text: 'enable datto-rmm',
      user_id: ADMIN,
      user_name: 'alex',
      channel_id: CHANNEL,
      trigger_id: '7.7.7',
      response_url: respond,
    }).toString(),
  });
  await expect.poll(enabled).toBe(true);
  await world.bot.idle();
  expect(await world.bot.waiting()).toBe(1);
  expect((await world.bot.inspect()).map(({ text }) => text).join()).toContain(
    '1 message to people in Slack waits to be sent',
  );
  await world.bot.catchUp();
  expect(direct(ADMIN)).toEqual([]);
  world.slack.faults.clear();
  await world.bot.catchUp();
  await world.bot.catchUp();
  expect(direct(ADMIN)).toHaveLength(1);
  expect(direct(ADMIN)[0]).toContain('Datto RMM enabled');
  expect(await world.bot.waiting()).toBe(0);
});

test('one person presses twice: one change, and both presses are answered', async () => {
  await Promise.all([
    world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL }),
    world.slack.command(ADMIN, '/icb enable datto-rmm', { channel: CHANNEL }),
    world.slack.command(OTHER_ADMIN, '/icb enable datto-rmm', { channel: CHANNEL }),
  ]);
  await expect.poll(() => world.slack.ephemerals(ADMIN).length).toBe(2);
  await expect.poll(() => world.slack.ephemerals(OTHER_ADMIN).length).toBe(1);
  const { items } = await listAudit(world.core);
  expect(items.filter(({ action }) => action === 'enable-module')).toHaveLength(1);
});
