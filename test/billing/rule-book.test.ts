import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shareOf } from '../../src/billing/line-units.ts';
import { SYSTEM } from '../../src/domain/actor.ts';
import type { IsoInstant } from '../../src/domain/calendar.ts';
import { Exclusion, LineDecisions, Release } from '../../src/domain/line-decision.ts';
import { type MappedService, ServiceMapping } from '../../src/domain/service-mapping.ts';
import { DEFAULT_HOLD_LIMITS } from '../../src/domain/settings.ts';
import type { Plan } from '../../src/sync/plan-sync.ts';
import { World } from '../sync/world.ts';

const BOOK = readFileSync(new URL('../../src/billing/README.md', import.meta.url), 'utf8');
const AT = '2026-11-24T08:00:00.000Z' as IsoInstant;

/** Blocks of a kind, each with the bold sentence that it stands under. */
function blocks(kind: string): { title: string; lines: string[] }[] {
  const found = [...BOOK.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))];
  return found.map((match) => {
    const before = BOOK.slice(0, match.index);
    const title =
      [...before.matchAll(/\*\*(.+?)\*\*/gs)].at(-1)?.[1] ??
      [...before.matchAll(/^## (.+)$/gm)].at(-1)?.[1] ??
      '';
    return { title: title.replaceAll('\n', ' '), lines: (match[1] ?? '').trim().split('\n') };
  });
}

const after = (words: readonly string[], word: string): string | undefined =>
  words[words.indexOf(word) + 1 || words.length];

class Player {
  world = new World();
  plan: Plan | undefined;

  play(line: string): void {
    const [verb = '', ...words] = line.split(' ');
    const step = this.steps[verb];
    if (!step) throw new Error(`the rule book says "${line}", which nobody can play`);
    step(words);
  }

  readonly steps: Record<string, (words: string[]) => void> = {
    contract: ([startDate = '', , endDate]) => {
      this.world = new World({ startDate, ...(endDate ? { endDate } : {}) });
      this.limits({});
    },
    held: ([units]) => {
      this.world = new World({ units: Number(units) });
      this.limits({});
    },
    limits: ([which]) =>
      this.limits(which === 'first' ? { firstCounts: true } : { zero: false, jumpUnits: 1000 }),
    map: ([since = '', unitRule = '', ...words]) => {
      const options = {
        from: words.includes('from') ? 'today' : 'period-start',
        dropRule: after(words, 'drops'),
        minimum: words.includes('minimum') ? Number(after(words, 'minimum')) : undefined,
        service: after(words, 'service') ?? 's1',
      };
      this.world.map({
        since,
        unitRule,
        ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
      });
    },
    count: ([date = '', quantity = '']) => {
      const [first = 0, second] = quantity.split('+').map(Number);
      if (second !== undefined) this.world.mapSite('site-2');
      this.world.count(date, first, second === undefined ? {} : { 'site-2': second });
      this.run();
    },
    night: ([date = '']) => {
      this.world.day(date);
      this.run();
    },
    failed: ([date = '']) => {
      const lastSync = { runId: 'r' as never, at: AT, state: 'failed' as const };
      this.world
        .set({ moduleStates: this.world.input.moduleStates.map((state) => ({ ...state, lastSync })) })
        .day(date);
      this.run();
    },
    post: () => void this.world.post(),
    extend: () =>
      void this.world.set({
        contracts: this.world.input.contracts.map((contract) => ({ ...contract, endDate: null })),
      }),
    ignore: () => void this.world.ignore(),
    disable: () =>
      void this.world.set({
        moduleStates: this.world.input.moduleStates.map((state) => ({ ...state, enabled: false })),
      }),
    unmap: () => void this.world.set({ organizationMappings: [] }),
    price: ([date, price]) => {
      const contractServices = this.world.input.contractServices.map((service) =>
        service.id === 's1'
          ? {
              ...service,
              unitPrice: price as never,
              pastPrices: [{ unitPrice: service.unitPrice, replacedOn: date as never }],
            }
          : service,
      );
      this.world.set({ contractServices });
    },
    release: ([through]) => this.decide({ releases: [Release.parse({ through, by: SYSTEM, at: AT })] }),
    exclude: ([from, , until, , units]) =>
      this.decide({
        exclusions: [
          Exclusion.parse({
            from,
            until,
            ...(units ? { units: Number(units) } : {}),
            reason: 'On loan',
            by: SYSTEM,
            at: AT,
          }),
        ],
      }),
  };

  limits(change: object): void {
    this.world.set({ holdLimits: { ...DEFAULT_HOLD_LIMITS, ...change } });
  }

  decide(decisions: object): void {
    const id = this.world.input.serviceMappings[0]?.id;
    this.world.set({ lineDecisions: [LineDecisions.parse({ id, ...decisions })] });
    this.run();
  }

  run(): void {
    this.plan = this.world.run();
  }

  /** Items as the book writes them. */
  items(): string[] {
    return this.world.items().map((item) => {
      const [status, kind, date, module, units, amount, ...rest] = item.split(' ');
      return [
        status === 'posted' ? 'posted ' : '',
        kind,
        ` ${date} ${units} ${amount}`,
        module === '-' ? ' no module' : '',
        rest.length > 0 ? ' corrects' : '',
      ].join('');
    });
  }
}

describe('the rule book', () => {
  const rules = blocks('rule');
  test('has its examples', () => expect(rules.length).toBeGreaterThan(30));

  test.each(rules)('$title', ({ lines }) => {
    const player = new Player();
    player.limits({});
    for (const line of lines.filter((each) => !each.startsWith('→'))) player.play(line);
    const expected = lines.filter((line) => line.startsWith('→')).map((line) => line.slice(2));
    expect(player.items()).toEqual(expected.filter((line) => !line.startsWith('line ')));
    for (const line of expected.filter((each) => each.startsWith('line '))) {
      const [, action, code, oldUnits, , newUnits] = line.split(' ');
      const text = /"(.+)"/.exec(line)?.[1] ?? '';
      expect(player.plan?.lines).toMatchObject([
        {
          action,
          oldUnits: Number(oldUnits),
          newUnits: Number(newUnits),
          reason: { code, text: expect.stringContaining(text) },
        },
      ]);
    }
    const again = player.world.run();
    expect(again.items, 'a second run changes nothing').toEqual({ put: [], remove: [] });
  });
});

test.each(blocks('share').flatMap(({ lines }) => lines))('%s', (line) => {
  const [, count = '', shares = '', parts = ''] = /^count (\d+): (.+) → (.+)$/.exec(line) ?? [];
  const mappings = shares.split(', ').map((each) => {
    const [contractId, share] = each.split(' ');
    return ServiceMapping.parse({
      status: 'mapped',
      id: `sm-${contractId}`,
      contractId,
      module: 'datto-rmm',
      billingType: 'AllDevicesMetric',
      contractServiceId: `s-${contractId}`,
      unitRule: 'prorate-daily',
      share: Number(share),
      from: 'today',
      since: '2026-11-01',
      by: SYSTEM,
      at: AT,
    }) as MappedService;
  });
  const got = mappings.map((mapping) => `${mapping.contractId} ${shareOf(Number(count), mapping, mappings)}`);
  expect(got.join(', ')).toBe(parts);
});
