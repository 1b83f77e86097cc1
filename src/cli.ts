import { Command } from 'commander';
import packageFile from '../package.json' with { type: 'json' };
import { type DownloadApi, openApi } from './cli/api.ts';
import * as commands from './cli/commands.ts';
import { doctor } from './cli/doctor.ts';
import * as embed from './cli/embed-link.ts';
import { explain } from './cli/explain.ts';
import { importAll, isWholeExport } from './cli/export.ts';
import { leakage } from './cli/leakage.ts';
import { type MigrateOptions, migrate } from './cli/migrate.ts';
import { addOperations } from './cli/operations.ts';
import * as plan from './cli/plan.ts';
import * as roles from './cli/roles.ts';
import { simulatedVendors, simulatorOf } from './cli/simulate.ts';
import { type SlackAppOptions, slackApp } from './cli/slack-app.ts';
import { type ListFiles, suggestFromLists } from './cli/suggest-from-lists.ts';
import * as usage from './cli/usage.ts';
import { isIcbError } from './domain/errors.ts';

const program = new Command('icb')
  .description('Integrated Customer Billing on the command line')
  .version(packageFile.version)
  .option('--json', 'print JSON')
  .showHelpAfterError('(icb --help lists the commands)');

const say = ({ json, text }: commands.Said): void =>
  console.log(program.opts<{ json?: boolean }>().json ? JSON.stringify(json, null, 2) : text);

/** Opens the API for one command and closes it whatever happens. */
const withApi =
  <A extends readonly unknown[]>(command: (api: DownloadApi, ...args: A) => Promise<commands.Said>) =>
  async (...args: A): Promise<void> => {
    const api = await openApi(process.env);
    try {
      say(await command(api, ...args));
    } finally {
      await api.close();
    }
  };

/** One line that is rewritten, for a person who watches. */
const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
};

program
  .command('doctor')
  .description('check settings, store, modules and Slack')
  .action(async () => {
    const said = await doctor(process.env);
    say(said);
    if (!said.ok) process.exitCode = 1;
  });

program
  .command('slack-app')
  .description('a link that creates the Slack app with everything filled in')
  .option('--url <url>', 'where people and Slack reach icb; ICB_BASE_URL when left out')
  .option('--socket', 'over socket mode: nothing needs to be reachable from outside')
  .action((options: SlackAppOptions) => say(slackApp(options, process.env)));

const modules = program
  .command('modules')
  .description('modules and their state')
  .action(withApi(commands.modules));
modules
  .command('enable <module>')
  .action(withApi((api, module: string) => commands.switchModule(api, module, true)));
modules
  .command('disable <module>')
  .action(withApi((api, module: string) => commands.switchModule(api, module, false)));

program
  .command('sync')
  .description('count, plan and apply now')
  .option('--dry-run', 'count and plan, change nothing')
  .option('--module <module>', 'this module only')
  .option('--organization <organization>', 'apply to this organization only')
  .action(
    withApi((api, options: { dryRun?: boolean; module?: string; organization?: string }) =>
      options.dryRun ? plan.rehearse(api, options, progress) : commands.sync(api, options, progress),
    ),
  );

const planned = program
  .command('plan')
  .description('what a sync would change now; what is held comes first')
  .option('--action <action>', 'held, blocked, create, change or none')
  .option('--module <module>')
  .option('--organization <organization>')
  .action(withApi((api, options: Record<string, string>) => plan.plan(api, options)));
planned
  .command('release <id>')
  .description('approve the held counts of a line')
  .option('--reason <text>')
  .action(withApi(plan.release));
planned
  .command('exclude <id>')
  .description('take counts out of a line')
  .requiredOption('--until <date>', 'the last day, YYYY-MM-DD')
  .requiredOption('--reason <text>')
  .option('--units <n>', 'subtracted from each day’s count; left out, counts are not applied', Number)
  .action(withApi(plan.exclude));
planned
  .command('release-all')
  .description('approve every held count')
  .option('--module <module>', 'those of this module')
  .option('--reason <text>')
  // `icb plan --module M` has an option of the same name, which commander gives to the command above.
  .action((_, command: Command) =>
    withApi(plan.releaseAll)(command.optsWithGlobals<{ module?: string; reason?: string }>()),
  );

program
  .command('leakage')
  .description('usage that is counted but bills nowhere')
  .option('--module <module>')
  .option('--organization <organization>')
  .option('--reason <reason>', 'such as unmapped-organization')
  .action(withApi((api, options: Record<string, string>) => leakage(api, options)));

program
  .command('items')
  .description('billing items')
  .option('--status <status>', 'pending or posted')
  .option('--module <module>')
  .option('--organization <organization>')
  .option('--period <month>', 'YYYY-MM')
  .action(withApi(commands.items));

program
  .command('explain <id>')
  .description('why a billing item is what it is; the beginning of an id or a link will do')
  .action(withApi(explain));

