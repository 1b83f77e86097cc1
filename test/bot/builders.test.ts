import type { KnownBlock, ModalView } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MapMeta, numbered, read, ServicesMeta, write } from '../../bot/action-ids.ts';
import { plain, sectionsOf } from '../../bot/blocks.ts';
import { helpMessage, misunderstoodMessage } from '../../bot/messages/help-message.ts';
import { itemsMessage } from '../../bot/messages/items-message.ts';
import { menuMessage } from '../../bot/messages/menu-message.ts';
import { planMessage } from '../../bot/messages/plan-message.ts';
import { runOutcome } from '../../bot/messages/run-outcome.ts';
import { savedMappingsMessage } from '../../bot/messages/saved-mappings-message.ts';
import { syncSummaryMessage } from '../../bot/messages/sync-summary-message.ts';
import { ignoreView } from '../../bot/modals/ignore-view.ts';
import { mapConfirmView } from '../../bot/modals/map-confirm-view.ts';
import { mapView } from '../../bot/modals/map-view.ts';
import { decodeChoices, encodeChoices, keyOf, mergeChoices } from '../../bot/screens/choices.ts';
import { newMapMeta } from '../../bot/screens/load-map-view.ts';
import { limited } from '../../bot/screens/map-choices.ts';
import type { MapRow } from '../../bot/screens/map-rows.ts';
import { clip, escapeName, escapeText } from '../../bot/words/escape.ts';
import { isoDate } from '../../src/domain/calendar.ts';
import { money } from '../../src/domain/money.ts';
import type { PlanLine } from '../../src/domain/plan.ts';
import { checkBlocks } from '../../src/simulators/slack/block-kit/check-blocks.ts';
import { checkView } from '../../src/simulators/slack/block-kit/check-view.ts';

/** The longest and strangest names a PSA holds. */
const HUGE = `<!channel> & ${'W'.repeat(195)}`;
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 220 });

const messageProblems = (blocks: readonly KnownBlock[]) =>
  checkBlocks(JSON.parse(JSON.stringify(blocks)), 'message');
const viewProblems = (view: ModalView) => checkView(JSON.parse(JSON.stringify(view)), 'modal');

describe('text', () => {
  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['Smith & Sons', 'Smith &amp; Sons'],
    ['a\n> quoted\tline', 'a &gt; quoted line'],
    ['&lt;', '&amp;lt;'],
  ])('escapes %j', (raw, escaped) => expect(escapeText(raw)).toBe(escaped));

  test('never cuts an entity or a character in half', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 50 }), (name, max) => {
        expect([...clip(name, max)].length).toBeLessThanOrEqual(max);
        expect(escapeName(name, max).replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
      }),
    );
  });

  test('lines are packed within what a section holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4000 }), { maxLength: 30 }), (lines) => {
        for (const block of sectionsOf(lines)) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3000);
      }),
    );
  });

  test('plain text is never empty and never too long', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const made = plain(raw, 24).text;
        expect(made.length).toBeGreaterThan(0);
        expect([...made].length).toBeLessThanOrEqual(24);
      }),
    );
  });
});

describe('choices', () => {
  const key = text.map(keyOf);
  const choice = fc.oneof(
    key,
    fc.constantFrom('~', '!', '!!'),
    key.map((one) => `!${one}`),
  );

  test('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, choice)), (entries) => {
        const choices = new Map(entries);
        expect(decodeChoices(encodeChoices(choices))).toEqual(choices);
      }),
    );
  });

  test.each(['', 'garbage', 'a,b,c', '{"x":1}', ','])('%j holds none', (raw) => {
    expect(decodeChoices(raw).size).toBe(0);
  });

  test('what was on screen counts, ticks taken back included', () => {
    const before = new Map([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
    ]);
    expect([...mergeChoices(before, ['a', 'b'], new Map([['b', '9']]))]).toEqual([
      ['c', '3'],
      ['b', '9'],
    ]);
  });

  test('as many as are allowed fit into private_metadata, with the longest of everything', () => {
    const choices = limited(
      new Map(Array.from({ length: 120 }, (_, n) => [keyOf(`row ${n}`), `!${keyOf(`org ${n}`)}`])),
    );
    const meta: MapMeta = {
      ...newMapMeta('C0123456789'),
      organization: HUGE,
      search: 'ü'.repeat(150),
      choices,
      seen: keyOf('x'),
    };
    const view = ignoreView('x', {
      v: 1,
      moduleOrganizationId: HUGE,
      open: false,
      parentView: 'V0123456789',
      parent: meta,
    });
    expect(viewProblems(view)).toEqual([]);
    expect(() => limited(new Map([...choices, ['another1', 'another2']]))).toThrow('save these first');
  });
});

