import { afterEach, describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listBillingItems } from '../../src/usecases/list-billing-items.ts';
import { listModules } from '../../src/usecases/list-modules.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { billDailyMail } from './billed.ts';
import { ADMIN, type BotWorld, DAILY_MAIL, startBotWorld, VIEWER, type WorldOptions } from './bot-world.ts';
import { person } from './person.ts';

let world: BotWorld;
afterEach(() => world.close());

const CLI = { kind: 'cli', name: 'test' } as const;

/** Daily Mail counted, mapped and billed: 14 devices at 12.50. */
async function billed(options: WorldOptions = {}): Promise<void> {
  world = await startBotWorld(options);
  await billDailyMail(world.core);
}

describe('every command answers a billing administrator', () => {
  test.each([
    ['/icb', 'What would you like to do?'],
    ['/icb help', 'What you can type after /icb'],
    ['/icb help map', 'Example: `/icb map Daily Mail`'],
    ['/icb setup', '*5. Watch and post*'],
    ['/icb sync', 'Last sync:'],
    ['/icb sync preview', 'A sync would change nothing'],
    ['/icb plan', 'A sync would change nothing'],
    ['/icb items', '*Datto RMM*: 1 item, 14 units, $175.00'],
    ['/icb dashboard', 'works once and for 10 minutes'],
    ['/icb widgets', 'works once and for 10 minutes'],
    ['/icb log', 'Datto RMM enabled'],
    ['/icb undo', 'no change of yours of the last day'],
    ['/icb disable datto-rmm', '*Switch off Datto RMM?*'],
    ['/icb disable Graphus', 'Graphus* is off'],
    ['/icb enable datto rmm', 'Datto RMM* is on'],
    ['/icb enable Dato RMM', 'Did you mean &quot;Datto RMM&quot;?'.replaceAll('&quot;', '"')],
    ['/icb enable Graphus', 'Graphus is not connected.'],
    ['/icb explain nothing', 'There is no billing item "nothing".'],
    ['/icb hlep', 'Did you mean this?'],
    ['/icb xyzzy', "I don't know “xyzzy”."],
  ])('%s', async (typed, said) => {
    await billed();
    const alex = person(world, ADMIN);
    await alex.type(typed);
    await alex.told(said);
    expect(world.logged).toEqual([]);
  });

  test('disable shows what freezes; the button under it switches off, once', async () => {
    await billed();
    const on = async () => (await listModules(world.core)).find(({ id }) => id === 'datto-rmm')?.enabled;
    const alex = person(world, ADMIN);
    await alex.type('/icb disable Datto RMM');
    const text = await alex.told('*Switch off Datto RMM?*');
    expect(text).toContain('*14 units* in force on *1 contract*, *$175.00 a month*');
    expect(text).toContain('Not counted: every night from the next one on');
    expect(await on()).toBe(true);
    const { ts = '' } = world.slack.ephemerals(ADMIN).at(-1) ?? {};
    await world.slack.click(VIEWER, { messageTs: ts, actionId: 'enable.switch' }).catch(() => {});
    await world.bot.idle();
    expect(await on()).toBe(true);
    for (const _ of ['once', 'twice']) {
      await world.slack.click(ADMIN, { messageTs: ts, actionId: 'enable.switch' });
      await alex.told('*Datto RMM* is off. Its counts are frozen');
    }
    await world.bot.idle();
    expect(await on()).toBe(false);
    const { items } = await listAudit(world.core);
    expect(items.filter(({ action }) => action === 'disable-module')).toHaveLength(1);
    await alex.type('/icb disable Datto RMM');
    await alex.press('Switch it on again');
    await expect.poll(on).toBe(true);
  });

  test('explain tells counts, arithmetic and who decided', async () => {
    await billed();
    const alex = person(world, ADMIN);
    await alex.type('/icb items');
    await alex.told('Newest pending');
    await alex.press('Explain');
    const text = await alex.told('*Counts*');
    expect(text).toContain('10 Nov 2026: *14*');
    expect(text).toContain('Service mapping (prorate-daily) by test');
  });

  test('the button that was probably meant runs it', async () => {
    await billed();
    const alex = person(world, ADMIN);
    await alex.type('/icb itmes');
    await alex.told('Did you mean this?');
    await alex.press('/icb items');
    await alex.told('Billing items by module');
  });

  test('the menu opens modals too', async () => {
    await billed();
    const alex = person(world, ADMIN);
    await alex.type('/icb');
    await alex.told('What would you like to do?');
    await alex.press('Enable modules');
    await alex.modalSays('Datto RMM');
  });

  test('the dashboard link is for one person, unfurls nothing and is a link button', async () => {
    await billed();
    await person(world, ADMIN).type('/icb dashboard');
    await person(world, ADMIN).told('ICB tab');
    const sent = JSON.stringify(world.slack.ephemerals(ADMIN).at(-1));
    expect(sent).toContain('token=for-U0ADMIN');
    expect(JSON.stringify(world.slack.messages('C0BILLING'))).not.toContain('token=for-');
  });
});

