import fc from 'fast-check';
import {
  AGGREGATES,
  CHART_TYPES,
  DIMENSIONS,
  FIELDS,
  WidgetDefinition,
} from '../../src/widgets/widget-definition.ts';
import { RELATIVE_PERIODS } from '../../src/widgets/widget-filters.ts';
import type { ItemSketch } from './sample-items.ts';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Any definition that the schema takes. */
export const anyDefinition: fc.Arbitrary<WidgetDefinition> = fc
  .record({
    id: fc.constant('any'),
    title: fc.constant('Any'),
    entity: fc.constantFrom('pending', 'posted', 'both'),
    measure: fc.record({ field: fc.constantFrom(...FIELDS), aggregate: fc.constantFrom(...AGGREGATES) }),
    groupBy: fc.constantFrom(...DIMENSIONS),
    breakDownBy: optional(fc.constantFrom(...DIMENSIONS)),
    chart: fc.constantFrom(...CHART_TYPES),
    top: optional(fc.integer({ min: 1, max: 3 })),
    breakDownTop: optional(fc.integer({ min: 1, max: 3 })),
    goal: optional(fc.record({ value: fc.constantFrom('0', '12.50', '99999'), label: fc.constant('Goal') })),
    legend: optional(fc.boolean()),
    labels: optional(fc.boolean()),
    total: optional(fc.boolean()),
    locale: optional(fc.constantFrom('de-DE', 'ar-EG', 'ja-JP')),
    filters: fc.record(
      {
        months: fc.constantFrom(...RELATIVE_PERIODS),
        kind: fc.constant('period'),
        noModule: fc.constant(true),
      },
      { requiredKeys: [] },
    ),
  })
  .map((input) => WidgetDefinition.safeParse(input))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data);

const cents = fc.integer({ min: -50_000, max: 90_000 }).map((n) => (n / 100).toFixed(2));

/** Billing items of few organizations and modules, so that they fall together. */
export const anyBook: fc.Arbitrary<ItemSketch[]> = fc.array(
  fc.record({
    status: fc.constantFrom('pending' as const, 'posted' as const),
    organization: fc.constantFrom('1', '2', '3', '4'),
    module: fc.constantFrom('datto-rmm', 'graphus', 'vulscan', null),
    billingType: fc.constantFrom('AllDevicesMetric', null),
    start: fc.constantFrom('2025-11-01', '2026-02-28', '2026-09-30', '2026-11-01', '2026-12-01'),
    units: fc.integer({ min: -5, max: 50 }),
    amount: cents,
    cost: fc.constantFrom('3.00', '12.3456', ''),
    currency: fc.constantFrom('USD', 'USD', 'EUR'),
  }),
  { maxLength: 25 },
);
