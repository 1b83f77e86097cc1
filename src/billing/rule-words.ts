import type { DropRule, MappedService, UnitRule } from '../domain/service-mapping.ts';

export type LineRule = Pick<MappedService, 'unitRule' | 'dropRule' | 'minimum' | 'share'>;

const CHANGES: Readonly<Record<UnitRule, string>> = {
  'prorate-daily': 'A change counts from the day of its count; the rest of the period is billed by days.',
  'next-period': 'A change counts from the first day of the next billing period.',
  peak: 'The highest daily count of a billing period bills the whole period; a drop counts from the next one.',
};

const DROPS: Readonly<Record<DropRule, string>> = {
  'prorate-daily': 'A drop counts from the day of its count.',
  'next-period': 'A drop counts from the next billing period.',
};

/** A service mapping's unit rule, minimum and share, one sentence each. */
export function ruleWords({ unitRule, dropRule, minimum, share }: LineRule): string[] {
  const dropsDiffer = dropRule !== undefined && unitRule !== 'peak' && dropRule !== unitRule;
  return [
    CHANGES[unitRule],
    ...(dropsDiffer ? [DROPS[dropRule]] : []),
    ...(minimum ? [`At least ${minimum} ${minimum === 1 ? 'unit is' : 'units are'} billed.`] : []),
    ...(share === undefined ? [] : [`This contract gets ${share} % of the count, in whole units.`]),
  ];
}
