import type { RecordKind } from '../domain/records.ts';
import type { ThinnedKind } from '../domain/retention.ts';
import type { Core } from './core.ts';

/** How much there is of a kind that retention is about. */
export interface KeptRecords {
  readonly kind: ThinnedKind | 'audit' | 'billing-items';
  readonly records: number;
  /** The oldest month or day, where the records lie in time. */
  readonly oldest?: string;
}

const RECORDS_OF: readonly (readonly [KeptRecords['kind'], RecordKind])[] = [
  ['counts', 'usageReports'],
  ['devices', 'usageEvidence'],
  ['activity', 'activity'],
  ['unit-changes', 'unitPushes'],
  ['billing-items', 'billingItems'],
  ['audit', 'audit'],
];

/** Counts what is stored, partition by partition: for people who look, not for every night. */
export async function keptRecords({ store }: Pick<Core, 'store'>): Promise<KeptRecords[]> {
  const snapshot = await store.snapshot();
  const kept: KeptRecords[] = [];
  for (const [kind, of] of RECORDS_OF) {
    const partitions = await snapshot.partitions(of);
    let records = 0;
    for (const partition of partitions)
      records += (await snapshot.list(of, { from: partition, to: partition })).length;
    const [oldest] = partitions;
    kept.push({ kind, records, ...(oldest ? { oldest } : {}) });
  }
  return kept;
}
