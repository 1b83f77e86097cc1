import { describe, expect, test } from 'vitest';
import { heldLineBlocks } from '../../bot/messages/hold-blocks.ts';
import { planMessage } from '../../bot/messages/plan-message.ts';
import { settledBlocks } from '../../bot/messages/settled-blocks.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { money } from '../../src/domain/money.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { ADMIN } from './bot-world.ts';
import { textsIn } from './person.ts';

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
  const groups = { module: [], organization: [] };
  const preview = { id: 'p', date: isoDate('2026-11-10'), lines, totals: [], groups, names };
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
      undoable: () => false,
      names,
      date: isoDate('2026-11-10'),
    });
    expect(problems(settled)).toEqual([]);
    expect(textsIn(settled)).toContain('No longer held: its service mapping is gone.');
    expect(settled).toHaveLength(3);
  });
});
