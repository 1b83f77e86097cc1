import { afterEach, beforeEach, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, startBotWorld, VIEWER } from './bot-world.ts';
import { textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;

let world: BotWorld;
beforeEach(async () => {
  world = await startBotWorld();
});
afterEach(() => world.close());

const home = (user: string) => textsIn(world.slack.homeOf(user)?.view.blocks);
const opened = async (user: string) => {
  await world.slack.openHome(user);
  return world.slack.waitFor(() => home(user) || undefined);
};
const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
const enable = () => enableModule(world.core, { module: 'datto-rmm', by: CLI });

test('before anything is set up it shows the way', async () => {
  const text = await opened(ADMIN);
  expect(text).toContain('No sync has run yet. *Setup* below shows the way.');
  expect(text).toContain('No module is enabled.');
  expect(text).toContain('no module organization is known yet');
  expect(text).toContain('Nothing is pending.');
});

test('somebody who may only look is told who may change things, and gets no button for it', async () => {
  await enable();
  await sync();
  const text = await opened(VIEWER);
  expect(text).toContain('Billing administrators change it: <@U0ADMIN> and <@U0BOSS>');
  expect(text).toContain('1 to do');
  expect(text).not.toMatch(/Map now|Sync now|Approve and post/);
  expect(await opened(ADMIN)).toMatch(/Map now[\s\S]*Sync now[\s\S]*Approve and post/);
});

test('after a sync it is up to date without being opened again; a failed module comes first, with why', async () => {
  await enable();
  await opened(ADMIN);
  world.source.failure = new IcbError('source-unavailable', 'Datto RMM <does> not answer.');
  await sync();
  expect(home(ADMIN)).toContain('1 module could not be counted;');
  expect(home(ADMIN)).toContain('*Datto RMM*: Datto RMM &lt;does&gt; not answer.');
  world.source.failure = undefined;
  await sync();
  expect(home(ADMIN)).not.toContain('could not be counted');
  expect(home(ADMIN)).toContain('0 of 1 module organization decided (0 %), *1 to do*');
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  await sync();
  expect(home(ADMIN)).toContain('1 of 1 module organization decided (100 %)');
});

test('a Home tab that was drawn by somebody else meanwhile is read and drawn once more', async () => {
  await enable();
  await opened(ADMIN);
  // The opening is over once a sync has drawn the tab again.
  await sync();
  await expect.poll(() => world.slack.log.of('views.publish').length).toBe(2);
  world.slack.faults.set('views.publish', { kind: 'error', error: 'hash_conflict', times: 1 });
  await sync();
  expect(home(ADMIN)).toContain('0 of 1 module organization decided');
  expect(world.logged).toEqual([]);
  await expect.poll(() => world.slack.log.of('views.publish').length).toBe(4);
  const [guarded, again] = world.slack.log
    .of('views.publish')
    .slice(-2)
    .map((one) => JSON.stringify(one.request));
  expect(guarded).toMatch(/"hash"/);
  expect(again).not.toMatch(/"hash"/);
});

test('a Home tab that Slack does not take stops no sync', async () => {
  await enable();
  await opened(ADMIN);
  world.slack.faults.set('views.publish', { kind: 'error', error: 'internal_error' });
  expect((await sync()).state).toBe('done');
  expect(world.logged.map(({ message }) => message)).toEqual(['a Home tab could not be brought up to date']);
});
