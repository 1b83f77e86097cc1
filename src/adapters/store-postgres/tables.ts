import type { ColumnType, Generated } from 'kysely';

/** PostgreSQL's bigint comes as text; revisions stay far below 2^53. */
type Revision = ColumnType<string, number, number>;

interface Tenants {
  readonly tenant: string;
  /** Of the newest commit. Its row is what commits of a tenant wait for. */
  readonly revision: Revision;
  /** Records that were replaced at or before this revision may be gone: no older snapshot can be read. */
  readonly pruned: Revision;
  /** Layout of the records, `RECORD_SCHEMA`. */
  readonly record_schema: number;
}

interface Records {
  readonly tenant: string;
  readonly kind: string;
  readonly partition: string;
  readonly id: string;
  /** The commit that wrote it. */
  readonly since: Revision;
  /** The commit that replaced or removed it; null while it holds. */
  readonly until: ColumnType<string | null, null, number>;
  readonly body: ColumnType<string, string, never>;
}

/** One row for each partition that ever held a record: what a process looks at to know what it has to read again. */
interface Partitions {
  readonly tenant: string;
  readonly kind: string;
  readonly partition: string;
  /** The newest commit that touched it. */
  readonly changed: Revision;
  readonly records: Revision;
}

/** What was committed lately, so that a commit whose answer was lost can be looked up. */
interface Commits {
  readonly tenant: string;
  readonly revision: Revision;
  readonly commit_id: string;
  readonly at: Generated<Date>;
}

/** Who may do what only one process does; see `lease.ts`. */
interface Leases {
  readonly tenant: string;
  readonly name: string;
  readonly epoch: Revision;
}

export interface Tables {
  readonly icb_schema: { readonly version: number; readonly applied_at: Generated<Date> };
  readonly icb_tenants: Tenants;
  readonly icb_records: Records;
  readonly icb_partitions: Partitions;
  readonly icb_commits: Commits;
  readonly icb_leases: Leases;
}
