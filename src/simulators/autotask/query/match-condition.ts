import type { Row, Value } from '../tables.ts';
import type { Condition, Operand } from './parse-query.ts';

/** Whether a record fits, by the database's ways: case is no matter, and nothing compares to null. */
export function matches(row: Row, condition: Condition): boolean {
  if (!('key' in condition)) {
    return condition.op === 'and'
      ? condition.items.every((item) => matches(row, item))
      : condition.items.some((item) => matches(row, item));
  }
  const value = row[condition.key] ?? null;
  if (condition.op === 'exist') return value !== null;
  if (condition.op === 'notexist') return value === null;
  if (value === null) return false;
  const held = comparable(value, condition.values[0], condition.text);
  const wanted = wantedBy(condition);
  if (condition.op === 'in') return wanted.has(held);
  if (condition.op === 'notin') return !wanted.has(held);
  const [first] = wanted;
  if (first === undefined) return false;
  return compare(condition.op, held, first);
}

type Compared = Extract<Condition, { readonly key: string }>;

/** One condition meets every record of a table. */
const WANTED = new WeakMap<Compared, ReadonlySet<NonNullable<Operand>>>();

function wantedBy(condition: Compared): ReadonlySet<NonNullable<Operand>> {
  const known = WANTED.get(condition);
  if (known) return known;
  const wanted = new Set(
    condition.values.flatMap((one) => (one === null ? [] : [condition.text ? folded(one) : one])),
  );
  WANTED.set(condition, wanted);
  return wanted;
}

const folded = (value: Operand): string => String(value).toLowerCase();

/** Stored days and instants are texts; conditions on them come as epoch milliseconds. */
function comparable(value: Value, operand: Operand | undefined, text: boolean): string | number | boolean {
  if (text) return folded(value);
  if (typeof value === 'string' && typeof operand === 'number') return Date.parse(value);
  return value as string | number | boolean;
}

function compare(op: string, held: string | number | boolean, wanted: string | number | boolean): boolean {
  switch (op) {
    case 'eq':
      return held === wanted;
    case 'noteq':
      return held !== wanted;
    case 'gt':
      return held > wanted;
    case 'gte':
      return held >= wanted;
    case 'lt':
      return held < wanted;
    case 'lte':
      return held <= wanted;
    case 'beginswith':
      return String(held).startsWith(String(wanted));
    case 'endswith':
      return String(held).endsWith(String(wanted));
    default:
      return String(held).includes(String(wanted));
  }
}
