import type { BillingType, Module } from '../domain/module.ts';

/** The billing type that a title or a cell names: exactly, by label, or but for words such as “number of”. */
export function findBillingType(
  { billingTypes }: Pick<Module, 'billingTypes'>,
  text: string,
): BillingType | undefined {
  const exact = billingTypes.find(({ name }) => name === text.trim());
  if (exact) return exact;
  for (const fold of [squeezed, loose]) {
    const wanted = fold(text);
    const found = billingTypes.filter(({ name, label }) => fold(name) === wanted || fold(label) === wanted);
    if (wanted !== '' && found.length === 1) return found[0];
  }
  return undefined;
}

export const squeezed = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

const FILLERS = /\b(number|no|num|count|counts|total|totals|quantity|qty|of|the|metric|billable|billed)\b/g;

/** Without filling words and plurals: “Total number of agents” and “Agent Count” are both “agent”. */
const loose = (text: string): string =>
  text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[_#-]+/g, ' ')
    .replace(FILLERS, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/s$/, ''))
    .join('');
