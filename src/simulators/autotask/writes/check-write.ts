import type { Entity } from '../entities/entities.ts';
import { referenceTarget } from '../entities/entities.ts';
import type { EntityField } from '../entities/entity-field.ts';
import type { Picklists } from '../entities/picklists.ts';
import { Refusal } from '../refusal.ts';
import type { Tables, Value } from '../tables.ts';

export type Values = Record<string, Value>;

export interface WriteRules {
  readonly tables: Tables;
  readonly lists: Picklists;
}

/**
 * A body's values under the entity's own field names, days cut to YYYY-MM-DD, unknown names and what only
 * Autotask sets left out.
 * @throws Refusal 500 with every complaint at once: wrong kind, too long, not in the picklist, dangling reference
 */
export function readValues(entity: Entity, body: unknown, rules: WriteRules): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(500, 'The request body is not a JSON object.');
  }
  const errors: string[] = [];
  const values: Values = {};
  for (const [name, given] of Object.entries(body)) {
    const field = entity.byName.get(name.toLowerCase());
    if (field === undefined || (field.isReadOnly && !isSetAtCreate(field))) continue;
    const value = fieldValue(field, given);
    if (value === undefined) errors.push(`Invalid value for field ${field.name}.`);
    else {
      values[field.name] = value;
      errors.push(...complaints(field, value, rules));
    }
  }
  if (errors.length > 0) throw new Refusal(500, ...errors);
  return { ...values, ...udfValues(entity, body) };
}

function fieldValue(field: EntityField, given: unknown): Value | undefined {
  if (given === null || given === undefined) return null;
  switch (field.kind) {
    case 'text':
      return typeof given === 'object' ? undefined : String(given);
    case 'bool':
      return typeof given === 'boolean' ? given : undefined;
    case 'date':
      return dayOf(given);
    case 'time':
      return typeof given === 'string' && !Number.isNaN(Date.parse(given))
        ? new Date(given).toISOString()
        : undefined;
    case 'dec':
      return typeof given === 'number' && Number.isFinite(given) ? given : undefined;
    default:
      return Number.isSafeInteger(given) ? (given as number) : undefined;
  }
}

/** The day as written, whatever time and zone stand behind it. */
function dayOf(given: unknown): string | undefined {
  const day = typeof given === 'string' ? /^(\d{4}-\d\d-\d\d)(T|$)/.exec(given)?.[1] : undefined;
  try {
    return day === undefined ? undefined : Temporal.PlainDate.from(day).toString();
  } catch {
    return undefined;
  }
}

function complaints(field: EntityField, value: Value, { tables, lists }: WriteRules): string[] {
  if (value === null) return [];
  if (field.kind === 'text' && String(value).length > field.length) {
    return [`The value for field ${field.name} exceeds the maximum length of ${field.length}.`];
  }
  const list = field.isPickList ? lists[field.name] : undefined;
  if (list !== undefined && !list.some((entry) => entry.value === value)) {
    return [`The value ${value} is not a valid picklist value for field ${field.name}.`];
  }
  const target = referenceTarget(field.reference);
  if (target !== undefined && tables.row(target.name, Number(value)) === undefined) {
    return [
      `Reference value on field: ${field.name} of type: ${field.reference} does not exist or is invalid.`,
    ];
  }
  return [];
}

function udfValues(entity: Entity, body: object): Values {
  const given = Object.entries(body).find(([name]) => name.toLowerCase() === 'userdefinedfields')?.[1];
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(
    given.flatMap((one: { name?: unknown; value?: unknown }) => {
      const name = entity.udfs.find((udf) => udf.toLowerCase() === String(one?.name).toLowerCase());
      if (name === undefined) return [];
      return [[`udf:${name}`, one.value === null || one.value === undefined ? null : String(one.value)]];
    }),
  );
}

/** Fields that a create must bring. */
export function requireAll(entity: Entity, values: Values): void {
  const missing = entity.fields.filter(
    ({ name, isRequired }) => isRequired && name !== 'id' && (values[name] ?? '') === '',
  );
  if (missing.length > 0) {
    throw new Refusal(500, ...missing.map(({ name }) => `Missing Required Field: ${name}.`));
  }
}

/** Only what a caller may set: at create also what is fixed afterwards. The rest of a body is passed over. */
export const writable = (entity: Entity, values: Values, at: 'create' | 'update'): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = entity.byName.get(name.toLowerCase());
      if (field === undefined) return name.startsWith('udf:');
      if (!field.isReadOnly) return true;
      return at === 'create' && isSetAtCreate(field) && name !== 'id';
    }),
  );

/** Read-only, yet given once by the caller: what is required, and the period of a recurring contract. */
const isSetAtCreate = (field: EntityField): boolean =>
  field.isRequired || field.name === 'contractPeriodType';
