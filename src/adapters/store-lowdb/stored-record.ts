import { hash } from 'node:crypto';
import { z } from 'zod';
import { IcbError } from '../../domain/errors.ts';
import { RECORDS, type RecordKind } from '../../domain/records.ts';
import { sharedText } from '../../domain/shared-text.ts';

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
 * @param before what is stored under its id, if that is at hand: fields that are as they were need no parsing again
 * @throws IcbError `bad-input` naming the record and each wrong field
 */
export function storable(kind: RecordKind, record: StoredRecord, before?: StoredRecord): StoredRecord {
  const known = before && changed(kind, before, record);
  if (known) return known;
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

type Fields = Readonly<Record<string, unknown>>;

/** Undefined where a field is wrong, or the kind's schema says more than what each field may be. */
function changed(kind: RecordKind, before: StoredRecord, record: StoredRecord): StoredRecord | undefined {
  const fields = fieldsOf(kind);
  if (!fields) return undefined;
  const [old, given] = [before as unknown as Fields, record as unknown as Fields];
  const after: Record<string, unknown> = {};
  for (const [name, schema] of fields) {
    const [was, is] = [old[name], given[name]];
    if (was === is || alike(was, is)) {
      if (was !== undefined) after[name] = was;
      continue;
    }
    const parsed = schema.safeParse(asJson(is));
    if (!parsed.success) return undefined;
    if (parsed.data !== undefined) after[name] = deepFreeze(parsed.data);
  }
  return Object.freeze(after) as unknown as StoredRecord;
}

/** As it comes back from JSON; text and whole numbers do as they are. */
const asJson = (value: unknown): unknown =>
  value === undefined || typeof value === 'string' || Number.isSafeInteger(value)
    ? value
    : JSON.parse(JSON.stringify(value));

/** Whether two values of JSON say the same; makes nothing, for it is asked of every field of a night's records. */
function alike(was: unknown, is: unknown): boolean {
  if (was === is) return true;
  if (typeof was !== 'object' || typeof is !== 'object' || was === null || is === null) return false;
  if (Array.isArray(was) !== Array.isArray(is)) return false;
  const [old, given] = [was as Fields, is as Fields];
  for (const name in old) if (!alike(old[name], given[name])) return false;
  for (const name in given) if (old[name] === undefined && given[name] !== undefined) return false;
  return true;
}

const FIELDS = new Map<RecordKind, readonly (readonly [string, z.ZodType])[] | undefined>();

/** The fields of a kind whose records are fields and nothing more: no union, no check across fields. */
function fieldsOf(kind: RecordKind): readonly (readonly [string, z.ZodType])[] | undefined {
  if (!FIELDS.has(kind)) {
    const schema: z.ZodType = RECORDS[kind].schema;
    const plain = schema instanceof z.ZodObject && !schema.def.checks?.length && !schema.def.catchall;
    FIELDS.set(kind, plain ? (Object.entries(schema.shape) as [string, z.ZodType][]) : undefined);
  }
  return FIELDS.get(kind);
}

const SHAPES = new Map<RecordKind, string>();

/** Changes whenever the schema of a kind does: what was parsed by the same need not be parsed again. */
export function shapeOf(kind: RecordKind): string {
  const shape =
    SHAPES.get(kind) ??
    hash(
      'sha256',
      JSON.stringify(
        z.toJSONSchema(RECORDS[kind].schema as z.ZodType, { unrepresentable: 'any', io: 'input' }),
      ),
    ).slice(0, 16);
  SHAPES.set(kind, shape);
  return shape;
}

/** A record from a file that is as it was written, by the same schema: it was parsed then. */
export const asWritten = (value: unknown): StoredRecord => frozenAndShared(value as StoredRecord);

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

/** Longer texts are sentences, which few records have in common. */
const SHARED_TO = 40;

function frozenAndShared<T extends object>(value: T): T {
  const fields = value as Record<string, unknown>;
  for (const name in fields) {
    const part = fields[name];
    if (typeof part === 'object' && part !== null) frozenAndShared(part);
    else if (typeof part === 'string' && part.length < SHARED_TO && name !== 'id')
      fields[name] = sharedText(part);
  }
  return Object.freeze(value);
}