const mappings = program.command('mappings').description('organization mappings');
mappings
  .command('list')
  .option('--module <module>')
  .action(withApi((api, options: { module?: string }) => commands.mappings(api, options.module)));
mappings
  .command('suggest')
  .description(
    'suggested organizations; with --left, --right and --out between two CSV files, without settings',
  )
  .option('--module <module>')
  .option('--left <csv>', 'organizations: left_id, name')
  .option('--right <csv>', 'module organizations: right_id, name')
  .option('--out <csv>', 'where to write right_id, left_id, confidence')
  .action(async ({ module, ...files }: { module?: string } & Partial<ListFiles>) => {
    const { left, right, out } = files;
    if (left && right && out) say(await suggestFromLists({ left, right, out }));
    else if (left || right || out)
      program.error('Give all of --left, --right and --out, or none to ask the store.');
    else await withApi((api) => commands.suggestions(api, module))();
  });

program
  .command('import <file>')
  .description(
    'organizations, contracts and services: one JSON file, or a CSV file a kind; or all that icb export wrote, where there is nothing yet',
  )
  .option('--kind <kind>', 'what a CSV file holds: organizations, contracts or contractServices')
  .action(async (file: string, options: { kind?: string }) => {
    if (await isWholeExport(file)) say(await importAll(process.env, file));
    else await withApi((api) => commands.importFile(api, file, options.kind))();
  });

const fed = program.command('usage').description('usage that people bring').action(withApi(usage.uploads));
fed
  .command('import <file>')
  .description('take a CSV file of usage in')
  .requiredOption('--module <module>')
  .option('--date <date>', 'of all its counts, YYYY-MM-DD; today where the file has no date column')
  .option(
    '--map <column=field,…>',
    'what columns are: organization, organization-id, date, billing-type, quantity or a billing type; guessed when left out',
  )
  .option('--day-order <order>', 'day-month or month-day, for dates such as 03/04/2026')
  .option('--numbers <style>', 'comma-groups (1,234.0) or point-groups (1.234,0)')
  .option('--dry-run', 'say what would change, save nothing')
  .action(withApi(usage.importUsage));
fed
  .command('undo <id>')
  .description('put back what was known before an upload, within 24 hours')
  .action(withApi(usage.undoUsage));

const given = program
  .command('roles')
  .description('who has which role')
  .action(withApi((api) => roles.roles(api)));
given
  .command('grant <user> <role>')
  .description(
    'give a Slack user id the role operator, approver or admin, also where no admin can be reached',
  )
  .action(withApi(roles.grant));
given.command('revoke <user>').description('take a role away').action(withApi(roles.revoke));

const links = program
  .command('embed-link')
  .description('make a link by which a widget or tab shows on another page')
  .option('--widget <id>')
  .option('--tab <id>')
  .option('--token', 'a signed token of ten minutes instead of a revocable link')
  .option('--organization <ids>', 'locked to these, by commas')
  .option('--module <ids>', 'locked to these, by commas')
  .option('--host <addresses>', 'who may frame it, by commas: https://portal.example.com')
  .option('--until <date>', 'YYYY-MM-DD or an instant; without, it has no end')
  .option('--allow <capabilities>', 'by commas: cost, leakage, interactive')
  .option('--viewer-filters <fields>', 'what viewers may filter by, by commas: module, months …')
  .option('--theme <theme>', 'auto, light, dark or transparent')
  .option('--locale <locale>', 'such as de-DE')
  .action(withApi((api, options: embed.EmbedLinkOptions) => embed.embedLink(api, options)));
links.command('list').description('publish links').action(withApi(embed.listEmbedLinks));
links.command('revoke <id>').description('end a link at once').action(withApi(embed.revokeEmbedLink));
links
  .command('key')
  .description('the key by which a host signs its own tokens')
  .action(() => say(embed.signingKey(process.env)));

addOperations(program, say, withApi);

program
  .command('migrate')
  .description('everything from the data folder to PostgreSQL, or back; icb must be stopped')
  .option('--to [url]', 'PostgreSQL to copy the folder into; DATABASE_URL when left out')
  .option('--from [url]', 'PostgreSQL to copy into the folder')
  .option('--replace', 'also where the target holds records')
  .action(async (options: MigrateOptions) => say(await migrate(process.env, options, progress)));

program
  .command('simulate <vendor>')
  .description(`one vendor’s stand-in alone: ${simulatedVendors()}`)
  .option('--port <port>', 'any free one when left out', Number)
  .option('--seed <seed>', 'which sample data', Number)
  .action(async (vendor: string, options: { port?: number; seed?: number }) => {
    const run = simulatorOf(vendor);
    if (!run) return program.error(`There is no stand-in for "${vendor}". There are: ${simulatedVendors()}`);
    await run(options);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!isIcbError(error)) throw error;
  console.error([error.message, ...error.details.map((detail) => `  ${detail}`)].join('\n'));
  process.exitCode = 1;
}
