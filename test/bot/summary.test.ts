import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { syncSummaryMessage } from '../../bot/messages/sync-summary-message.ts';
import { IcbError } from '../../src/domain/errors.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { confirmMappings } from '../../src/usecases/confirm-mappings.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { listAudit } from '../../src/usecases/list-audit.ts';
import { listModuleOrganizations } from '../../src/usecases/list-module-organizations.ts';
import { mapBillingTypes } from '../../src/usecases/map-billing-types.ts';
import { previewSync } from '../../src/usecases/preview-sync.ts';
import { recoverRuns } from '../../src/usecases/recover-runs.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { syncSummary } from '../../src/usecases/sync-summary.ts';
import { ADMIN, type BotWorld, CHANNEL, startBotWorld, VIEWER } from './bot-world.ts';
import { controls, person, plainOf, textsIn } from './person.ts';

/** Daily Mail's devices are billed at 12.50 from 1 November; it is the 10th until a test moves the clock. */
let world: BotWorld;
let now: Temporal.Instant;

const CLI = { kind: 'cli', name: 'test' } as const;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeEach(async () => {
  now = Temporal.Instant.from('2026-11-10T08:00:00Z');
  world = await startBotWorld({
    deps: { summaryChart: async () => ({ png: PNG, title: 'Pending', altText: 'Datto RMM: $175.00' }) },
  });
  Object.assign(world.core, {
    clock: {
      now: () => (now = now.add({ milliseconds: 1 })),
      today: () => now.toString().slice(0, 10),
      timeZone: 'Etc/UTC',
    },
  });
  await enableModule(world.core, { module: 'datto-rmm', by: CLI });
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
        billingType: 'AllDevicesMetric',
        contractServiceId: '1000',
        from: 'period-start',
      },
    ],
  });
});
afterEach(() => world.close());

const sync = async (trigger: 'night' | 'slack' = 'night') =>
  (await startSync(world.core, { trigger, by: CLI })).finished;
const day = (date: string) => {
  now = Temporal.Instant.from(`${date}T08:00:00Z`);
};
const count = (quantity: number) => {
  world.source.counts =
    quantity === 0 ? [] : [{ externalId: 'site-1', billingType: 'AllDevicesMetric', quantity }];
};
const inChannel = () =>
  world.slack.messages(CHANNEL).filter((one) => one.threadTs === undefined || one.threadTs === one.ts);
const last = () => {
  const message = inChannel().at(-1);
  if (!message) throw new Error('no message');
  return message;
};
const said = () => textsIn(last().blocks);
const thread = () =>
  world.slack.messages(CHANNEL).filter((one) => one.threadTs === last().ts && one.ts !== last().ts);

/** Clicks a button of the newest summary. */
async function press(text: string, userId: string): Promise<void> {
  const found = controls(last().blocks).find(({ element }) => plainOf(element.text) === text);
  if (!found) throw new Error(`There is no button “${text}” in: ${said()}`);
  await world.slack.click(userId, { messageTs: last().ts, actionId: found.actionId, blockId: found.blockId });
}

describe('what changed', () => {
  test('in money: this sync, by module, the month and the units in force', async () => {
    await sync();
    expect(last().text).toBe('1 change, all in order (10 Nov 2026)');
    expect(said()).toContain('This sync: +$175.00 now, +$175.00 a month');
    expect(said()).toContain('November 2026: $175.00* pending and posted');
    expect(said()).toContain('In force: 14 units, $175.00 a month');
    expect(said()).toContain('Datto RMM: +$175.00 now, +$175.00 a month · 1 up');
    expect(said()).toContain('Daily Mail: Desktop Monitoring 0 → 14, +$175.00 now, +$175.00 a month');
  });

  test('against yesterday and the month before', async () => {
    await sync();
    day('2026-11-16');
    count(16);
    await sync();
    // 2 × 12.50 × 15/30
    expect(said()).toContain('November 2026: $187.50* pending and posted · +$12.50 since 10 Nov 2026');
    expect(said()).toContain('• Datto RMM: $187.50 · +$12.50 since 10 Nov 2026');
    expect(said()).toContain('In force: 16 units, $200.00 a month* · +2 units, +$25.00 since 10 Nov 2026');
    day('2026-12-01');
    await sync();
    expect(said()).toContain('December 2026: $200.00* pending and posted · +$12.50 against the month before');
    expect(said()).toContain('• Datto RMM: $200.00 · +$12.50 against the month before');
    expect(said()).not.toContain('since 16 Nov 2026');
  });

  test('every change once more in the thread, with its reason', async () => {
    await sync();
    expect(thread()).toHaveLength(1);
    expect(textsIn(thread()[0]?.blocks)).toMatch(
      /Datto RMM: 1 change[\s\S]*Daily Mail: Desktop Monitoring 0 → 14.*Counted 14 on 2026-11-10/,
    );
  });
});

