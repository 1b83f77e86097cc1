import { describe, expect, test } from 'vitest';
import type { Book, BookService, ServiceDecision, Step } from './event-log.ts';
import { Oracle } from './oracle.ts';
import { dayIn, monthsAfter, textOf } from './oracle-days.ts';
import { readAmount, round, writeAmount } from './oracle-money.ts';

const SITE = { module: 'datto-rmm', externalId: 'site' };
const LINE = { contractId: 'c1', module: 'datto-rmm', billingType: 'Server' };
const SERVICE: BookService = { id: 's1', contractId: 'c1', unitPrice: '12.50', units: 0 };

const bookOf = (contract: Partial<Book['contracts'][number]>): Book => ({
  modules: ['datto-rmm'],
  organizations: ['1'],
  contracts: [{ id: 'c1', organizationId: '1', startDate: '2026-01-01', endDate: null, ...contract }],
  services: [SERVICE],
  moduleOrganizations: [SITE],
});

/** One site, one line, counts by day; the mapping is made on the first day, after that day's count. */
class Story {
  readonly #oracle: Oracle;
  readonly #decision: ServiceDecision;
  readonly #first: string;

  constructor(
    first: string,
    decision: Partial<ServiceDecision> = {},
    {
      contract = {},
      service = {},
    }: { contract?: Partial<Book['contracts'][number]>; service?: Partial<BookService> } = {},
  ) {
    this.#first = first;
    this.#oracle = new Oracle(bookOf(contract), { holds: true });
    this.#decision = {
      ...LINE,
      contractServiceId: 's1',
      unitRule: 'prorate-daily',
      from: 'period-start',
      ...decision,
    };
    this.do({ date: first, kind: 'enable-module', module: 'datto-rmm' });
    this.do({ date: first, kind: 'import-services', services: [{ ...SERVICE, ...service }] });
    this.do({ date: first, kind: 'map-organization', of: SITE, to: '1' });
  }

  do(step: Step): this {
    this.#oracle.apply(step);
    return this;
  }

  count(date: string, quantity: number | 'failed'): this {
    const answer = quantity === 'failed' ? quantity : { site: { Server: quantity } };
    this.do({ date, kind: 'sync', answers: { 'datto-rmm': answer } });
    return date === this.#first ? this.do({ date, kind: 'map-services', decisions: [this.#decision] }) : this;
  }

  items(): string[] {
    return this.#oracle
      .items()
      .sort((a, b) => (`${a.itemDate}${a.status}` < `${b.itemDate}${b.status}` ? -1 : 1))
      .map((item) => `${item.itemDate} ${item.kind} ${item.status} ${item.units} ${item.amount}`);
  }

  held(): string[] {
    return this.#oracle.held().map(({ since }) => since);
  }
}

