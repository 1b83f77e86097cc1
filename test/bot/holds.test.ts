import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { approveAllBlocks, heldLineBlocks } from '../../bot/messages/hold-blocks.ts';
import { planMessage } from '../../bot/messages/plan-message.ts';
import { settledBlocks } from '../../bot/messages/settled-blocks.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { money } from '../../src/domain/money.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { importUsage } from '../../src/usecases/import-usage.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listPlan } from '../../src/usecases/list-plan.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { releaseLine } from '../../src/usecases/release-line.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, CHANNEL, OTHER_ADMIN, startBotWorld, VIEWER } from './bot-world.ts';
import { person, textsIn } from './person.ts';

let world: BotWorld;
afterEach(() => world?.close());

const CLI = { kind: 'cli', name: 'test' } as const;
const sync = async () => (await startSync(world.core, { trigger: 'cli', by: CLI })).finished;
const count = async (quantity: number) => {
  world.source.counts = [
    { externalId: 'site-1', billingType: 'AllDevicesMetric', quantity },
    { externalId: 'site-1', billingType: 'Server', quantity: 2 },
  ];
  await sync();
};
/** 14 was usual until yesterday, now there are 30. */
async function jump(): Promise<void> {
  const moduleOrganization = { externalId: 'site-1', name: 'Daily Mail' };
  await importUsage(world.core, {
    by: CLI,
    usage: {
      module: 'datto-rmm',
      items: [{ date: '2026-11-09', moduleOrganization, billingType: 'AllDevicesMetric', quantity: 14 }],
    },
  });
  await count(30);
}
const service = (billingType: string, contractServiceId: string) =>
  mapBillingTypes(world.core, {
    by: CLI,
    mappings: [
      { contractId: '100', module: 'datto-rmm', billingType, contractServiceId, from: 'period-start' },
    ],
  });

/** Daily Mail's 14 devices at 12.50 are gone in today's second count: 14 → 0 waits for a person. */
async function heldWorld(): Promise<PlanLine> {
  world = await startBotWorld();
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
  await sync();
  await confirmMappings(world.core, {
    by: CLI,
    mappings: [{ moduleOrganizationId: 'datto-rmm:site-1', organizationId: '10' }],
  });
  await service('AllDevicesMetric', '1000');
  await sync();
  await count(0);
  const [line] = await heldLines();
  if (!line) throw new Error('nothing is held');
  return line;
}
const heldLines = async () => (await listPlan(world.core, { action: 'held' })).lines;
const decisions = async () =>
  (await listAudit(world.core)).items
    .filter(({ action }) => ['release-line', 'exclude-line', 'release-lines'].includes(action))
    .map(({ action, by, text }) => [action, by.name, text]);

/** The held line in a message that everybody sees, as the summary has it. */
async function posted(line: PlanLine): Promise<string> {
  const { names, date } = await previewSync(world.core);
  const picture = { type: 'image', image_url: 'https://icb.example.com/chart.png', alt_text: 'A chart' };
  const answer = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer xoxb-demo' },
    body: JSON.stringify({
      channel: CHANNEL,
      text: 'Sync of tonight',
      blocks: [picture, ...heldLineBlocks(line, names, { today: date }), ...approveAllBlocks([line], names)],
    }),
  });
  return z.object({ ts: z.string() }).parse(await answer.json()).ts;
}

const inChannel = (ts: string) =>
  textsIn(world.slack.messages(CHANNEL).find((message) => message.ts === ts)?.blocks);
const channelSays = (ts: string, text: string) =>
  world.slack.waitFor(() => inChannel(ts).includes(text) && inChannel(ts));
const click = (user: string, ts: string, actionId: string) =>
  world.slack.click(user, { messageTs: ts, actionId });
const fill = (user: string, values: Record<string, unknown>) =>
  world.slack.enter(user, {
    viewId: String(world.slack.views(user).at(-1)?.view.id),
    values: Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { [id]: value }])),
  });

