import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld } from './bot-world.ts';
import { person, textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
  await billDailyMail(world.core);
});
afterEach(() => world.close());

const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
const posted = async () => (await listBillingItems(world.core, { filter: { status: 'posted' } })).items;
const postings = async () =>
  (await listAudit(world.core)).items.filter(({ action }) => action === 'approve-and-post');
const announced = () =>
  world.slack.messages(CHANNEL).filter(({ blocks }) => textsIn(blocks).includes('Posted 1 item · $175.00'));

async function opened(user: string) {
  const one = person(world, user);
  await one.type('/icb post');
  await one.modalSays('1 pending item, $175.00');
  return one;
}

describe('approve and post', () => {
  test('two people at once: posted once, announced once, the other posts nothing', async () => {
    const alex = await opened(ADMIN);
    const bo = await opened(OTHER_ADMIN);
    await Promise.all([alex.submit(), bo.submit()]);
    await world.slack.waitFor(() => announced().length > 0);
    expect(await posted()).toHaveLength(1);
    expect(await postings()).toHaveLength(1);
    expect(announced()).toHaveLength(1);
    expect([alex.modal(), bo.modal()].filter((text) => text.includes('Posted 1 item'))).toHaveLength(1);
  });

  test('the form outlives its data: the new figures are shown, nothing is posted', async () => {
    const alex = await opened(ADMIN);
    world.source.counts = [{ externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 16 }];
    world.nextDay();
    await sync();
    await alex.submit();
    expect(await posted()).toEqual([]);
    expect(alex.modal()).toContain('2 pending items');
  });

  test.each([
    ['is_archived', 'error'],
    ['not_in_channel', 'error'],
  ] as const)(
    'the channel cannot be told (%s): the administrators are, and it is posted once',
    async (error, kind) => {
      const alex = await opened(ADMIN);
      world.slack.faults.set('chat.postMessage', { kind, error, times: 1 });
      await alex.submit();
      await alex.modalSays('Posted 1 item');
      for (const admin of [ADMIN, OTHER_ADMIN])
        await world.slack.waitFor(() =>
          textsIn(world.slack.messages(admin).map(({ blocks }) => blocks)).includes('Posted 1 item'),
        );
      expect(announced()).toEqual([]);
      expect(await postings()).toHaveLength(1);
    },
  );

  test('a token revoked meanwhile: posted once, announced once with the new token', async () => {
    const alex = await opened(ADMIN);
    world.slack.faults.set('*', { kind: 'error', error: 'token_revoked' });
    await alex.submit();
    await expect
      .poll(() => world.logged.map(({ message }) => message))
      .toContain('Slack did not take a message');
    expect(await posted()).toHaveLength(1);
    expect(alex.modal()).toContain('Posted 1 item');
    expect(await world.bot.waiting()).toBe(1);
    expect(announced()).toEqual([]);
    world.slack.faults.clear();
    await world.bot.catchUp();
    await world.bot.catchUp();
    expect(announced()).toHaveLength(1);
    expect(await world.bot.waiting()).toBe(0);
  });
});
