import { z } from 'zod';
import type { Entity } from '../entities/entities.ts';
import type { EntityField } from '../entities/entity-field.ts';
import { Refusal } from '../refusal.ts';

export const PAGE_MAX = 500;
const OR_MAX = 500;

/** A condition with its field found and its value of the field's kind. */
export type Condition =
  | { readonly op: 'and' | 'or'; readonly items: readonly Condition[] }
  | {
      readonly op: Comparison;
      readonly key: string;
      readonly text: boolean;
      readonly values: readonly Operand[];
    };
export type Operand = string | number | boolean | null;
export type Comparison = (typeof COMPARISONS)[number];

const COMPARISONS = [
  'eq',
  'noteq',
  'gt',
  'gte',
  'lt',
  'lte',
  'beginswith',
  'endswith',
  'contains',
  'exist',
  'notexist',
  'in',
  'notin',
] as const;
const ONLY_TEXT: readonly string[] = ['beginswith', 'endswith', 'contains'];

export interface Query {
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
  readonly maxRecords: number;
  /** Lower-case names; undefined for all fields. */
  readonly include: ReadonlySet<string> | undefined;
}

/** Names of a body's keys may be written in any case. */
const anyCase = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]))
    : body;

const Node = z.preprocess(
  anyCase,
  z.object({
    op: z.string().transform((op) => op.toLowerCase()),
    field: z.string().nullish(),
    value: z.unknown().optional(),
    udf: z.boolean().nullish(),
    items: z.array(z.unknown()).nullish(),
  }),
);
const Body = z.preprocess(
  anyCase,
  z.object({
    filter: z.array(z.unknown()).min(1),
    maxrecords: z.number().int().nullish(),
    includefields: z.array(z.string()).nullish(),
  }),
);

/** @throws Refusal 500 with the sentence the vendor has, or would have, for what is wrong */
export function parseQuery(entity: Entity, body: unknown): Query {
  const parsed = Body.safeParse(body);
  if (!parsed.success)
    throw new Refusal(500, 'Invalid query syntax. A filter with at least one condition is required.');
  const { filter, maxrecords, includefields } = parsed.data;
  const maxRecords = maxrecords ?? PAGE_MAX;
  if (maxRecords < 1 || maxRecords > PAGE_MAX) {
    throw new Refusal(500, `Invalid query syntax. MaxRecords must be between 1 and ${PAGE_MAX}.`);
  }
  const tally = { or: 0, udf: 0 };
  const conditions = filter.map((node) => conditionOf(entity, node, tally));
  if (tally.or > OR_MAX) {
    throw new Refusal(500, "Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.");
  }
  if (tally.udf > 1) throw new Refusal(500, 'Invalid query syntax. Only one UDF field is allowed per query.');
  const include = includefields?.length
    ? new Set(includefields.map((name) => name.toLowerCase()))
    : undefined;
  return { conditions, maxRecords, include };
}

function conditionOf(entity: Entity, given: unknown, tally: { or: number; udf: number }): Condition {
  const parsed = Node.safeParse(given);
  if (!parsed.success) throw new Refusal(500, 'Invalid query syntax. Every condition needs an op.');
  const { op, field, value, udf, items } = parsed.data;
  if (op === 'and' || op === 'or') {
    if (!items?.length) throw new Refusal(500, `Invalid query syntax. ${op} needs items.`);
    if (op === 'or') tally.or += items.length;
    return { op, items: items.map((item) => conditionOf(entity, item, tally)) };
  }
  if (!isComparison(op)) throw new Refusal(500, `Invalid query syntax. '${op}' is not an operator.`);
  if (op === 'in' && Array.isArray(value)) tally.or += value.length;
  if (udf) {
    tally.udf += 1;
    return { op, text: true, ...udfOperands(entity, op, String(field), value) };
  }
  const known = entity.byName.get(String(field).toLowerCase());
  if (known === undefined || known.writeOnly) {
    throw new Refusal(500, `Unable to find ${field} in the ${entity.singular} Entity.`);
  }
  if (!known.isQueryable)
    throw new Refusal(500, `${known.name} is not queryable in the ${entity.singular} Entity.`);
  if (ONLY_TEXT.includes(op) && known.kind !== 'text') {
    throw new Refusal(500, `Invalid query syntax. ${op} is not valid for field ${known.name}.`);
  }
  return {
    op,
    key: known.name,
    text: known.kind === 'text',
    values: rawOperands(op, known.name, value).map((one) => operandOf(known, one)),
  };
}

const isComparison = (op: string): op is Comparison => (COMPARISONS as readonly string[]).includes(op);

function udfOperands(entity: Entity, op: Comparison, field: string, value: unknown) {
  const name = entity.udfs.find((one) => one.toLowerCase() === field.toLowerCase());
  if (name === undefined)
    throw new Refusal(500, `Unable to find UDF ${field} in the ${entity.singular} Entity.`);
  const values = rawOperands(op, name, value).map((one) => (one === null ? null : String(one)));
  return { key: `udf:${name}`, values };
}

function rawOperands(op: Comparison, field: string, value: unknown): readonly unknown[] {
  if (op === 'exist' || op === 'notexist') return [];
  if (op === 'in' || op === 'notin') {
    if (!Array.isArray(value))
      throw new Refusal(500, `Invalid query syntax. ${op} on ${field} needs an array.`);
    if (value.length > OR_MAX) {
      throw new Refusal(500, "Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.");
    }
    return value;
  }
  if (value === undefined) throw new Refusal(500, `Invalid query syntax. ${op} on ${field} needs a value.`);
  return [value];
}

/** The value as the field's kind, or the database's complaint. */
function operandOf(field: EntityField, value: unknown): Operand {
  if (value === null) return null;
  switch (field.kind) {
    case 'text':
      return String(value);
    case 'bool':
      if (typeof value === 'boolean') return value;
      throw new Refusal(500, `Conversion failed when converting varchar '${value}' to data type bit`);
    case 'date':
    case 'time': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      if (Number.isNaN(at)) {
        throw new Refusal(500, 'Conversion failed when converting date and/or time from character string.');
      }
      return at;
    }
    default: {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && !Number.isNaN(number)) return number;
      throw new Refusal(500, `Conversion failed when converting varchar '${value}' to data type int`);
    }
  }
}