describe('the oracle knows the examples of product.md', () => {
  test('a period starts at contract start + n months, clamped', () => {
    const starts = [0, 1, 2, 3, 13].map((months) => textOf(monthsAfter('2026-01-31', months)));
    expect(starts).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2027-02-28']);
    expect(textOf(dayIn('2028-02-29') + 1)).toBe('2028-03-01');
  });

  test('amounts round half away from zero', () => {
    expect(writeAmount(round(readAmount('-4.1650'), 2))).toBe('-4.1700');
    expect(writeAmount(round(readAmount('4.1649'), 2))).toBe('4.1600');
  });

  test('from today: 10 units at 12.50 from 10 November are one adjustment of 87.50', () => {
    const story = new Story('2026-11-10', { from: 'today' }).count('2026-11-10', 10).count('2026-11-11', 10);
    expect(story.items()).toEqual(['2026-11-10 adjustment pending 10 87.5000']);
  });

  test('peak: 10, 14, 12 bill 14, and the next period begins with 12', () => {
    const story = new Story('2026-11-01', { unitRule: 'peak' })
      .count('2026-11-01', 10)
      .count('2026-11-02', 10)
      .count('2026-11-08', 14)
      .count('2026-11-20', 12)
      .count('2026-12-01', 'failed');
    expect(story.items()).toEqual([
      '2026-11-01 period pending 14 175.0000',
      '2026-12-01 period pending 12 150.0000',
    ]);
  });

  test('peak from today never bills days before its mapping', () => {
    const story = new Story('2026-11-10', { unitRule: 'peak', from: 'today' })
      .count('2026-11-10', 10)
      .count('2026-11-11', 10)
      .count('2026-11-20', 14);
    expect(story.items()).toEqual(['2026-11-10 adjustment pending 14 122.5000']);
  });

  test('a change inside a posted period: 6 × 12.50 × 6/30 = 15.00', () => {
    const story = new Story('2026-11-01', {}, { contract: { startDate: '2026-11-01' } })
      .count('2026-11-01', 40)
      .count('2026-11-02', 40)
      .do({ date: '2026-11-03', kind: 'post' })
      .count('2026-11-25', 46);
    expect(story.items()).toEqual([
      '2026-11-01 period posted 40 500.0000',
      '2026-11-25 adjustment pending 6 15.0000',
    ]);
  });

  test('units the PSA held before are adopted: only the difference is adjusted', () => {
    const story = new Story('2026-11-10', { from: 'today' }, { service: { units: 8 } })
      .count('2026-11-10', 10)
      .count('2026-11-11', 10)
      .count('2026-12-01', 10);
    expect(story.items()).toEqual([
      '2026-11-01 period pending 8 100.0000',
      '2026-11-10 adjustment pending 2 17.5000',
      '2026-12-01 period pending 10 125.0000',
    ]);
  });

  test('a contract’s last period is cut at its end: 10 × 12.50 × 10/30', () => {
    const story = new Story('2026-11-01', {}, { contract: { endDate: '2026-11-10' } })
      .count('2026-11-01', 10)
      .count('2026-11-02', 10);
    expect(story.items()).toEqual(['2026-11-01 period pending 10 41.6667']);
  });
});

describe('holds', () => {
  const held = () =>
    new Story('2026-11-01').count('2026-11-01', 12).count('2026-11-02', 12).count('2026-11-23', 0);

  test('released: 12 in force, 0 on the 23rd, 2 on the 24th are −12 from the 23rd and +2 from the 24th', () => {
    const story = held().count('2026-11-24', 2);
    expect(story.held()).toEqual(['2026-11-23']);
    expect(story.items()).toEqual(['2026-11-01 period pending 12 150.0000']);
    story.do({ date: '2026-11-24', kind: 'release', line: LINE }).count('2026-11-25', 2);
    expect(story.items()).toEqual([
      '2026-11-01 period pending 12 150.0000',
      '2026-11-23 adjustment pending -12 -40.0000',
      '2026-11-24 adjustment pending 2 5.8333',
    ]);
  });

  test('a count within the limits ends the hold, and the held day is dropped', () => {
    const story = held().count('2026-11-24', 13);
    expect(story.held()).toEqual([]);
    expect(story.items()).toContain('2026-11-24 adjustment pending 1 2.9167');
    expect(story.items()).toHaveLength(2);
  });

  test('a jump waits only when it is more than 25 % and more than 5 units', () => {
    const after = (quantity: number) => held().count('2026-11-24', quantity).held();
    expect([17, 18].map((quantity) => after(quantity))).toEqual([[], ['2026-11-23']]);
    const many = new Story('2026-11-01').count('2026-11-01', 40).count('2026-11-02', 40);
    expect(many.count('2026-11-03', 50).held()).toEqual([]);
    expect(many.count('2026-11-04', 51).held()).toEqual(['2026-11-04']);
  });

  test('excluded units are subtracted; an exclusion without units leaves units in force', () => {
    const jump = () => new Story('2026-11-01').count('2026-11-01', 12).count('2026-11-02', 30);
    const until = '2026-11-10';
    const less = jump()
      .do({ date: '2026-11-02', kind: 'exclude', line: LINE, until, units: 17 })
      .count('2026-11-03', 30);
    expect(less.items()).toEqual([
      '2026-11-01 period pending 12 150.0000',
      '2026-11-02 adjustment pending 1 12.0833',
    ]);
    const none = jump()
      .do({ date: '2026-11-02', kind: 'exclude', line: LINE, until })
      .count('2026-11-03', 30);
    expect(none.items()).toEqual(['2026-11-01 period pending 12 150.0000']);
    expect(none.count('2026-11-11', 30).held()).toEqual(['2026-11-11']);
  });
});
