import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IcbError } from '../../src/domain/errors.ts';
import { BillingItemFilter, matchesFilter } from '../../src/widgets/billing-item-filter.ts';
import {
  decodeBillingItemFilter,
  encodeBillingItemFilter,
} from '../../src/widgets/billing-item-filter-url.ts';
import { makeItem } from './sample-items.ts';

const decode = (text: string) => decodeBillingItemFilter(new URLSearchParams(text));

describe('matching', () => {
  const item = makeItem({
    module: 'datto-rmm',
    organization: '7',
    service: 'Backup, servers',
    start: '2026-11-30',
  });
  const bare = makeItem({ module: null, billingType: null });

  test.each([
    ['', true, true],
    ['status=pending', true, true],
    ['status=posted', false, false],
    ['module=graphus,datto-rmm', true, false],
    ['module=graphus&noModule=true', false, true],
    ['noModule=true', false, true],
    ['noBillingType=true', false, true],
    ['organization=7', true, false],
    ['service=Backup%252C servers', true, false],
    ['period=2026-11', true, true],
    ['from=2026-12', false, false],
    ['to=2026-10', false, false],
    ['currency=EUR', false, false],
    ['notModule=datto-rmm', false, true],
    ['notNoModule=true', true, false],
  ])('%s', (query, first, second) => {
    const filter = decode(query);
    expect([matchesFilter(item, filter), matchesFilter(bare, filter)]).toEqual([first, second]);
  });
});

describe('URL', () => {
  test('reads as people would write it', () => {
    const filter = BillingItemFilter.parse({
      status: 'pending',
      module: ['datto-rmm', 'graphus'],
      period: { from: '2026-11', to: '2026-11' },
    });
    expect(decodeURIComponent(encodeBillingItemFilter(filter).toString())).toBe(
      'status=pending&module=datto-rmm,graphus&period=2026-11',
    );
  });

  test('every filter comes back as it was, whatever its names hold', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 12, unit: 'binary' })
      .filter((text) => text.isWellFormed());
    const names = fc.array(fc.oneof(name, fc.constantFrom('a,b', '%2C', '100%', '%252C', ',')), {
      minLength: 1,
    });
    const month = fc.constantFrom('2026-01', '2026-11');
    const lists = { service: names, noModule: fc.constant(true), module: fc.constant(['datto-rmm']) };
    const filters = fc.record(
      {
        ...lists,
        status: fc.constantFrom('pending', 'posted'),
        currency: fc.constant('EUR'),
        period: fc.oneof(
          fc.record({ from: month }),
          fc.record({ to: month }),
          fc.record({ from: fc.constant('2026-01'), to: month }),
        ),
        except: fc.record({ ...lists, noBillingType: fc.constant(true) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, (input) => {
        const filter = BillingItemFilter.parse(input);
        const url = encodeBillingItemFilter(filter).toString();
        expect(decode(url)).toEqual(filter);
      }),
    );
  });

  test.each(['status=paid', 'module=../etc', 'period=2026-13', 'currency=dollars'])(
    'refuses %s in words',
    (text) => {
      expect(() => decode(text)).toThrow(IcbError);
      expect(() => decode(text)).toThrow(/cannot be filtered like this: \w+/);
    },
  );
});