test('nothing changed and nothing needs anybody: one line, no picture, no thread', async () => {
  await sync();
  day('2026-11-11');
  await sync();
  expect(last().blocks).toHaveLength(1);
  expect(said()).toMatch(
    /^\*No changes, all in order\* · 11 Nov 2026 · nightly sync · 1 of 1 module counted · .* · \$175\.00 this month/,
  );
  expect(thread()).toEqual([]);
});

describe('what waits for a person', () => {
  test('a held count, with its age, money and buttons, until it is decided', async () => {
    await sync();
    day('2026-11-16');
    count(0);
    await sync();
    day('2026-11-18');
    await sync();
    expect(last().text).toContain('1 thing needs you, no changes');
    expect(said()).toContain('Held: 1 line for you to decide*, −$87.50 now, −$175.00 a month');
    expect(said()).toMatch(/14 → 0\* since 16 Nov 2026 \(2 days\)/);
    expect(textsIn(thread()[0]?.blocks)).toContain('Held: 1 line');
    await press('Approve', ADMIN);
    await world.slack.waitFor(() => said().includes('pproved'));
  });

  test('a new module organization, with its suggestion; the button takes it, once', async () => {
    await sync();
    day('2026-11-11');
    world.source.organizations = [
      ...world.source.organizations,
      { externalId: 'site-2', name: 'Evening Post' },
    ];
    await sync();
    expect(said()).toContain('Not mapped: 1 module organization, 1 new');
    expect(said()).toMatch(/\*New:\* \*Evening Post\* · Datto RMM\nSurely \*Evening Post\*/);
    const before = await mappingOf('site-2');
    expect(before).toBe('unmapped');
    await press('Map to Evening Post', VIEWER);
    expect(await mappingOf('site-2')).toBe('unmapped');
    await press('Map to Evening Post', ADMIN);
    await person(world, ADMIN).told('1 mapping saved');
    expect(await mappingOf('site-2')).toBe('mapped');
    await press('Map to Evening Post', ADMIN);
    await person(world, ADMIN).told('This was saved already.');
  });

  test('a new module organization: “Not this one” is kept, and the suggestion comes no more', async () => {
    await sync();
    day('2026-11-11');
    world.source.organizations = [
      ...world.source.organizations,
      { externalId: 'site-2', name: 'Evening Post' },
    ];
    await sync();
    await press('Not this one', VIEWER);
    await press('Not this one', ADMIN);
    await person(world, ADMIN).told('Evening Post');
    expect(await mappingOf('site-2')).toBe('unmapped');
    day('2026-11-12');
    await sync();
    expect(said()).toContain('Not mapped: 1 module organization');
    expect(said()).not.toContain('Surely *Evening Post*');
    expect((await listAudit(world.core, {})).items.map(({ by }) => by.name)).not.toContain('vera');
  });

  test('more than five are counted', async () => {
    day('2026-11-11');
    world.source.organizations = Array.from({ length: 9 }, (_, n) => ({
      externalId: `s${n}`,
      name: `Unheard of ${n}`,
    }));
    await sync();
    expect(said()).toContain('Not mapped: 9 module organizations, 9 new');
    expect(said()).toContain('… and 4 more');
  });

  const mappingOf = async (externalId: string) =>
    (await listModuleOrganizations(world.core)).find((one) => one.externalId === externalId)?.mapping.status;
});

