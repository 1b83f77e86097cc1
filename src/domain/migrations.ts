import { IcbError } from './errors.ts';
import { RECORD_SCHEMA } from './records.ts';
import { idsOnContracts } from './schema-2.ts';

/** A record of an earlier schema: an id, and fields that nobody has parsed. */
export type RawRecord = Readonly<Record<string, unknown>> & { readonly id: string };
/** All records of a tenant by their kind. */
export type RawRecords = ReadonlyMap<string, readonly RawRecord[]>;

/** What brings all records from the schema before to this one. Pure; whoever stores the result parses it. */
const MIGRATIONS: ReadonlyMap<number, (records: RawRecords) => RawRecords> = new Map([[2, idsOnContracts]]);

/** The oldest schema that can be brought to today's. */
export const OLDEST_SCHEMA = Math.min(...MIGRATIONS.keys()) - 1;

/** Whether records of a schema can be read, migrated or as they are. */
export const isKnownSchema = (schema: number): boolean =>
  Number.isInteger(schema) && OLDEST_SCHEMA <= schema && schema <= RECORD_SCHEMA;

/**
 * Records of an earlier schema as today's icb would have written them.
 * @throws IcbError `bad-input` for a schema that this icb does not know
 */
export function migrated(records: RawRecords, from: number): RawRecords {
  if (!isKnownSchema(from))
    throw new IcbError(
      'bad-input',
      `These records have schema ${from}, and this icb knows schema ${OLDEST_SCHEMA} to ${RECORD_SCHEMA}. Use the icb that wrote them.`,
    );
  let after = records;
  for (let schema = from + 1; schema <= RECORD_SCHEMA; schema++)
    after = MIGRATIONS.get(schema)?.(after) ?? after;
  return after;
}
