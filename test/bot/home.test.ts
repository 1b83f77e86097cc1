import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { HeldWorld } from './held-world.ts';
import { controls, person, plainOf, textsIn } from './person.ts';

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
  expect(text).toContain('You are a viewer: you may look at everything.');
  expect(text).toContain('Billing administrators give roles: <@U0ADMIN> and <@U0BOSS>');
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

const row = (text: string, part: string) => text.split('\n').find((line) => line.includes(part)) ?? '';

test('billing types that are counted and not mapped are told beside the organizations', async () => {
  await enable();
  await sync();
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  await mapBillingTypes(world.core, {
    by: CLI,
    mappings: [
      {
        contractId: '100',
        module: 'datto-rmm',
        contractServiceId: '1000',
        // All devices would contain the servers.
        billingType: 'Server',
        from: 'period-start',
      },
    ],
  });
  const text = await opened(ADMIN);
  expect(row(text, '*Billing types:*')).toBe('*Billing types:* 1 of 2 decided (50 %), *1 to do*');
});

describe('what waits', () => {
  let held: HeldWorld;
  beforeEach(async () => {
    await world.close();
    held = await HeldWorld.start();
    world = held.bot;
  });
  const press = (user: string, label: string) => {
    const control = controls((world.slack.homeOf(user)?.view.blocks ?? []) as never).find(
      ({ element }) => plainOf(element.text) === label,
    );
    if (!control) throw new Error(`no ${label} in ${home(user)}`);
    const viewId = String(world.slack.homeOf(user)?.view.id);
    return world.slack.click(user, { viewId, actionId: control.actionId, blockId: control.blockId });
  };

  test('a held count is approved on the tab, which then has it no more', async () => {
    expect(await opened(ADMIN)).toMatch(/Waits for you[\s\S]*Daily Mail[\s\S]*14 → 0/);
    await press(ADMIN, 'Approve');
    await world.slack.waitFor(() => !home(ADMIN).includes('Waits for you'));
    await person(world, ADMIN).modalSays('Approved Daily Mail');
  });

  test('it is excluded through the form', async () => {
    await opened(ADMIN);
    await press(ADMIN, 'Exclude…');
    const alex = person(world, ADMIN);
    await alex.modalSays('Why');
    const view = world.slack.views(ADMIN).at(-1);
    const reason = controls((view?.view.blocks ?? []) as never).find(
      ({ element }) => element.type === 'plain_text_input',
    );
    world.slack.enter(ADMIN, {
      viewId: String(view?.view.id),
      values: { [String(reason?.blockId)]: { [String(reason?.actionId)]: 'moved away' } },
    });
    await alex.submit();
    await world.slack.waitFor(() => !home(ADMIN).includes('Waits for you'));
  });

  test('who may only look sees that something waits, without buttons', async () => {
    const text = await opened(VIEWER);
    expect(text).toContain('1 count held:');
    expect(text).not.toContain('Approve');
  });

  test('a request for a second person stands on the tab of others who may post, not on that of who asked', async () => {
    await setOfficeSettings(world.core, {
      by: CLI,
      change: { postLimits: [{ currency: 'USD', amount: '1' }] },
    });
    const alex = person(world, ADMIN);
    await alex.type('/icb post');
    await alex.modalSays('1 pending item');
    await alex.submit();
    await world.bot.idle();
    expect(await opened(OTHER_ADMIN)).toContain('asks to post 1 item, total $175.00');
    expect(await opened(ADMIN)).not.toContain('asks to post');
    await press(OTHER_ADMIN, 'Approve and post');
    await person(world, OTHER_ADMIN).modalSays('Posted 1 item');
    await world.slack.waitFor(() => !home(OTHER_ADMIN).includes('asks to post'));
  });
});
