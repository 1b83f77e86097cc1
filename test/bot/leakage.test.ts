import { afterEach, describe, expect, test } from 'vitest';
import { leakageMessage } from '../../bot/messages/leakage-message.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { LEAKAGE_REASONS } from '../../src/domain/leakage.ts';
import { money } from '../../src/domain/money.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { leakageTotals } from '../../src/usecases/leakage-totals.ts';
import type { LeakageView } from '../../src/usecases/list-leakage.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { ADMIN, type BotWorld, CHANNEL, startBotWorld, VIEWER } from './bot-world.ts';
import { person, textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;
const HUGE = `<!channel> & ${'W'.repeat(195)}`;

const row = (n: number, more: Partial<LeakageView> = {}): LeakageView => ({
  id: `lk_${n}`,
  module: `module-${n % 30}` as LeakageView['module'],
  moduleName: `${n % 30} ${HUGE}`,
  moduleOrganizationId: `m:${n}` as LeakageView['moduleOrganizationId'],
  moduleOrganization: HUGE,
  organization: `Customer ${HUGE}`,
  contract: HUGE,
  billingType: 'Server' as LeakageView['billingType'],
  billingTypeLabel: HUGE,
  units: n + 1,
  reason: { code: LEAKAGE_REASONS[n % LEAKAGE_REASONS.length] ?? 'held', text: HUGE.repeat(3) },
  countedOn: isoDate('2026-11-20'),
  since: isoDate('2026-11-01'),
  ageDays: n % 60,
  amount: money('12.50'),
  currency: n % 2 ? 'USD' : 'EUR',
  priceFrom: 'typical',
  ...more,
});

const message = (rows: readonly LeakageView[]) =>
  leakageMessage({ rows, totals: leakageTotals(rows), counted: true });

describe('the message', () => {
  test('stays within what Slack allows, with 500 rows of names as long as they come', () => {
    const { blocks, text } = message(Array.from({ length: 500 }, (_, n) => row(n)));
    expect(checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message')).toEqual([]);
    expect(text).toBe('125,250 units · €3,125.00 + $3,125.00 a month bill nowhere');
    expect(JSON.stringify(blocks)).toContain('… and 490 more rows');
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  });

  test('one row, no price: no money is made up', () => {
    const { amount: _, currency: __, priceFrom: ___, ...unpriced } = row(0);
    const names = { moduleOrganization: 'Acme', organization: 'Acme', billingTypeLabel: 'Servers' };
    const { blocks, text } = message([{ ...unpriced, ...names, reason: { code: 'held', text: 'Held.' } }]);
    expect(text).toBe('1 unit bills nowhere');
    expect(textsIn(blocks)).toContain('• *Acme* · Servers: 1 unit, since 1 Nov 2026. Held.');
    expect(textsIn(blocks)).toContain('1 unit without a known price');
  });
});

describe('/icb plan leakage', () => {
  let world: BotWorld;
  afterEach(() => world.close());

  async function synced(): Promise<void> {
    world = await startBotWorld();
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    await (await startSync(world.core, { trigger: 'night', by: CLI })).finished;
  }

  test.each([
    ['an administrator', ADMIN],
    ['a viewer', VIEWER],
  ])('answers %s alone, with what to do about it', async (_, user) => {
    await synced();
    const before = world.slack.messages(CHANNEL).length;
    await person(world, user).type('/icb plan leakage');
    const said = await person(world, user).told('Organization not mapped: 14 units');
    expect(said).toMatch(/Map now[\s\S]*Services[\s\S]*Open dashboard/);
    expect(world.slack.messages(CHANNEL)).toHaveLength(before);
  });

  test('is reached from the menu and from the summary', async () => {
    await synced();
    expect(textsIn(world.slack.messages(CHANNEL)[0]?.blocks)).toContain('*Leakage:* 14 units bill nowhere');
    const alex = person(world, ADMIN);
    await alex.type('/icb');
    await alex.told('What would you like to do?');
    await alex.press('Leakage');
    await alex.told('*For how long*');
  });

  test('before the first count it says so', async () => {
    world = await startBotWorld();
    await person(world, ADMIN).type('/icb plan leakage');
    await person(world, ADMIN).told('Nothing has been counted yet.');
  });
});