describe('viewers look and change nothing', () => {
  test.each(['', 'help', 'setup', 'sync', 'sync preview', 'plan', 'items', 'dashboard', 'log'])(
    '/icb %s is answered',
    async (typed) => {
      await billed();
      await person(world, VIEWER).type(`/icb ${typed}`);
      await world.slack.waitFor(() => world.slack.ephemerals(VIEWER).length === 1);
      expect(JSON.stringify(world.slack.ephemerals(VIEWER))).not.toContain('This needs the role');
    },
  );

  test.each([
    'enable',
    'enable Datto RMM',
    'disable Datto RMM',
    'sync now',
    'map',
    'services',
    'services Daily Mail',
    'post',
    'undo',
  ])('/icb %s is refused, naming who may', async (typed) => {
    await billed();
    const before = await listModules(world.core);
    const vera = person(world, VIEWER);
    await vera.type(`/icb ${typed}`);
    await vera.told('<@U0ADMIN> and <@U0BOSS> may do this. Nothing was changed.');
    expect(vera.modal()).toBe('');
    expect(await listModules(world.core)).toEqual(before);
  });

  test('the menu shows them no button they may not use', async () => {
    await billed();
    const vera = person(world, VIEWER);
    await vera.type('/icb');
    const menu = await vera.told('What would you like to do?');
    expect(menu).toContain('Plan');
    expect(menu).not.toMatch(/Sync now|Enable|Map|Approve/);
  });

  test('a click and a submit of somebody else are checked again', async () => {
    await billed();
    const view = (callback_id: string, private_metadata: string) => ({
      id: 'V1',
      type: 'modal',
      callback_id,
      private_metadata,
      state: { values: {} },
    });
    const deliver = (payload: object) =>
      world.slack.deliverRaw({
        body: new URLSearchParams({
          payload: JSON.stringify({ user: { id: VIEWER, name: 'vera' }, team: { id: 'T0' }, ...payload }),
        }).toString(),
      });
    const post = await deliver({
      type: 'view_submission',
      view: view('post', JSON.stringify({ v: 1, digest: 'x' })),
    });
    expect(JSON.stringify(post)).toContain('This needs the role');
    await deliver({
      type: 'block_actions',
      view: view('enable', JSON.stringify({ v: 1, page: 0 })),
      actions: [
        { action_id: 'enable.switch', value: JSON.stringify({ v: 1, module: 'datto-rmm', on: false }) },
      ],
    });
    expect((await listModules(world.core))[0]?.enabled).toBe(true);
    const { items } = await listBillingItems(world.core, { filter: { status: 'posted' } });
    expect(items).toEqual([]);
  });
});

test('Switch on pressed twice at once switches on once', async () => {
  world = await startBotWorld();
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.modalSays('Datto RMM');
  await Promise.all([alex.press('Switch on'), alex.press('Switch on')]);
  await alex.modalSays('On, not counted yet');
  const { items } = await listAudit(world.core, {});
  expect(items.filter((entry) => entry.action === 'enable-module')).toHaveLength(1);
  expect(world.slack.views(ADMIN)).toHaveLength(1);
});

