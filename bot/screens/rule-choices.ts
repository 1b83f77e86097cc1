import type { UnitRule } from '../../src/domain/service-mapping.ts';
import { type Choices, keyOf } from './choices.ts';

/** A unit rule as a person chooses it for one contract; `keep` leaves the rule of each of its mappings alone. */
export type RuleChoice = UnitRule | 'keep';

/** One letter each: private_metadata holds 3,000 characters. */
const LETTERS = { 'prorate-daily': 'd', 'next-period': 'n', peak: 'p', keep: 'k' } as const;

export const isRuleChoice = (text: string): text is RuleChoice => Object.hasOwn(LETTERS, text);

/** The rule a person chose for this contract; undefined where they left it as it was. */
export function chosenRule(rules: Choices, contract: string): RuleChoice | undefined {
  const letter = rules.get(keyOf(contract));
  return Object.keys(LETTERS)
    .filter(isRuleChoice)
    .find((rule) => LETTERS[rule] === letter);
}

export const withRule = (rules: Choices, contractKey: string, rule: RuleChoice): Choices =>
  new Map(rules).set(contractKey, LETTERS[rule]);
