/** The parts of a filter that leakage can be told by. */
const NAMES: ReadonlySet<string> = new Set(['module', 'organization', 'billingType', 'currency']);

/** Whether every part of a filter has a meaning for leakage: one that has none would let everything through. */
export const filtersLeakage = (filters: object): boolean =>
  Object.keys(filters).every((name) => NAMES.has(name));
