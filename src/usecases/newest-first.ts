import { IcbError } from '../domain/errors.ts';
import type { RecordKind, RecordOf } from '../domain/records.ts';
import type { PartitionRange, Snapshot } from '../ports/store.ts';

/**
 * A page of a log that grows by month, newest first, reading only the months it needs. The cursor names the last record
 * of the page before.
 */
export async function newestFirst<K extends RecordKind>(
  snapshot: Snapshot,
  kind: K,
  {
    keyOf,
    test = () => true,
    range: { from = '', to = '9999' } = {},
    limit,
    cursor,
  }: {
    /** Sorts as time does; starts with the partition's month. */
    readonly keyOf: (record: RecordOf<K>) => string;
    readonly test?: (record: RecordOf<K>) => boolean;
    /** Partitions to look in. */
    readonly range?: PartitionRange;
    readonly limit: number;
    readonly cursor?: string | undefined;
  },
): Promise<{ readonly items: RecordOf<K>[]; readonly nextCursor?: string }> {
  const before = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
  if (before !== undefined && !/^\d{4}-\d{2}/.test(before))
    throw new IcbError('bad-input', 'The cursor is not one that icb gave out; start again without it.');
  const items: RecordOf<K>[] = [];
  for (const month of (await snapshot.partitions(kind)).toReversed()) {
    if (month < from || month > to || (before !== undefined && month > before.slice(0, 7))) continue;
    const own = (await snapshot.list(kind, { from: month, to: month })).filter(test);
    items.push(
      ...own
        .filter((record) => before === undefined || keyOf(record) < before)
        .sort((a, b) => (keyOf(a) > keyOf(b) ? -1 : 1)),
    );
    if (items.length > limit) break;
  }
  const page = items.slice(0, limit);
  const last = page.at(-1);
  if (!last || items.length <= limit) return { items: page };
  return { items: page, nextCursor: Buffer.from(keyOf(last)).toString('base64url') };
}
