import { IcbError } from '../../domain/errors.ts';
import { RECORDS, type RecordKind, type RecordOf } from '../../domain/records.ts';

/**
 * The record as it will be read back: parsed, without `undefined` fields, sharing nothing with the caller's object,
 * and frozen all the way down, because every snapshot hands out the same object.
 * @throws IcbError `bad-input` naming the record and each wrong field
 */
export function storable<K extends RecordKind>(kind: K, record: RecordOf<K>): RecordOf<K> {
  const parsed = RECORDS[kind].schema.safeParse(JSON.parse(JSON.stringify(record)));
  if (parsed.success) return deepFreeze(parsed.data as RecordOf<K>);
  const details = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`);
  throw new IcbError('bad-input', `${kind} record ${record.id} cannot be stored: ${details.join('; ')}.`, {
    details,
  });
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