test('metadata of another version, or none, is no metadata', () => {
  const meta = newMapMeta('C1');
  expect(read(MapMeta, write(MapMeta, meta))).toEqual(meta);
  for (const other of [undefined, '', '{', '7', '{"v":2}', JSON.stringify({ ...meta, v: 2 })])
    expect(read(MapMeta, other)).toBeUndefined();
  expect(read(ServicesMeta, write(MapMeta, meta))).toBeUndefined();
});

test('numbered action ids keep their base', () => expect(numbered('run', 3)).toBe('run:3'));

describe('within what Slack allows, with names as long as they come', () => {
  const row = (n: number): MapRow => ({
    id: `datto-rmm:${n}-${HUGE}`,
    key: keyOf(`row ${n}`),
    name: HUGE,
    moduleName: HUGE,
    state: {
      kind: 'unmapped',
      class: n % 2 ? 'sure' : 'ambiguous',
      candidates: Array.from({ length: n % 2 ? 1 : 130 }, (_, c) => ({
        key: keyOf(`candidate ${n} ${c}`),
        name: HUGE,
        confidence: 0.5,
        reason: HUGE,
      })),
    },
  });

  test('the map modal and its review', () => {
    const rows = Array.from({ length: 10 }, (_, n) => row(n));
    const meta = { ...newMapMeta('C1'), search: 'x'.repeat(150), page: 3 };
    expect(
      viewProblems(mapView({ rows, total: 60, page: 3, targets: new Map(), filter: HUGE, meta })),
    ).toEqual([]);
    const changes = Array.from({ length: 120 }, (_, n) => ({
      key: keyOf(String(n)),
      name: HUGE,
      moduleName: HUGE,
      before: HUGE,
      after: HUGE,
      beforeCode: '~',
      afterCode: keyOf('x'),
      decision: { moduleOrganizationId: 'x', organizationId: 'y' },
    }));
    expect(viewProblems(mapConfirmView(changes, meta, true))).toEqual([]);
    const message = savedMappingsMessage({
      lines: changes.map(() => HUGE),
      by: { kind: 'slack', userId: 'U1', name: HUGE },
      at: Temporal.Instant.from('2026-11-10T08:00:00Z'),
      change: 'au_1234567890',
      organizations: [{ id: 'o', name: HUGE }],
    });
    expect(messageProblems(message.blocks)).toEqual([]);
  });

  test('menu, help and a command nobody knows', () => {
    for (const blocks of [
      menuMessage('admin').blocks,
      menuMessage('viewer').blocks,
      helpMessage().blocks,
      misunderstoodMessage({ ok: false, problem: HUGE, offer: HUGE, example: 'help' }).blocks,
    ])
      expect(messageProblems(blocks)).toEqual([]);
  });

  test('a plan of 500 lines', () => {
    const line = (n: number) =>
      ({
        id: String(n),
        action: (['create', 'change', 'none', 'held', 'blocked'] as const)[n % 5],
        organizationId: 'o',
        contractId: 'c',
        contractServiceId: 's',
        module: 'datto-rmm',
        billingType: 'AllDevicesMetric',
        oldUnits: n,
        newUnits: n + 1,
        effectiveDate: isoDate('2026-11-10'),
        amount: money('12.50'),
        monthlyAmount: money('12.50'),
        currency: 'USD',
        unitRule: 'next-period',
        reason: { code: 'count-up', text: HUGE },
      }) as unknown as PlanLine;
    const group = {
      key: 'x',
      label: HUGE,
      lines: 1,
      units: 1,
      currency: 'USD',
      amount: money('1'),
      monthlyAmount: money('1'),
    };
    const groups = Array.from({ length: 40 }, () => group);
    const { blocks } = planMessage(
      {
        id: 'p',
        date: isoDate('2026-11-10'),
        lines: Array.from({ length: 500 }, (_, n) => line(n)),
        totals: [{ currency: 'USD', amount: money('1'), monthlyAmount: money('1') }],
        groups: { module: groups, organization: groups },
        names: {
          organization: () => HUGE,
          module: () => HUGE,
          contract: () => HUGE,
          service: () => HUGE,
          billingType: () => HUGE,
        },
      },
      { mayDecide: true, shown: '2026-11-10T08:00:00.000Z' },
    );
    expect(messageProblems(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('more line');
    expect(JSON.stringify(blocks)).toContain('By organization');
    expect(JSON.stringify(blocks)).toContain('+$12.50 now, +$12.50 a month (next period)');
  });

  test('a run says whether it did what the plan said, and what moved', () => {
    const names = {
      organization: () => 'Daily <Mail>',
      service: () => 'Desktop',
      module: () => 'Datto RMM',
    } as never;
    const run = (previewed: object) =>
      runOutcome(
        {
          modules: [
            {
              id: 'datto-rmm',
              state: 'done',
              counts: 1,
              requests: 1,
              moduleOrganizations: 1,
              newModuleOrganizations: 0,
            },
          ],
          lines: { create: 0, change: 1, none: 0, held: 0, blocked: 0 },
          previewed,
        } as never,
        () => 'Datto RMM',
        names,
      ).split('\n');
    expect(run({ planId: 'p', moved: 0, moves: [] })).toContain(
      'It did exactly what the plan you looked at said.',
    );
    const move = {
      before: { action: 'held', oldUnits: 14, newUnits: 0 },
      after: { action: 'change', oldUnits: 14, newUnits: 15 },
    };
    expect(run({ planId: 'p', moved: 2, moves: [move, { after: move.before }] }).slice(1)).toEqual([
      '*2 lines moved since the plan was looked at:*',
      '• Daily &lt;Mail&gt; · Desktop: 14 → 0 held in the plan, 14 → 15 in the sync',
      '• Daily &lt;Mail&gt; · Desktop: no change in the plan, 14 → 0 held in the sync',
    ]);
  });

  test('items and a summary of 24 modules and 300 changes', () => {
    const group = { key: 'x', label: HUGE, units: 1, amount: money('1'), currency: 'USD', count: 1 };
    const groups = Array.from({ length: 24 }, () => group);
    expect(messageProblems(itemsMessage(groups, groups, []).blocks)).toEqual([]);
    const { blocks } = syncSummaryMessage({
      run: {
        id: 'run_1' as never,
        trigger: 'night',
        by: { kind: 'system', name: 'icb' },
        state: 'partial',
        dryRun: false,
        scope: {},
        date: isoDate('2026-11-10'),
        startedAt: '2026-11-10T01:15:00Z' as never,
        modules: [],
        lines: { create: 1, change: 1, none: 1, held: 1, blocked: 1 },
        psaWrites: 0,
        items: { created: 0, changed: 0, removed: 0 },
      },
      modules: Array.from({ length: 24 }, () => ({
        id: 'm' as never,
        name: HUGE,
        state: 'done' as const,
        up: 3,
        down: 2,
        moved: [{ currency: 'USD', amount: money('1'), monthlyAmount: money('2') }],
      })),
      moved: [{ currency: 'USD', amount: money('1'), monthlyAmount: money('2') }],
      money: [],
      held: [],
      names: {
        organization: () => HUGE,
        module: () => HUGE,
        contract: () => HUGE,
        service: () => HUGE,
        billingType: () => HUGE,
      },
      unmapped: { total: 0, fresh: 0, rows: [] },
      changes: Array.from({ length: 300 }, () => ({
        module: HUGE,
        organization: HUGE,
        service: HUGE,
        billingType: HUGE,
        oldUnits: 1,
        newUnits: 2,
        text: HUGE,
        reason: HUGE,
      })),
      needsPerson: Array.from({ length: 24 }, () => ({
        kind: 'failed-module' as const,
        text: HUGE,
        count: 1,
      })),
      pending: [{ currency: 'USD', amount: money('1'), units: 1, count: 1 }],
      pendingByModule: Array.from({ length: 24 }, () => ({
        module: HUGE,
        amount: money('1'),
        currency: 'USD',
      })),
      first: true,
    });
    expect(messageProblems(blocks)).toEqual([]);
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  });
});
