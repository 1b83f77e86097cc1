import type { Command } from 'commander';
import { type DownloadApi, openApi } from './api.ts';
import { backup, restore } from './backup.ts';
import type { Said } from './commands.ts';
import { exportAll } from './export.ts';
import { restoreFrom, snapshots } from './snapshots.ts';
import { thin } from './thin.ts';

type WithApi = <A extends readonly unknown[]>(
  command: (api: DownloadApi, ...args: A) => Promise<Said>,
) => (...args: A) => Promise<void>;

/** The commands of whoever runs icb: everything out and in again, and what is no longer kept. */
export function addOperations(program: Command, say: (said: Said) => void, withApi: WithApi): void {
  program
    .command('backup <file>')
    .description('everything into one file, while icb runs or not')
    .action(withApi(backup));
  program
    .command('restore [file]')
    .description('put a backup, or a snapshot, in the place of what is there; icb must be stopped')
    .option('--snapshot <name>', 'a snapshot of the embedded store; icb snapshots lists them')
    .option('--replace', 'with DATABASE_URL: also where the database holds records, which are not kept aside')
    .action(
      async (file: string | undefined, { snapshot, ...options }: { snapshot?: string; replace?: boolean }) =>
        say(await restore(process.env, restoreFrom(file, snapshot), options)),
    );
  program
    .command('snapshots')
    .description('list the snapshots of the embedded store, which icb takes by itself each day')
    .action(async () => say(await snapshots(process.env)));

  program
    .command('export [file]')
    .description('everything as lines of JSON, into a file or to standard output')
    .option('--kind <kinds>', 'these kinds of records only, by commas; such a file cannot be imported again')
    .action(async (file: string | undefined, { kind }: { kind?: string }) => {
      const api = await openApi(process.env);
      try {
        const told = await exportAll(api, { file, kind }, process.stdout);
        if (told) say(told);
      } finally {
        await api.close();
      }
    });

  program
    .command('thin')
    .description('take out what is no longer kept; icb does so by itself once a day, after the night')
    .option('--dry-run', 'say what is stored and what would go, change nothing')
    .action(withApi((api, options: { dryRun?: boolean }) => thin(api, options)));
}
