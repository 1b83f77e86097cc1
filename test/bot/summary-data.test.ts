import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BotContext } from '../../bot/bot-context.ts';
import { CHART_POINTS, dataTable } from '../../bot/messages/data-blocks.ts';
import { changeTable, trendBlocks } from '../../bot/messages/summary-data-blocks.ts';
import { sendIllustrated } from '../../bot/send-illustrated.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { money } from '../../src/domain/money.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { enableModule } from '../../src/usecases/enable-module.ts';
import { startSync } from '../../src/usecases/start-sync.ts';
import { type SyncSummary, syncSummary } from '../../src/usecases/sync-summary.ts';
import { type BotWorld, startBotWorld } from './bot-world.ts';
import { textsIn } from './person.ts';

const CLI = { kind: 'cli', name: 'test' } as const;
const types = (blocks: readonly { type: string }[]) => blocks.map(({ type }) => type);
const valid = (blocks: unknown) => checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message');

const change = (n: number, name = `Organization ${n}`) => ({
  module: 'Datto RMM',
  organization: name,
  service: 'Server Care',
  billingType: 'Servers',
  oldUnits: n,
  newUnits: n + 2,
  text: `${name} changed`,
  reason: 'Counted.',
  money: { currency: 'USD', amount: money('1.50'), monthlyAmount: money('3') },
});

const point = (n: number) => ({
  date: isoDate(`2026-10-${String(n).padStart(2, '0')}`),
  totals: [
    { currency: 'USD', month: money('1'), units: 100 + n, monthly: money('12.5') },
    { currency: 'EUR', month: money('1'), units: 5, monthly: money('2') },
  ] as never,
});

describe('the table of changes', () => {
  test('says each change with its figures as numbers, and names rows for screen readers', () => {
    const [block] = changeTable(Array.from({ length: 12 }, (_, n) => change(n)));
    expect(block).toMatchObject({ type: 'data_table', row_header_column_index: 0 });
    const { rows } = block as unknown as { rows: unknown[][] };
    expect(rows).toHaveLength(13);
    expect(rows[3]?.slice(0, 4)).toEqual([
      { type: 'raw_text', text: 'Organization 2' },
      { type: 'raw_text', text: 'Server Care' },
      { type: 'raw_number', value: 2 },
      { type: 'raw_number', value: 4 },
    ]);
    expect(textsIn(rows[3])).toContain('+$1.50 now, +$3.00 a month');
    expect(valid([block])).toEqual([]);
  });

  test('500 long names stay within what a message holds, and it is said how many are in the thread', () => {
    const blocks = changeTable(Array.from({ length: 500 }, (_, n) => change(n, 'Ä'.repeat(300))));
    expect(valid(blocks)).toEqual([]);
    const shown = (blocks[0] as unknown as { rows: unknown[] }).rows.length - 1;
    expect(shown).toBeGreaterThan(10);
    expect(textsIn(blocks.slice(1))).toBe(`… and ${500 - shown} more in the thread below.`);
  });

  test('rows are left out from the end only', () => {
    const long = 'x'.repeat(80);
    const wide = [long, long, long, long, long];
    const { shown, block } = dataTable(
      'c',
      ['a', 'b', 'c', 'd', 'e'],
      [...Array(30).fill(wide), ['last', '', '', '', '']],
    );
    expect(shown).toBe(14);
    expect(textsIn(block)).not.toContain('last');
  });
});

describe('the chart of the last runs', () => {
  test.each([0, 1])('%i days are nothing to compare', (days) => {
    expect(trendBlocks(Array.from({ length: days }, (_, n) => point(n + 1)))).toEqual([]);
  });

  test('30 days: as many points as Slack draws, and all of them in words, each currency by itself', () => {
    const blocks = trendBlocks(Array.from({ length: 30 }, (_, n) => point(n + 1)));
    expect(valid(blocks)).toEqual([]);
    const { chart } = blocks[0] as unknown as { chart: { axis_config: { categories: string[] } } };
    expect(chart.axis_config.categories).toHaveLength(CHART_POINTS);
    expect(chart.axis_config.categories.at(-1)).toBe('30 Oct 2026');
    expect(textsIn(blocks[1])).toBe(
      '*Over the last 30 days with a sync:* 106 units, $12.50 + €2.00 a month on 1 Oct 2026 → ' +
        '135 units, $12.50 + €2.00 a month on 30 Oct 2026; between 106 and 135 units.',
    );
  });
});

describe('a workspace that refuses them', () => {
  let world: BotWorld;
  let summary: SyncSummary;
  beforeEach(async () => {
    world = await startBotWorld();
    await enableModule(world.core, { module: 'datto-rmm', by: CLI });
    const run = await (await startSync(world.core, { trigger: 'night', by: CLI })).finished;
    summary = {
      ...(await syncSummary(world.core, run.id)),
      changes: Array.from({ length: 12 }, (_, n) => change(n)),
      trend: [point(1), point(2)],
    };
  });
  afterEach(() => world.close());

  const invalid = () => Object.assign(new Error('no'), { data: { ok: false, error: 'invalid_blocks' } });
  const PICTURE = { type: 'image' as const, slack_file: { id: 'F1' }, alt_text: 'numbers' };

  function slackThat(refuses: (types: string[]) => boolean) {
    const tried: string[][] = [];
    const bot = { core: world.core, wait: async () => {} } as unknown as BotContext;
    const post = (picture?: typeof PICTURE) =>
      sendIllustrated(bot, summary, picture, async ({ blocks }) => {
        tried.push(types(blocks));
        if (refuses(types(blocks))) throw invalid();
        return { ts: '1.1' };
      });
    return { tried, post };
  }
  const data = (tried: string[] | undefined) => tried?.filter((type) => type.startsWith('data_'));

  test('one that takes them gets chart, table and picture at once', async () => {
    const { tried, post } = slackThat(() => false);
    await post(PICTURE);
    expect(tried).toHaveLength(1);
    expect(data(tried[0])).toEqual(['data_visualization', 'data_table']);
    expect(tried[0]).toContain('image');
  });

  test.each([[undefined], [PICTURE]])('gets text, and is not asked again (picture: %o)', async (picture) => {
    const { tried, post } = slackThat((all) => all.some((type) => type.startsWith('data_')));
    expect(await post(picture)).toEqual({ ts: '1.1' });
    expect(data(tried.at(-1))).toEqual([]);
    expect(tried.at(-1)?.includes('image')).toBe(picture !== undefined);
    const before = tried.length;
    await post(picture);
    expect(tried).toHaveLength(before + 1);
  });

  test('a picture that never becomes usable does not cost the table', async () => {
    const { tried, post } = slackThat((all) => all.includes('image'));
    await post(PICTURE);
    expect(data(tried.at(-1))).toEqual(['data_visualization', 'data_table']);
  });

  test('any other failure is not tried again: the message may be there', async () => {
    const { tried, post } = slackThat(() => {
      throw new Error('socket hang up');
    });
    await expect(post()).rejects.toThrow('socket hang up');
    expect(tried).toHaveLength(1);
  });
});
