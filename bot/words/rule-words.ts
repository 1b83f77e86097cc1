import type { UnitRule } from '../../src/domain/service-mapping.ts';

/** A unit rule in words, behind “rule:”. */
export const RULE_WORDS: Readonly<Record<UnitRule, string>> = {
  'prorate-daily': 'day by day',
  'next-period': 'from the next period',
  peak: 'at the highest count',
};
