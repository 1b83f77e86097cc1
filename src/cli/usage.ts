import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { IcbError } from '../domain/errors.ts';
import type { Api } from './api.ts';
import type { Said } from './commands.ts';
import { table } from './print.ts';

interface Preview {
  readonly module: string;
  readonly rows: number;
  readonly wrongRows: number;
  readonly todo: readonly string[];
  readonly problems: readonly { readonly line: number; readonly column?: string; readonly text: string }[];
  readonly emptyCells: number;
  readonly accepted: number;
  readonly changed: number;
  readonly dates: readonly string[];
  readonly byType: readonly {
    readonly label: string;
    readonly counts: number;
    readonly total: number;
    readonly changed: number;
  }[];
  readonly newModuleOrganizations: readonly { readonly name: string }[];
  readonly notInFile: readonly string[];
  readonly moduleEnabled: boolean;
  readonly lines: readonly {
    readonly action: string;
    readonly organization: string;
    readonly service: string;
    readonly oldUnits: number;
    readonly newUnits: number;
    readonly effectiveDate: string;
    readonly amount: string;
    readonly monthlyAmount: string;
    readonly currency: string;
    readonly reason: { readonly text: string };
  }[];
  readonly totals: readonly {
    readonly amount: string;
    readonly monthlyAmount: string;
    readonly currency: string;
  }[];
  readonly saved: boolean;
  readonly upload?: string;
}

export interface UsageOptions {
  readonly module: string;
  readonly date?: string;
  /** `column=field,…`; quotes around what holds a comma. */
  readonly map?: string;
  readonly dayOrder?: string;
  readonly numbers?: string;
  readonly dryRun?: boolean;
}

/** Takes a CSV file of usage in, or says what that would do. */
export async function importUsage(api: Api, file: string, options: UsageOptions): Promise<Said> {
  const bytes = await readFile(file).catch(() => {
    throw new IcbError('bad-input', `The file ${file} cannot be read.`);
  });
  const { module, date, dayOrder, numbers } = options;
  const query = new URLSearchParams({ module, file: basename(file).slice(0, 200) });
  for (const [name, value] of Object.entries({ date, dayOrder, numbers })) if (value) query.set(name, value);
  if (options.map) query.set('map', JSON.stringify(readMap(options.map)));
  if (options.dryRun) query.set('dryRun', 'true');
  const preview: Preview = await api.send('POST', `/api/usage/csv?${query}`, new Uint8Array(bytes));
  return { json: preview, text: textOf(preview) };
}

/** Error: `bad-input`. */
export function readMap(text: string): Record<string, string> {
  const [pairs = []] = parse(text, { relax_quotes: true, trim: true }) as string[][];
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      const [column, field] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (at < 1 || field === '')
        throw new IcbError(
          'bad-input',
          `--map takes column=field,…, such as "Customer=organization,Seats=Agents"; "${pair}" is not that.`,
        );
      return [column, field];
    }),
  );
}

function textOf(preview: Preview): string {
  const { rows, wrongRows, accepted, changed, dates, emptyCells, byType, lines, totals } = preview;
  const days = dates.length > 1 ? `${dates[0]} to ${dates.at(-1)}` : (dates[0] ?? 'no counts');
  return [
    `Rows read: ${rows}, wrong: ${wrongRows}. Counts of ${days}: ${accepted}, other than known: ${changed}.`,
    ...(emptyCells > 0 ? [`Empty cells, which stay unknown: ${emptyCells}.`] : []),
    ...preview.todo,
    ...preview.problems.map(
      ({ line, column, text }) => `  line ${line}${column ? `, ${column}` : ''}: ${text}`,
    ),
    ...(byType.length > 0
      ? [
          table(
            ['Billing type', 'Counts', 'Together', 'Differ'],
            byType.map((each) => [each.label, each.counts, each.total, each.changed]),
          ),
        ]
      : []),
    ...names(
      'New module organizations, to be mapped',
      preview.newModuleOrganizations.map(({ name }) => name),
    ),
    ...names('Not in the file, so unknown and not zero', preview.notInFile),
    ...(lines.length > 0
      ? [
          'What the next sync would change:',
          table(
            ['Action', 'Organization', 'Service', 'Units', 'From', 'Amount', 'A month', 'Why'],
            lines.map((line) => [
              line.action,
              line.organization,
              line.service,
              `${line.oldUnits} → ${line.newUnits}`,
              line.effectiveDate,
              `${line.amount} ${line.currency}`,
              `${line.monthlyAmount} ${line.currency}`,
              line.reason.text,
            ]),
          ),
          ...totals.map((sum) => `Together ${sum.amount} ${sum.currency} now, ${sum.monthlyAmount} a month.`),
        ]
      : ['The plan stays as it is.']),
    ...(preview.moduleEnabled ? [] : ['The module is not enabled: its counts bill nothing until it is.']),
    ending(preview),
  ].join('\n');
}

const names = (title: string, all: readonly string[]): string[] =>
  all.length === 0 ? [] : [`${title}: ${all.slice(0, 20).join(', ')}${all.length > 20 ? ' …' : ''}`];

const ending = ({ saved, upload }: Preview): string => {
  if (!saved) return 'Dry run: nothing was saved.';
  return upload
    ? `Saved. Undo within 24 hours: icb usage undo ${upload}`
    : 'Every count was known already; nothing was changed.';
};

export async function undoUsage(api: Api, id: string): Promise<Said> {
  const undone = await api.send('POST', `/api/usage/uploads/${encodeURIComponent(id)}/undo`, {});
  return { json: undone, text: 'Undone: the counts are as they were before.' };
}

interface Upload {
  readonly id: string;
  readonly moduleName: string;
  readonly at: string;
  readonly by: { readonly name: string };
  readonly file?: string;
  readonly accepted: number;
  readonly changed: number;
  readonly undoUntil?: string;
  readonly notUndoable?: string;
}

/** What was brought in lately, newest first. */
export async function uploads(api: Api): Promise<Said> {
  const page: { items: Upload[] } = await api.get('/api/usage/uploads?limit=50');
  const rows = page.items.map((each) => [
    each.id,
    each.at,
    each.moduleName,
    each.file ?? '–',
    each.by.name,
    each.accepted,
    each.changed,
    each.undoUntil ? `until ${each.undoUntil}` : (each.notUndoable ?? ''),
  ]);
  const text =
    rows.length === 0
      ? 'No usage has been brought in yet.'
      : table(['Id', 'When', 'Module', 'File', 'By', 'Counts', 'Changed', 'Undo'], rows);
  return { json: page, text };
}
