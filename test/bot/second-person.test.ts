import { afterEach, beforeEach, expect, test } from 'vitest';
import { money } from '../../src/domain/money.ts';
import { approvePostRequest, requestPosting } from '../../src/usecases/approve-and-post.ts';
import { setOfficeSettings } from '../../src/usecases/office-settings.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { person, textsIn } from './person.ts';

const BY = { kind: 'slack', userId: ADMIN, name: 'alex' } as const;
const BO = { kind: 'slack', userId: OTHER_ADMIN, name: 'bo' } as const;
let world: BotWorld;

/** 14 devices at 12.50 are pending, and one person may post 100. */
beforeEach(async () => {
  world = await startBotWorld();
  await billDailyMail(world.core);
  await setOfficeSettings(world.core, {
    by: BY,
    change: { postLimits: [{ currency: 'USD', amount: '100.00' }] },
  });
});
afterEach(() => world.close());

const statuses = async () =>
  (await (await world.core.store.snapshot()).list('billingItems')).map(({ status }) => status);
const pending = { filter: { status: 'pending' as const } };

test('above the limit one asks, cannot approve that alone, and another approves and posts', async () => {
  const [alex, bo] = [person(world, ADMIN), person(world, OTHER_ADMIN)];
  await alex.type('/icb post');
  await alex.modalSays('1 pending item');
  await alex.submit();
  await alex.modalSays('Asked a second person');
  expect(await statuses()).toEqual(['pending']);
  await bo.told('asks to post 1 item, total $175.00');
  const [request] = await (await world.core.store.snapshot()).list('postRequests');
  await expect(approvePostRequest(world.core, { by: BY, id: request?.id ?? '' })).rejects.toThrow(
    'You asked for this yourself',
  );
  expect(await statuses()).toEqual(['pending']);
  await bo.press('Approve and post');
  await bo.told('*Approved* · posted 1 billing item: 175.00 USD');
  expect(await statuses()).toEqual(['posted']);
  await expect(approvePostRequest(world.core, { by: BO, id: request?.id ?? '' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('each approver but the one who asked is asked in a direct message too, and every copy says what became of it', async () => {
  const { core, slack } = world;
  const request = await requestPosting(core, { by: BY, ...pending });
  const copies = () =>
    [OTHER_ADMIN, CHANNEL]
      .map((place) => textsIn(slack.messages(place).at(-1)?.blocks))
      .filter((text) => text.includes('asks to post 1 item'));
  await slack.waitFor(() => copies().length === 2);
  expect(copies().every((text) => text.includes('Approve and post'))).toBe(true);
  expect(textsIn(slack.messages(ADMIN).map(({ blocks }) => blocks))).not.toContain('asks to post');
  await approvePostRequest(core, { by: BO, id: request.id });
  await slack.waitFor(() => copies().every((text) => text.includes('*Approved* · posted 1 billing item')));
  expect(copies().some((text) => text.includes('Approve and post\n'))).toBe(false);
});

test('a sync that changes the items ends the request, in every copy, with the difference', async () => {
  const { core, slack } = world;
  const request = await requestPosting(core, { by: BY, ...pending });
  world.source.counts = [{ externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 15 }];
  const [item] = await (await core.store.snapshot()).list('billingItems');
  if (!item) throw new Error('no item');
  await core.store.commit({ put: { billingItems: [{ ...item, units: 20, amount: money('250.00') }] } });
  await (await startSync(core, { trigger: 'slack', by: BY })).finished;
  for (const place of [OTHER_ADMIN, CHANNEL])
    await slack.waitFor(() =>
      textsIn(slack.messages(place).map(({ blocks }) => blocks)).includes(
        '*Not posted* · superseded, because',
      ),
    );
  expect((await (await core.store.snapshot()).get('postRequests', request.id))?.state).toBe('superseded');
});

test('what changed since is refused with the difference, and the request is over', async () => {
  const { core } = world;
  const request = await requestPosting(core, { by: BY, ...pending });
  const [item] = await (await core.store.snapshot()).list('billingItems');
  if (!item) throw new Error('no item');
  await core.store.commit({ put: { billingItems: [{ ...item, units: 20, amount: money('250.00') }] } });
  await expect(approvePostRequest(core, { by: BO, id: request.id })).rejects.toMatchObject({
    code: 'conflict',
    details: [expect.stringContaining('14 units, 175.00 → 20 units, 250.00 USD')],
  });
  expect(await statuses()).toEqual(['pending']);
  expect(await (await core.store.snapshot()).get('postRequests', request.id)).toMatchObject({
    state: 'superseded',
    decidedBy: BO,
  });
  await person(world, OTHER_ADMIN).told('*Not posted* · superseded');
});

test('after its week a request is over without any sync: cards say so, and it is not approved', async () => {
  const { core, bot, slack } = world;
  const request = await requestPosting(core, { by: BY, ...pending });
  for (let day = 0; day < 8; day++) world.nextDay();
  await bot.catchUp();
  for (const place of [OTHER_ADMIN, CHANNEL])
    await slack.waitFor(() =>
      textsIn(slack.messages(place).map(({ blocks }) => blocks)).includes(
        '*Not posted* · expired, because nobody approved it within 7 days',
      ),
    );
  await expect(approvePostRequest(core, { by: BO, id: request.id })).rejects.toThrow('Decided already');
  expect(await statuses()).toEqual(['pending']);
});

test('an expired request that nothing has ended yet is ended by whoever approves it', async () => {
  const { core } = world;
  const request = await requestPosting(core, { by: BY, ...pending });
  for (let day = 0; day < 8; day++) world.nextDay();
  await expect(approvePostRequest(core, { by: BO, id: request.id })).rejects.toThrow(
    'This request is over: expired, because nobody approved it within 7 days. Nothing was posted; ask again.',
  );
  expect(await statuses()).toEqual(['pending']);
  await person(world, OTHER_ADMIN).told('*Not posted* · expired');
});

test('asking twice for the same makes one request; another approver who asks for it gets it to approve', async () => {
  const [alex, bo] = [person(world, ADMIN), person(world, OTHER_ADMIN)];
  for (const _ of [1, 2]) {
    await alex.type('/icb post');
    await alex.modalSays('1 pending item');
    await alex.submit();
    await alex.modalSays('Asked a second person');
    await world.slack.closeView(ADMIN, { all: true });
  }
  const requests = async () => (await world.core.store.snapshot()).list('postRequests');
  expect(await requests()).toHaveLength(1);
  await bo.type('/icb post');
  await bo.modalSays('1 pending item');
  await bo.submit();
  await bo.modalSays(`<@${ADMIN}> asks to post 1 item`);
  expect(await requests()).toHaveLength(1);
  await bo.press('Approve and post');
  await bo.modalSays('Posted 1 item');
  expect(await statuses()).toEqual(['posted']);
});

test('the only approver is told that nobody else can approve it, and what to do', async () => {
  await world.close();
  world = await startBotWorld({ admins: [ADMIN] });
  await billDailyMail(world.core);
  await setOfficeSettings(world.core, {
    by: BY,
    change: { postLimits: [{ currency: 'USD', amount: '100.00' }] },
  });
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  await alex.modalSays('1 pending item');
  await alex.submit();
  expect(await alex.modalSays('nobody else has the role approver')).toContain('`/icb settings`');
  expect(alex.modal()).not.toContain('somebody else');
});

test('open Home tabs follow a request: asked, decided by a third person', async () => {
  const { core, slack } = world;
  const VERA = { kind: 'slack', userId: VIEWER, name: 'vera' } as const;
  await slack.openHome(OTHER_ADMIN);
  const home = () => textsIn(slack.homeOf(OTHER_ADMIN)?.view.blocks);
  await slack.waitFor(() => home().includes('*Pending*'));
  const request = await requestPosting(core, { by: BY, ...pending });
  await slack.waitFor(() => home().includes('asks to post 1 item'));
  await approvePostRequest(core, { by: VERA, id: request.id });
  await slack.waitFor(() => !home().includes('asks to post 1 item'));
  expect(home()).toContain('Nothing is pending.');
});

test('two approve at once: it is posted once', async () => {
  const { core } = world;
  const request = await requestPosting(core, { by: { kind: 'api', name: 'API token' }, ...pending });
  const both = await Promise.allSettled([
    approvePostRequest(core, { by: BY, id: request.id }),
    approvePostRequest(core, { by: BO, id: request.id }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const audit = (await (await core.store.snapshot()).list('audit')).filter(
    ({ action }) => action === 'approve-and-post',
  );
  expect(audit).toHaveLength(1);
});
