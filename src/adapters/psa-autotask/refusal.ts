import type { AdjustmentRefusal } from '../../ports/psa.ts';

/** By words of the vendor's errors; the first that fits. Source: texts reported by others, facts/apis.md §1.6 and §3.2. */
const WORDS: readonly (readonly [RegExp, AdjustmentRefusal])[] = [
  [/duplicate data|already exists? for (this|the) (date|day)|same effective date/i, 'same-day'],
  [/approved and posted|already posted|posted (contract )?period/i, 'period-posted'],
  [/must be between the start date and end date|outside (of )?the contract/i, 'outside-contract'],
  [
    /adequate permission|not have (the )?(required )?permission|not authorized|access is denied/i,
    'no-rights',
  ],
  [/\bcontract\b.*\b(inactive|not active)\b|\binactive\b.*\bcontract\b/i, 'contract-inactive'],
  [/below (zero|0)|less than (zero|0)|negative|fewer than (zero|0)/i, 'below-zero'],
  [/does not exist|no matching records|is invalid|not found/i, 'service-missing'],
];

/** Which of the closed list the vendor's words amount to. */
export const refusalOf = (texts: readonly string[]): AdjustmentRefusal =>
  WORDS.find(([words]) => texts.some((text) => words.test(text)))?.[1] ?? 'other';