test('a sandbox is refused on top of the tiles, which stay', async () => {
  world = await startBotWorld();
  world.core.psa.check = async () => ({ reachable: true, sandbox: true });
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.modalSays('*To do: The PSA is a sandbox.*');
  await alex.press('Switch on');
  await alex.modalSays('The PSA is a sandbox; integrated billing works on a live PSA only.');
  expect(world.slack.views(ADMIN)).toHaveLength(2);
});

test('the tiles of 24 modules come in pages, connected ones first', async () => {
  world = await startBotWorld();
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  const first = await alex.modalSays('Page 1 of 3');
  expect(first.indexOf('*Datto RMM*')).toBeLessThan(first.indexOf('Not connected'));
  expect(first).toMatch(/\*BullPhish ID\*\nNot connected\..*POST \/api\/usage/);
  await alex.press('Next page');
  await alex.modalSays('Page 2 of 3');
  expect(alex.modal()).not.toContain('*Datto RMM*');
});

test('a form that Slack will no longer open says so in words', async () => {
  world = await startBotWorld();
  world.slack.faults.set('views.open', { kind: 'error', error: 'expired_trigger_id' });
  const alex = person(world, ADMIN);
  await alex.type('/icb enable');
  await alex.told('That took too long for Slack to open a form. Nothing was changed; try again.');
  expect(world.logged).toEqual([]);
});

test('a modal that is closed before it is filled troubles nobody', async () => {
  world = await startBotWorld();
  world.slack.faults.set('views.update', { kind: 'error', error: 'not_found' });
  await person(world, ADMIN).type('/icb enable');
  await world.bot.stop();
  expect([world.logged, world.slack.ephemerals(ADMIN)]).toEqual([[], []]);
});

describe('what goes wrong is told where the person is', () => {
  test('a failed module: on the tile, in the summary, and its units stay', async () => {
    await billed();
    world.source.failure = new IcbError(
      'source-refused',
      'Datto RMM refused the API key. Make a new one in Datto RMM.',
    );
    const alex = person(world, ADMIN);
    await alex.type('/icb sync now');
    await alex.told('*Nothing was counted.*');
    await alex.told('Sync failed: nothing could be counted');
    await alex.type('/icb enable');
    await alex.modalSays('On, but the last sync failed: Datto RMM refused the API key.');
  });

  test('an unexpected error hides behind a reference the log has too', async () => {
    await billed();
    world.core.store.snapshot = () => Promise.reject(new Error('secret path /srv/icb token xoxb-1'));
    const vera = person(world, VIEWER);
    await vera.type('/icb items');
    const text = await vera.told('Something went wrong in icb');
    const reference = /`(ref_\d+)`/.exec(text)?.[1];
    expect(text).not.toContain('secret');
    expect(world.logged).toEqual([
      { facts: expect.objectContaining({ reference }), message: 'a Slack listener failed' },
    ]);
  });

  test('an error while a modal is filled shows in that modal', async () => {
    await billed();
    world.core.store.snapshot = () => Promise.reject(new Error('boom'));
    const alex = person(world, ADMIN);
    await alex.type('/icb map');
    await alex.modalSays('Something went wrong in icb');
    expect(alex.modalTitle()).toBe('That did not work');
  });

  test('an error on submit comes on top, so that what was entered stays', async () => {
    await billed();
    const alex = person(world, ADMIN);
    await alex.type('/icb post');
    await alex.modalSays('$175.00');
    world.core.psa.approveAndPost = () =>
      Promise.reject(
        new IcbError('not-postable', 'Approve these in Autotask; icb picks them up at the next sync.'),
      );
    await alex.submit();
    expect(alex.modal()).toContain('Approve these in Autotask');
    expect(world.slack.views(ADMIN)).toHaveLength(2);
  });

  test('where icb may not whisper in the channel, the answer comes as a direct message', async () => {
    await billed();
    world.slack.faults.set('chat.postEphemeral', { kind: 'error', error: 'not_in_channel' });
    const alex = person(world, ADMIN);
    await alex.type('/icb sync now');
    await world.slack.waitFor(() =>
      world.slack.messages(ADMIN).some((one) => JSON.stringify(one).includes('Counted Datto RMM')),
    );
  });

  test('a button of an older icb says so', async () => {
    await billed();
    const answer = await world.slack.deliverRaw({
      body: new URLSearchParams({
        payload: JSON.stringify({
          type: 'block_actions',
          user: { id: ADMIN, name: 'alex' },
          team: { id: 'T0' },
          channel: { id: 'C0BILLING' },
          actions: [{ action_id: 'long.gone', value: '1' }],
        }),
      }).toString(),
    });
    expect(answer.ok).toBe(true);
    await person(world, ADMIN).told('This is from an older icb.');
  });
});

