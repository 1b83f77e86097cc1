import { lowdbStore } from '../adapters/store-lowdb/lowdb-store.ts';
import { postgresStore, type SharedStore } from '../adapters/store-postgres/postgres-store.ts';
import { readConfig } from '../config.ts';
import { IcbError } from '../domain/errors.ts';
import { RECORD_KINDS } from '../domain/records.ts';
import { TENANT } from '../open-store.ts';
import type { TenantStore } from '../ports/store.ts';
import { copyStore, type StoreSum } from '../usecases/copy-store.ts';
import { runningServer } from './api.ts';
import type { Said } from './commands.ts';
import { inStore, keptAside, replaceFolder } from './replace-folder.ts';

export interface MigrateOptions {
  /** The database; true: the one of `DATABASE_URL`. */
  readonly to?: string | true;
  readonly from?: string | true;
  /** What the target holds may go. */
  readonly replace?: boolean;
}

/**
 * Takes everything over from the data folder to PostgreSQL, or back. icb must be stopped. All or nothing: the copy is
 * read back and compared before it counts, and a copy that was cut off is begun anew.
 * Errors: `bad-input`, `config`, `conflict`, `store-locked`, `store-damaged`, `store-unavailable`.
 */
export async function migrate(
  environment: NodeJS.ProcessEnv,
  { to, from, replace = false }: MigrateOptions,
  onProgress: (text: string) => void,
): Promise<Said> {
  const { dataDir, databaseUrl, baseUrl, port } = readConfig(environment, { live: false });
  const given = to ?? from;
  if (!given || (to && from))
    throw new IcbError(
      'bad-input',
      `Say one of: --to postgresql://… (from the folder ${dataDir}) or --from postgresql://… (into the folder).`,
    );
  const url = given === true ? databaseUrl : given;
  if (!url) throw new IcbError('config', 'Give the address of the database, or set DATABASE_URL.');
  const running = await runningServer(baseUrl, port);
  if (running)
    throw new IcbError('store-locked', `icb is running at ${running}. Stop it; nothing was changed.`);
  const copy = (source: TenantStore) => (target: TenantStore) =>
    copyStore(source, target, ({ phase, count }) => onProgress(`${phase} ${count} records`));
  const database = await postgresStore({ url, applicationName: 'icb migrate', connections: 4 });
  try {
    await database.assertNobodyRuns();
    const { sum, more } = to
      ? await intoDatabase(database, dataDir, replace, copy)
      : await intoFolder(database, dataDir, replace, copy);
    onProgress('');
    return { json: { ...sum, dataDir }, text: [...told(sum), more].join('\n') };
  } finally {
    await database.close();
  }
}

type Copy = (source: TenantStore) => (target: TenantStore) => Promise<StoreSum>;
type Taken = { readonly sum: StoreSum; readonly more: string };

async function intoDatabase(
  database: SharedStore,
  dataDir: string,
  replace: boolean,
  copy: Copy,
): Promise<Taken> {
  const folder = await lowdbStore({ dir: dataDir, purpose: 'icb migrate' });
  try {
    const sum = await database.fill(TENANT, copy(await folder.for(TENANT)), { replace });
    return { sum, more: `Set DATABASE_URL and start icb. The folder ${dataDir} is as it was.` };
  } finally {
    await folder.close();
  }
}

async function intoFolder(
  database: SharedStore,
  dataDir: string,
  replace: boolean,
  copy: Copy,
): Promise<Taken> {
  const source = await database.for(TENANT);
  const { filled, aside } = await replaceFolder(dataDir, inStore('icb migrate', copy(source)), {
    purpose: 'icb migrate',
    ...(!replace && {
      accept: async (old) => {
        if (await isEmpty(old)) return;
        throw new IcbError(
          'conflict',
          `The folder ${dataDir} holds records already; nothing was changed. To put them aside, say --replace.`,
        );
      },
    }),
  });
  return {
    sum: filled,
    more: `Take DATABASE_URL out of the settings and start icb.${keptAside(aside)}`,
  };
}

async function isEmpty(tenant: TenantStore): Promise<boolean> {
  const snapshot = await tenant.snapshot();
  for (const kind of RECORD_KINDS) if ((await snapshot.partitions(kind)).length > 0) return false;
  return true;
}

const told = ({ count, sha256, totals }: StoreSum): string[] => [
  `Copied ${count} records and read them back: checksum ${sha256} on both sides.`,
  ...totals.map(
    (total) =>
      `${total.count} ${total.status} billing items, ${total.units} units, ${total.amount} ${total.currency} on both sides.`,
  ),
];