describe('a run that goes on', () => {
  const down = new IcbError('source-unavailable', 'Datto RMM does not answer. Try again later.');

  test('is told of while it waits, and its message edited when the module answers', async () => {
    await sync();
    day('2026-11-16');
    world.source.failure = down;
    let meanwhile = '';
    Object.assign(world.core, {
      wait: async () => {
        await world.slack.waitFor(() => last().text.includes('16 Nov'));
        meanwhile = `${last().text}\n${said()}`;
        world.source.failure = undefined;
        count(15);
      },
    });
    const before = inChannel().length;
    const run = await sync();
    expect(meanwhile).toContain('Nothing could be counted yet; trying again');
    expect(meanwhile).toContain('Datto RMM is tried again');
    expect(run).toMatchObject({ state: 'done', modules: [{ tries: 2 }] });
    expect(inChannel()).toHaveLength(before + 1);
    expect(last().text).toBe('1 change, all in order (16 Nov 2026)');
    expect(thread()).toHaveLength(1);
  });

  test('after a crash is edited, not repeated; nor when it is told again', async () => {
    await sync();
    day('2026-11-16');
    world.source.failure = down;
    Object.assign(world.core, {
      wait: async () => {
        await world.slack.waitFor(() => last().text.includes('16 Nov'));
        await world.core.syncQueue.stop();
      },
    });
    const cut = await sync();
    expect(cut.state).toBe('running');
    await world.core.syncQueue.idle();
    const posted = last();
    world.source.failure = undefined;
    const restarted = {
      ...world.core,
      syncQueue: new (world.core.syncQueue.constructor as new () => typeof world.core.syncQueue)(),
    };
    await recoverRuns(restarted);
    await restarted.syncQueue.idle();
    expect(last().ts).toBe(posted.ts);
    expect(said()).toContain('went on after icb was stopped');
    const summary = await syncSummary(world.core, cut.id);
    expect(summary.run.summary).toMatchObject({ channel: CHANNEL, ts: posted.ts });
    const calls = world.slack.log.of('chat.postMessage').length;
    await world.bot.notifier.syncFinished(summary.run);
    expect(world.slack.log.of('chat.postMessage')).toHaveLength(calls);
  });
});

test('fifty blocks hold whatever there is', async () => {
  await sync();
  const summary = await syncSummary(world.core, (await sync()).id);
  const [line] = (await previewSync(world.core)).lines;
  const long = 'Ä'.repeat(300);
  if (!line) throw new Error('no line');
  const { blocks } = syncSummaryMessage(
    {
      ...summary,
      first: true,
      held: Array.from({ length: 300 }, (_, n) => ({
        ...line,
        id: `${line.id}-${n}`,
        action: 'held' as const,
      })),
      unmapped: {
        total: 5000,
        fresh: 300,
        rows: Array.from({ length: 5 }, (_, n) => ({
          moduleOrganizationId: `datto-rmm:${n}`,
          module: 'datto-rmm',
          moduleName: long,
          name: long,
          class: 'sure' as const,
          fresh: true,
          suggestion: { organizationId: '10', name: long, confidence: 1, reason: long },
        })),
      },
      needsPerson: Array.from({ length: 60 }, () => ({
        kind: 'failed-module' as const,
        text: long,
        count: 1,
      })),
      pendingByModule: Array.from({ length: 40 }, () => ({
        module: long,
        amount: line.amount,
        currency: 'USD',
      })),
      changes: Array.from({ length: 500 }, () => ({
        module: long,
        organization: long,
        service: long,
        billingType: long,
        oldUnits: 1,
        newUnits: 2,
        text: long,
        reason: long,
      })),
    },
    { type: 'image', slack_file: { id: 'F1' }, alt_text: 'numbers' },
    { dataBlocks: true },
  );
  expect(checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message')).toEqual([]);
  expect(blocks.length).toBeLessThanOrEqual(50);
});
