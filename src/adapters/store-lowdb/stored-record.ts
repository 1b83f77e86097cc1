import { IcbError } from '../../domain/errors.ts';
import { RECORDS, type RecordKind } from '../../domain/records.ts';

/** A record of some kind: parsed, frozen all the way down, and equal to what the file gives back. */
export interface StoredRecord {
  readonly id: string;
}
/** Records of one partition, by id and in order of id. */
export type Records = ReadonlyMap<string, StoredRecord>;

export const NO_RECORDS: Records = new Map();

type Parsed = { readonly record: StoredRecord } | { readonly wrong: readonly string[] };

/** A record as a file holds it, or what is wrong with each field. */
export function parseStored(kind: RecordKind, value: unknown): Parsed {
  const parsed = RECORDS[kind].schema.safeParse(value);
  if (parsed.success) return { record: deepFreeze(parsed.data) };
  return {
    wrong: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`),
  };
}

/**
 * What a caller hands in, as it will be read back: without `undefined` fields and sharing nothing with the caller.
 * @throws IcbError `bad-input` naming the record and each wrong field
 */
export function storable(kind: RecordKind, record: StoredRecord): StoredRecord {
  const parsed = parseStored(kind, JSON.parse(JSON.stringify(record)));
  if ('record' in parsed) return parsed.record;
  throw new IcbError(
    'bad-input',
    `${kind} record ${record.id} cannot be stored: ${parsed.wrong.join('; ')}.`,
    {
      details: parsed.wrong,
    },
  );
}

/** `''` for a kind that is not partitioned. */
export function partitionOf(kind: RecordKind, record: StoredRecord): string {
  const { partition } = RECORDS[kind] as { partition?: (record: never) => string };
  return partition?.(record as never) ?? '';
}

export const byId = (a: StoredRecord, b: StoredRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