test('what changed after it was shown is shown again before it is posted', async () => {
  await billed();
  const alex = person(world, ADMIN);
  await alex.type('/icb post');
  await alex.modalSays('1 pending item, $175.00');
  world.source.counts = [{ externalId: 'site-1', billingType: 'AllDevicesMetric', quantity: 16 }];
  await (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
  await alex.submit();
  expect(alex.modal()).toContain('The pending items changed meanwhile.');
  expect((await listBillingItems(world.core, { filter: { status: 'posted' } })).items).toEqual([]);
  await alex.submit();
  await alex.modalSays('Posted');
});

test('the Home tab shows where billing stands and has the same doors', async () => {
  await billed();
  await world.slack.openHome(ADMIN);
  const home = await world.slack.waitFor(() => world.slack.homeOf(ADMIN));
  const text = JSON.stringify(home);
  expect(text).toContain('*Organizations:* 1 of 1 module organization decided');
  expect(text).toContain('$175.00');
  await world.slack.click(ADMIN, { viewId: String(home.view.id), actionId: 'run:1' });
  await person(world, ADMIN).modalSays('A sync would change nothing');
});

test('a hostile name pings nobody and breaks no line', async () => {
  const name = '<!channel> *x* & <@U0BOSS>';
  await billed({
    organizations: [{ externalId: 'site-1', name }],
    book: { ...DAILY_MAIL, organizations: [{ id: '10', name, type: 'customer', active: true }] },
  });
  const alex = person(world, ADMIN);
  for (const typed of ['plan', 'items', 'log', 'setup']) {
    await alex.type(`/icb ${typed}`);
    await world.slack.waitFor(() => world.slack.ephemerals(ADMIN).length > 0);
  }
  await alex.type('/icb map');
  await alex.modalSays('Everything is decided');
  await alex.press('Show mapped');
  await alex.modalSays('&lt;!channel&gt;');
  await world.slack.closeView(ADMIN);
  await alex.type('/icb services 10');
  await alex.modalSays('AllDevicesMetric');
  const everything = JSON.stringify([
    mrkdwnOf(world.slack.messages('C0BILLING')),
    mrkdwnOf(world.slack.ephemerals(ADMIN)),
    mrkdwnOf(world.slack.views(ADMIN)),
  ]);
  expect(everything).toContain('&lt;!channel&gt;');
  expect(everything).not.toContain('<!channel>');
  expect(everything).not.toContain('<@U0BOSS>');
});

/** Every text that Slack would format: mrkdwn objects and messages' own text. */
function mrkdwnOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  const own = 'ts' in value && 'text' in value ? [String(value.text)] : [];
  return [...own, ...Object.values(value).flatMap(mrkdwnOf)];
}

test('a rate limit is told as what it is', async () => {
  await billed();
  world.slack.faults.set('views.open', { kind: 'rate-limited', retryAfter: 1, times: 1 });
  const alex = person(world, ADMIN);
  await alex.type('/icb map');
  await alex.told('Slack asks icb to slow down. Try again in a minute.');
  expect(JSON.stringify(world.slack.ephemerals(ADMIN))).not.toContain('went wrong');
});
