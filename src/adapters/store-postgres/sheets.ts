import { type Kysely, sql } from 'kysely';
import { IcbError } from '../../domain/errors.ts';
import type { RecordKind } from '../../domain/records.ts';
import type { Patiently } from './connection.ts';
import { breathe, byId, readStored, type StoredRecord } from './stored-record.ts';
import type { Tables } from './tables.ts';

/** Records of one partition in order of id. */
export type Sheet = ReadonlyMap<string, StoredRecord>;

/** A partition as the commit `version` left it, looked at from a snapshot of `revision`: nothing changed between. */
export interface SheetAt {
  readonly kind: RecordKind;
  readonly partition: string;
  readonly version: number;
  readonly revision: number;
}

interface Kept {
  readonly version: number;
  readonly revision: number;
  readonly sheet: Promise<Sheet>;
}

interface Row {
  readonly pruned: string;
  readonly id: string | null;
  readonly body: string;
  readonly holds: boolean;
}

/**
 * Partitions of a tenant that were read lately, shared by all snapshots. A partition that changed is brought up to date
 * by reading what changed. The one used longest ago is let go first.
 */
export class Sheets {
  readonly #db: Kysely<Tables>;
  readonly #patiently: Patiently;
  readonly #tenant: string;
  readonly #atMost: number;
  readonly #kept = new Map<string, Kept>();

  constructor(db: Kysely<Tables>, patiently: Patiently, tenant: string, atMost: number) {
    this.#db = db;
    this.#patiently = patiently;
    this.#tenant = tenant;
    this.#atMost = atMost;
  }

  kept({ kind, partition, version }: SheetAt): Promise<Sheet> | undefined {
    const kept = this.#kept.get(`${kind}/${partition}`);
    return kept?.version === version ? kept.sheet : undefined;
  }

  /** @throws IcbError `conflict` when the snapshot is too old to be read */
  read(at: SheetAt): Promise<Sheet> {
    const key = `${at.kind}/${at.partition}`;
    const kept = this.#kept.get(key);
    if (kept && kept.version > at.version) return this.#readAll(at);
    const sheet =
      kept?.version === at.version ? kept.sheet : kept ? this.#readNewer(kept, at) : this.#readAll(at);
    const entry = kept?.version === at.version ? kept : { version: at.version, revision: at.revision, sheet };
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.#atMost && oldest !== undefined) this.#kept.delete(oldest);
    sheet.catch(() => {
      if (this.#kept.get(key) === entry) this.#kept.delete(key);
    });
    return sheet;
  }

  async readOne(
    kind: RecordKind,
    id: string,
    revision: number,
    partition: string | undefined,
  ): Promise<StoredRecord | undefined> {
    const { rows } = await this.#patiently(() =>
      sql<Row>`
        select t.pruned, r.id, r.body::text as body, true as holds
        from icb_tenants t left join icb_records r on r.tenant = t.tenant and r.kind = ${kind} and r.id = ${id}
          and r.since <= ${revision} and (r.until is null or r.until > ${revision})
          and (${partition ?? null}::text is null or r.partition = ${partition ?? null})
        where t.tenant = ${this.#tenant}`.execute(this.#db),
    );
    if (prunedTo(rows) > revision) throw tooOld();
    const [row] = rows;
    return row && row.id !== null ? readStored(kind, row.id, row.body) : undefined;
  }

  async #readAll({ kind, partition, revision }: SheetAt): Promise<Sheet> {
    const { rows } = await this.#patiently(() =>
      sql<Row>`
        select t.pruned, r.id, r.body::text as body, true as holds
        from icb_tenants t left join icb_records r on r.tenant = t.tenant and r.kind = ${kind}
          and r.partition = ${partition} and r.since <= ${revision} and (r.until is null or r.until > ${revision})
        where t.tenant = ${this.#tenant}`.execute(this.#db),
    );
    if (prunedTo(rows) > revision) throw tooOld();
    return changed(new Map(), kind, rows);
  }

  async #readNewer(older: Kept, at: SheetAt): Promise<Sheet> {
    const { kind, partition, revision } = at;
    const base = await older.sheet.catch(() => undefined);
    if (!base) return this.#readAll(at);
    const { rows } = await this.#patiently(() =>
      sql<Row>`
        select t.pruned, r.id, r.body::text as body, (r.until is null or r.until > ${revision}) as holds
        from icb_tenants t left join icb_records r on r.tenant = t.tenant and r.kind = ${kind}
          and r.partition = ${partition} and r.since <= ${revision}
          and (r.since > ${older.version} or (r.until > ${older.version} and r.until <= ${revision}))
        where t.tenant = ${this.#tenant}`.execute(this.#db),
    );
    // What was removed since may be gone without a trace.
    if (prunedTo(rows) > older.version) return this.#readAll(at);
    return changed(base, kind, rows);
  }
}

const prunedTo = (rows: readonly Row[]): number => Number(rows[0]?.pruned ?? 0);

const tooOld = (): IcbError =>
  new IcbError('conflict', 'This was looked at too long ago, and much has changed since; look again.');

async function changed(base: Sheet, kind: RecordKind, rows: readonly Row[]): Promise<Sheet> {
  const sheet = new Map(base);
  for (const { id, holds } of rows) if (id !== null && !holds) sheet.delete(id);
  let isInOrder = base.size > 0;
  for (const [at, { id, body, holds }] of rows.entries()) {
    if (id === null || !holds) continue;
    isInOrder &&= sheet.has(id);
    sheet.set(id, readStored(kind, id, body));
    await breathe(at + 1);
  }
  return isInOrder ? sheet : new Map([...sheet.values()].sort(byId).map((record) => [record.id, record]));
}
