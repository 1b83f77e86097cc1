/** Whether two values say the same; a field that is left out is one that is undefined. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [a, b] as Record<string, unknown>[];
  return Object.keys({ ...a, ...b }).every((key) => same(left?.[key], right?.[key]));
}
