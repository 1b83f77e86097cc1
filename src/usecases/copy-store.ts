import { createHash } from 'node:crypto';
import type { BillingItem } from '../domain/billing-item.ts';
import { IcbError } from '../domain/errors.ts';
import { addMoney, type Money, zero } from '../domain/money.ts';
import { RECORD_KINDS, type RecordKind } from '../domain/records.ts';
import type { Changes, Snapshot, TenantStore } from '../ports/store.ts';

/** What a store holds, said so that two of them can be compared. */
export interface StoreSum {
  readonly records: Readonly<Partial<Record<RecordKind, number>>>;
  readonly count: number;
  /** Of all records in order of kind, partition and id, each with its fields in order of name. */
  readonly sha256: string;
  /** Of billing items, four decimals. */
  readonly totals: readonly {
    status: string;
    currency: string;
    amount: Money;
    units: number;
    count: number;
  }[];
}

type Entry = { readonly kind: RecordKind; readonly record: { readonly id: string } };

/** Records that go into one commit. */
const AT_ONCE = 2_000;

/**
 * Copies one state of a tenant into an empty one, reads the copy back, and compares both by checksum and totals.
 * Errors: `conflict` when `to` holds something; `store-damaged` when the copy is not the same: throw it away.
 * @param onProgress told how many records are copied, and then how many are read back
 */
export async function copyStore(
  from: TenantStore,
  to: TenantStore,
  onProgress: (told: { readonly phase: 'copied' | 'checked'; readonly count: number }) => void = () => {},
): Promise<StoreSum> {
  for (const kind of RECORD_KINDS)
    if ((await (await to.snapshot()).partitions(kind)).length > 0)
      throw new IcbError('conflict', 'The target holds records; nothing was copied.');
  let waiting: Entry[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await to.commit({ put: byKind(waiting) });
    waiting = [];
  };
  const given = await sumOf(await from.snapshot(), async (entry, count) => {
    waiting.push(entry);
    if (waiting.length < AT_ONCE) return;
    await flush();
    onProgress({ phase: 'copied', count });
  });
  await flush();
  onProgress({ phase: 'copied', count: given.count });
  const copy = await sumOf(await to.snapshot(), (_, count) => {
    if (count % AT_ONCE === 0) onProgress({ phase: 'checked', count });
  });
  if (JSON.stringify(copy) !== JSON.stringify(given))
    throw new IcbError(
      'store-damaged',
      `The copy is not the same: ${copy.count} records of ${given.count}, checksum ${copy.sha256} and not ${given.sha256}. Nothing was changed.`,
    );
  return given;
}

async function sumOf(
  snapshot: Snapshot,
  each: (entry: Entry, count: number) => Promise<void> | void,
): Promise<StoreSum> {
  const hash = createHash('sha256');
  const records: Partial<Record<RecordKind, number>> = {};
  const totals = new Map<string, StoreSum['totals'][number]>();
  let count = 0;
  for (const kind of RECORD_KINDS)
    for (const partition of await snapshot.partitions(kind))
      for (const record of await snapshot.list(kind, { from: partition, to: partition })) {
        hash.update(`${kind} ${partition} ${inOrder(record)}\n`);
        records[kind] = (records[kind] ?? 0) + 1;
        if (kind === 'billingItems') addItem(totals, record as BillingItem);
        count += 1;
        await each({ kind, record }, count);
      }
  const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total);
  return { records, count, sha256: hash.digest('hex'), totals: sorted };
}

function addItem(
  totals: Map<string, StoreSum['totals'][number]>,
  { status, currency, amount, units }: BillingItem,
): void {
  const key = `${status} ${currency}`;
  const before = totals.get(key) ?? { status, currency, amount: zero, units: 0, count: 0 };
  totals.set(key, {
    ...before,
    amount: addMoney(before.amount, amount),
    units: before.units + units,
    count: before.count + 1,
  });
}

/** JSON that does not depend on the order in which a store gives back fields. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function byKind(entries: readonly Entry[]): NonNullable<Changes['put']> {
  const put = Object.groupBy(entries, ({ kind }) => kind);
  return Object.fromEntries(
    Object.entries(put).map(([kind, some]) => [kind, some.map(({ record }) => record)]),
  ) as NonNullable<Changes['put']>;
}
