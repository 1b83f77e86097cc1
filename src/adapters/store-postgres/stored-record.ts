import { setImmediate } from 'node:timers/promises';
import { IcbError } from '../../domain/errors.ts';
import { RECORDS, type RecordKind } from '../../domain/records.ts';

/** A record of some kind: parsed, frozen all the way down, and equal to what the database gives back. */
export interface StoredRecord {
  readonly id: string;
}

type Parsed = { readonly record: StoredRecord } | { readonly wrong: readonly string[] };

function parse(kind: RecordKind, body: string): Parsed {
  const parsed = RECORDS[kind].schema.safeParse(JSON.parse(body));
  if (parsed.success) return { record: deepFreeze(parsed.data) };
  return {
    wrong: parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'record'}: ${message}`),
  };
}

/**
 * What a caller hands in, as it will be read back: without `undefined` fields and sharing nothing with the caller.
 * @throws IcbError `bad-input` naming the record and each wrong field
 */
export function storable(kind: RecordKind, given: StoredRecord): StoredRecord {
  const parsed = parse(kind, JSON.stringify(given));
  if ('record' in parsed) return parsed.record;
  throw new IcbError(
    'bad-input',
    `${kind} record ${given.id} cannot be stored: ${parsed.wrong.join('; ')}.`,
    { details: parsed.wrong },
  );
}

/**
 * A record as the database holds it.
 * @throws IcbError `store-damaged` when somebody wrote there what does not fit
 */
export function readStored(kind: RecordKind, id: string, body: string): StoredRecord {
  const parsed = parse(kind, body);
  if ('record' in parsed && parsed.record.id === id) return parsed.record;
  const why = 'wrong' in parsed ? parsed.wrong.join('; ') : `its id is "${parsed.record.id}"`;
  throw new IcbError(
    'store-damaged',
    `The ${kind} record "${id}" in table icb_records was changed from outside: ${why}. Put it right there, or restore a backup.`,
  );
}

/** `''` for a kind that is not partitioned. */
export function partitionOf(kind: RecordKind, record: StoredRecord): string {
  const { partition } = RECORDS[kind] as { partition?: (record: never) => string };
  return partition?.(record as never) ?? '';
}

export const byId = (a: StoredRecord, b: StoredRecord): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Work on tens of thousands of records lets others have their turn now and then. */
export async function breathe(done: number): Promise<void> {
  if (done % 500 === 0) await setImmediate();
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
