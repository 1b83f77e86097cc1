import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { Low } from 'lowdb';
import { DataFile } from 'lowdb/node';
import { lowdbStore } from '../../src/adapters/store-lowdb/lowdb-store.ts';
import type { BillingItem } from '../../src/domain/billing-item.ts';
import { tenThousandthsNumber } from '../../src/domain/money.ts';
import type { TenantStore } from '../../src/ports/store.ts';
import type { Core } from '../../src/usecases/core.ts';
import { widgetData } from '../../src/usecases/widget-data.ts';
import { WidgetDefinition } from '../../src/widgets/widget-definition.ts';
import { postgresTable } from './postgres-engine.ts';

/** A way to keep a million billing items on disk. All are in this process or speak to a server from it. */
export interface StoreEngine {
  open(): Promise<void>;
  /** Puts items in place of those of their ids; durable when it resolves. */
  commit(items: readonly BillingItem[]): Promise<void>;
  /** Cents by module of what is pending and posted: what a first widget shows. */
  widget(): Promise<ReadonlyMap<string, number>>;
  /** What a night has read before it commits. */
  read(month: string): Promise<unknown>;
  /** Until nothing is left to do in the background. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export const STORE_ENGINES: Readonly<Record<string, (dir: string) => StoreEngine>> = {
  ours: ourStore,
  lowdb: plainLowdb,
  sqlite: sqliteFile,
  postgres: postgresTable,
};

const BY_MODULE = WidgetDefinition.parse({
  id: 'bench',
  title: 'By module',
  entity: 'both',
  measure: { field: 'amount' },
  groupBy: 'module',
  chart: 'bar',
});
const clock = {
  now: () => Temporal.Instant.from('2026-11-27T12:00:00Z'),
  today: () => '2026-11-27',
};

function ourStore(dir: string): StoreEngine {
  let store: Awaited<ReturnType<typeof lowdbStore>>;
  let tenant: TenantStore;
  return {
    async open() {
      store = await lowdbStore({ dir, purpose: 'bench' });
      tenant = await store.for('default');
    },
    commit: async (items) => void (await tenant.commit({ put: { billingItems: items } })),
    async widget() {
      const { result } = await widgetData({ store: tenant, clock } as unknown as Core, BY_MODULE);
      const cells = result.panels.flatMap((panel) => panel.cells);
      return new Map(
        cells.map(({ group, value }) => [
          `${group?.key}`,
          tenThousandthsNumber(value as Parameters<typeof tenThousandthsNumber>[0]) / 100,
        ]),
      );
    },
    read: async (month) => (await tenant.snapshot()).list('billingItems', { from: month }),
    async idle() {
      // A night's journal is long enough for a checkpoint, after which it is empty.
      const segments = async () =>
        (await readdir(join(dir, 'default/_journal'))).some((name) => name.endsWith('.log'));
      while (await segments()) await wait(50);
    },
    close: () => store.close(),
  };
}

const cents = ({ amount }: BillingItem): number => Math.round(tenThousandthsNumber(amount) / 100);

/** lowdb as its README has it, all in one file of JSON, without indentation so that it may hold more. */
function plainLowdb(dir: string): StoreEngine {
  interface Book {
    items: Record<string, BillingItem>;
  }
  let db: Low<Book>;
  return {
    async open() {
      const json = { parse: JSON.parse, stringify: (data: unknown) => JSON.stringify(data) };
      db = new Low(new DataFile<Book>(join(dir, 'db.json'), json), { items: {} });
      await db.read();
    },
    async commit(items) {
      for (const item of items) db.data.items[item.id] = item;
      await db.write();
    },
    async widget() {
      const sums = new Map<string, number>();
      for (const item of Object.values(db.data.items))
        sums.set(`${item.module}`, (sums.get(`${item.module}`) ?? 0) + cents(item));
      return sums;
    },
    read: async () => undefined,
    idle: async () => {},
    close: async () => {},
  };
}

/** The record as JSON beside the columns that queries need, as one who keeps documents in SQLite does. */
function sqliteFile(dir: string): StoreEngine {
  let database: DatabaseSync;
  let put: ReturnType<DatabaseSync['prepare']>;
  return {
    async open() {
      database = new DatabaseSync(join(dir, 'items.sqlite'));
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
      database.exec(
        'CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, month TEXT, module TEXT, cents INTEGER, record TEXT) WITHOUT ROWID',
      );
      database.exec('CREATE INDEX IF NOT EXISTS by_month_module ON items (month, module, cents)');
      put = database.prepare('INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)');
    },
    async commit(items) {
      database.exec('BEGIN');
      for (const item of items)
        put.run(item.id, item.period.start.slice(0, 7), item.module, cents(item), JSON.stringify(item));
      database.exec('COMMIT');
    },
    async widget() {
      const rows = database.prepare('SELECT module, SUM(cents) AS cents FROM items GROUP BY module').all();
      return new Map(rows.map((row) => [`${row.module}`, Number(row.cents)]));
    },
    read: async (month) =>
      database
        .prepare('SELECT record FROM items WHERE month >= ?')
        .all(month)
        .map(({ record }) => JSON.parse(`${record}`)),
    idle: async () => {},
    close: async () => database.close(),
  };
}