describe('in the plan, which one person sees', () => {
  test('held lines come first, with what they would change', async () => {
    await heldWorld();
    const alex = person(world, ADMIN);
    await alex.type('/icb plan');
    const text = await alex.told('*Held: waits for you* (1)');
    expect(text).toContain(
      '*Daily Mail* · Desktop Monitoring · All devices: *14 → 0* since 10 Nov 2026 (today), −$175.00 this period, −$175.00 a month',
    );
    expect(text).toContain('Counted 0 on 2026-11-10, before 14: nothing is left.');
    expect(text).toContain('Approve all of Datto RMM');
  });

  test('Approve: the words stay, the buttons go, who and when stand there', async () => {
    await heldWorld();
    const alex = person(world, ADMIN);
    await alex.type('/icb sync preview');
    await alex.told('Held: waits for you');
    await alex.press('Approve');
    const text = await alex.told('Approved by <@U0ADMIN> · ');
    expect(text).toContain('*Daily Mail* · Desktop Monitoring · All devices: *14 → 0*');
    expect(text).not.toMatch(/Approve all|Exclude…/);
    expect(world.slack.ephemerals(ADMIN)).toHaveLength(1);
    expect(await heldLines()).toEqual([]);
    expect(await decisions()).toEqual([
      ['release-line', 'alex', 'Approved Daily Mail: Desktop Monitoring, All devices: 14 → 0'],
    ]);
  });

  test('Exclude…: what is wrong is told in the field; the plan then says until when and why', async () => {
    await heldWorld();
    const alex = person(world, ADMIN);
    await alex.type('/icb plan');
    await alex.told('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    expect(alex.modal()).toContain('14 units stay in force');
    fill(ADMIN, { 'exclude.reason': 'Moving', 'exclude.until': '2026-11-09' });
    expect(await alex.submit()).toEqual({
      'exclude.until': 'Choose today (2026-11-10) or a later day.',
    });
    fill(ADMIN, { 'exclude.reason': '  ', 'exclude.until': '2026-11-12' });
    expect(await alex.submit()).toEqual({ 'exclude.reason': 'Say why in a few words.' });
    fill(ADMIN, { 'exclude.reason': 'Moving <!channel>', 'exclude.units': '2.5' });
    expect(await alex.submit()).toEqual({
      'exclude.units': expect.stringContaining('whole number'),
    });
    fill(ADMIN, { 'exclude.units': '3' });
    expect(await alex.submit()).toEqual({
      'exclude.units': expect.stringContaining('Nothing was counted, so there are no units to subtract.'),
    });
    fill(ADMIN, { 'exclude.units': null });
    expect(await alex.submit()).toEqual({});
    const text = await alex.told('Excluded until 12 Nov 2026 by <@U0ADMIN>');
    expect(text).toContain('stays at 14 units');
    expect(text).toContain('Moving &lt;!channel&gt;');
    expect(alex.modal()).toBe('');
    expect(await decisions()).toEqual([
      [
        'exclude-line',
        'alex',
        'Excluded the counts of Daily Mail: Desktop Monitoring, All devices until 2026-11-12: Moving <!channel>',
      ],
    ]);
  });

  test('units are subtracted; the form proposes the end of the billing period', async () => {
    await heldWorld();
    await jump();
    const alex = person(world, ADMIN);
    await alex.type('/icb plan');
    await alex.told('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    fill(ADMIN, { 'exclude.reason': 'Moving', 'exclude.units': '3' });
    await alex.submit();
    await alex.told('3 units excluded until 30 Nov 2026 by <@U0ADMIN>');
  });

  test('Approve all of a module decides every line of it, in one record', async () => {
    await heldWorld();
    await service('Server', '1001');
    await sync();
    world.source.counts = [];
    await sync();
    expect(await heldLines()).toHaveLength(2);
    const alex = person(world, ADMIN);
    await alex.type('/icb plan');
    await alex.told('*Held: waits for you* (2)');
    await alex.press('Approve all of Datto RMM');
    const text = await alex.told('Approved all 2 held counts of Datto RMM · by <@U0ADMIN>');
    expect(text.match(/Approved by <@U0ADMIN>/g)).toHaveLength(2);
    expect(await decisions()).toEqual([['release-lines', 'alex', 'Approved all 2 held counts of Datto RMM']]);
  });

  test('from the Home tab it opens as a modal, which stays and is brought up to date', async () => {
    await heldWorld();
    await world.slack.openHome(ADMIN);
    const home = await world.slack.waitFor(() => world.slack.homeOf(ADMIN));
    expect(JSON.stringify(home)).toContain('*1 count held:* waits for you');
    await world.slack.click(ADMIN, { viewId: String(home.view.id), actionId: 'run:100' });
    const alex = person(world, ADMIN);
    await alex.modalSays('Held: waits for you');
    await alex.press('Exclude…');
    await alex.modalSays('Until and including');
    fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    await alex.modalSays('Excluded until 30 Nov 2026 by <@U0ADMIN>');
    expect(world.slack.views(ADMIN)).toHaveLength(1);
    await world.slack.openHome(ADMIN);
    await world.slack.waitFor(() => !JSON.stringify(world.slack.homeOf(ADMIN)).includes('held:'));
  });

  test('a viewer sees what is held, without buttons', async () => {
    await heldWorld();
    const vera = person(world, VIEWER);
    await vera.type('/icb plan');
    expect(await vera.told('Held: waits for you')).not.toMatch(/Approve all|Exclude…|Ask…/);
  });
});

describe('in a message that everybody sees', () => {
  test('two people at once: one decides, the other is told who did', async () => {
    const ts = await posted(await heldWorld());
    await Promise.all([click(ADMIN, ts, 'hold.approve'), click(OTHER_ADMIN, ts, 'hold.approve')]);
    const text = await channelSays(ts, 'Approved by <@');
    expect(text).toContain('*14 → 0*');
    expect(text).not.toMatch(/Exclude…|Approve all/);
    const [[, winner] = []] = await decisions();
    expect(await decisions()).toHaveLength(1);
    const loser = winner === 'alex' ? OTHER_ADMIN : ADMIN;
    await person(world, loser).told(
      `*This is decided already.* Approved by <@${winner === 'alex' ? ADMIN : OTHER_ADMIN}>`,
    );
    expect(world.slack.ephemerals(winner === 'alex' ? ADMIN : OTHER_ADMIN)).toEqual([]);
  });

  test('Exclude… while somebody else approves: nothing is excluded', async () => {
    const line = await heldWorld();
    const ts = await posted(line);
    const alex = person(world, ADMIN);
    await click(ADMIN, ts, 'hold.exclude');
    await alex.modalSays('Until and including');
    const bo = { kind: 'slack', userId: OTHER_ADMIN, name: 'bo' } as const;
    await releaseLine(world.core, { by: bo, id: line.id, reason: 'They left' });
    fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    expect(alex.modal()).toContain('*This is decided already.* Approved by <@U0BOSS>');
    await channelSays(ts, 'Approved by <@U0BOSS>');
    expect(inChannel(ts)).toContain('They left');
    expect(await decisions()).toHaveLength(1);
  });

  test('Exclude… keeps the message and its picture', async () => {
    const ts = await posted(await heldWorld());
    await click(ADMIN, ts, 'hold.exclude');
    const alex = person(world, ADMIN);
    await alex.modalSays('Until and including');
    fill(ADMIN, { 'exclude.reason': 'Moving' });
    await alex.submit();
    await channelSays(ts, 'Excluded until 30 Nov 2026 by <@U0ADMIN>');
    const message = world.slack.messages(CHANNEL).find((one) => one.ts === ts);
    expect(message?.blocks[0]).toMatchObject({ type: 'image', alt_text: 'A chart' });
    expect(message?.text).toBe('Sync of tonight');
  });

  test('counts that changed since they were shown are shown again, not approved', async () => {
    const ts = await posted(await heldWorld());
    await jump();
    await click(ADMIN, ts, 'hold.approve');
    await person(world, ADMIN).told('changed since it was shown: now 14 → 30. Nothing was approved');
    await channelSays(ts, '*14 → 30*');
    expect(await decisions()).toEqual([]);
    await click(ADMIN, ts, 'hold.approve');
    await channelSays(ts, 'Approved by <@U0ADMIN>');
  });

  test.each(['hold.approve', 'hold.exclude', 'hold.ask', 'hold.approve-all:0'])(
    'a viewer who clicks %s is refused',
    async (actionId) => {
      const ts = await posted(await heldWorld());
      await click(VIEWER, ts, actionId);
      await person(world, VIEWER).told('Only billing administrators can change this');
      expect(world.slack.views(VIEWER)).toEqual([]);
      expect(await decisions()).toEqual([]);
    },
  );

  test('a viewer who submits somebody else’s form is refused', async () => {
    const line = await heldWorld();
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'hold.exclude',
      private_metadata: JSON.stringify({ v: 1, line: line.id, place: {} }),
      state: { values: {} },
    };
    const payload = {
      type: 'view_submission',
      user: { id: VIEWER, name: 'vera' },
      team: { id: 'T0' },
      view,
    };
    const answer = await world.slack.deliverRaw({
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    });
    expect(JSON.stringify(answer)).toContain('Only billing administrators can change this');
    expect(await decisions()).toEqual([]);
  });
});

describe('Ask…', () => {
  const ask = async (whom: string, where: string) => {
    const ts = await posted(await heldWorld());
    await click(ADMIN, ts, 'hold.ask');
    await person(world, ADMIN).modalSays('Whom?');
    fill(ADMIN, { 'ask.whom': whom, 'ask.where': where, 'ask.text': 'All of\nthem & <!channel>?' });
    await person(world, ADMIN).submit();
  };

  test('a direct message with the line and its buttons, which decide it', async () => {
    await ask(OTHER_ADMIN, 'direct');
    expect(person(world, ADMIN).modal()).toContain('Asked <@U0BOSS>.');
    const [message] = world.slack.messages(OTHER_ADMIN);
    expect(textsIn(message?.blocks)).toContain(
      '<@U0BOSS>, <@U0ADMIN> asks about this held count:\n>All of them &amp; &lt;!channel&gt;?',
    );
    await click(OTHER_ADMIN, message?.ts ?? '', 'hold.approve');
    await world.slack.waitFor(() =>
      textsIn(world.slack.messages(OTHER_ADMIN)[0]?.blocks).includes('Approved by <@U0BOSS>'),
    );
  });

  test('in the channel, mentioning the person', async () => {
    await ask(VIEWER, 'channel');
    const last = world.slack.messages(CHANNEL).at(-1);
    expect(textsIn(last?.blocks)).toContain('<@U0VIEW>, <@U0ADMIN> asks');
    expect(textsIn(last?.blocks)).toContain('Approve');
  });

  test('somebody who may not decide gets no buttons, but a name', async () => {
    await ask(VIEWER, 'direct');
    const text = textsIn(world.slack.messages(VIEWER)[0]?.blocks);
    expect(text).toContain('Answer <@U0ADMIN>, who can decide it.');
    expect(text).not.toContain('Exclude…');
  });

  test('nobody chosen is told in the field; so is who cannot be written to', async () => {
    const ts = await posted(await heldWorld());
    await click(ADMIN, ts, 'hold.ask');
    const alex = person(world, ADMIN);
    await alex.modalSays('Whom?');
    fill(ADMIN, { 'ask.whom': VIEWER });
    world.slack.faults.set('chat.postMessage', { kind: 'error', error: 'cannot_dm_bot' });
    expect(await alex.submit()).toEqual({
      'ask.whom': 'Slack lets icb not write to this person. Ask in the channel, or somebody else.',
    });
  });
});

describe('200 held lines', () => {
  const HUGE = `<!channel> & ${'W'.repeat(190)}`;
  const names = {
    organization: () => HUGE,
    module: () => HUGE,
    contract: () => HUGE,
    service: () => HUGE,
    billingType: () => HUGE,
  };
  const line = (n: number): PlanLine =>
    ({
      id: `sm_${n}`,
      action: 'held',
      organizationId: 'o',
      contractId: 'c',
      contractServiceId: 's',
      module: `module-${n % 9}`,
      billingType: 'AllDevicesMetric',
      oldUnits: 12,
      newUnits: n,
      effectiveDate: isoDate('2026-11-08'),
      heldSince: isoDate('2026-11-08'),
      amount: money('-40'),
      monthlyAmount: money('-150'),
      currency: 'USD',
      reason: { code: 'held-zero', text: HUGE },
    }) as unknown as PlanLine;
  const lines = Array.from({ length: 200 }, (_, n) => line(n));
  const preview = { id: 'p', date: isoDate('2026-11-10'), lines, totals: [], names };
  const shown = '2026-11-10T08:00:00.000Z';
  const problems = (blocks: unknown) => checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message');

  test('fit a message, the rest is counted', () => {
    const { blocks, text } = planMessage(preview, { mayDecide: true, shown });
    expect(problems(blocks)).toEqual([]);
    expect(text).toMatch(/^200 counts held\./);
    expect(textsIn(blocks)).toContain('… and 188 more held counts; the dashboard has them all.');
    expect(textsIn(blocks)).toContain('since 8 Nov 2026 (2 days), −$40.00 this period, −$150.00 a month');
    expect(JSON.stringify(blocks.filter(({ type }) => type === 'section'))).not.toContain('<!channel>');
  });

  test('and still do when 200 were decided', () => {
    const at = '2026-11-10T08:00:01.000Z';
    const by = { kind: 'slack', userId: ADMIN, name: 'alex' };
    const decided = lines.map((each) => ({
      id: each.id,
      held: false,
      line: each,
      decision: { kind: 'exclude', from: '2026-11-08', until: '2026-11-30', reason: HUGE, by, at } as never,
    }));
    const { blocks } = planMessage(preview, { mayDecide: true, shown, decided, note: HUGE });
    expect(problems(blocks)).toEqual([]);
  });

  test('a message with lines of others keeps what is not about holds', () => {
    const blocks = heldLineBlocks(line(1), names, { today: isoDate('2026-11-10') });
    const settled = settledBlocks([{ type: 'divider' }, ...(blocks as never[])], {
      of: (id) => ({ id, held: false }),
      held: [],
      names,
      date: isoDate('2026-11-10'),
    });
    expect(problems(settled)).toEqual([]);
    expect(textsIn(settled)).toContain('No longer held: its service mapping is gone.');
    expect(settled).toHaveLength(3);
  });
});
