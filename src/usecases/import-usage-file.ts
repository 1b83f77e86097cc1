import type { Actor } from '../domain/actor.ts';
import { IsoDate, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module } from '../domain/module.ts';
import { type ColumnMatching, DayOrder, NumberStyle } from '../domain/usage-file.ts';
import { decodeText } from '../usage-feed/decode-text.ts';
import { findBillingType, squeezed } from '../usage-feed/find-billing-type.ts';
import { readTable, type Table } from '../usage-feed/read-table.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { type TakenIn, takeIn } from './import-usage.ts';
import { moduleIn } from './known-module.ts';
import { parseInput } from './parse-input.ts';
import { readCatalogue } from './read-catalogue.ts';
import { guessed, refuseFaults } from './usage-drafts.ts';
import { previewUsage, type UsagePreview } from './usage-preview.ts';

export interface UsageFile {
  readonly bytes: Uint8Array;
  /** Its name, for the log. */
  readonly file?: string | undefined;
  /** Id or name. */
  readonly module: string;
  /** Of the whole file, whatever date columns it has unless one is mapped; today where there is none. */
  readonly date?: string | undefined;
  /** By column title: `organization`, `organization-id`, `date`, `billing-type`, `quantity`, or a billing type. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly dayOrder?: string | undefined;
  readonly numbers?: string | undefined;
  /** Only says what would happen. */
  readonly dryRun?: boolean | undefined;
}

export interface ImportedFile {
  readonly module: Module;
  readonly matching: ColumnMatching;
  readonly preview: UsagePreview;
  /** Absent in a dry run. */
  readonly takenIn?: TakenIn;
}

/** Takes a usage file in at once, or says what that would do. Errors: `bad-input` with every wrong line, `unknown-module`. */
export async function importUsageFile(
  core: Core,
  { by, ...asked }: UsageFile & { readonly by: Actor },
): Promise<ImportedFile> {
  const table = readTable(decodeText(asked.bytes).text);
  const date =
    asked.date === undefined
      ? core.clock.today()
      : parseInput(IsoDate, asked.date, `"${asked.date}" is no date; write it as 2026-11-03.`);
  return commit(core, by, async (snapshot) => {
    const module = moduleIn(await readCatalogue(snapshot), asked.module);
    const matching = chosen(table, module, asked, await guessed(snapshot, table, module));
    const { preview, rows } = await previewUsage(core, snapshot, { table, module, matching, date });
    const result: ImportedFile = { module, matching, preview };
    if (asked.dryRun) return { changes: {}, result };
    refuseFaults(preview);
    const { accepted } = preview;
    const remembered = { id: module.id, matching, at: isoInstant(core.clock.now()), by };
    const file = asked.file ? { file: asked.file.slice(0, 200) } : {};
    const write = await takeIn(core, snapshot, by, { module, rows, accepted, ...file, matching: remembered });
    return { ...write, result: { ...result, takenIn: write.result } };
  });
}

type Choice = Pick<UsageFile, 'date' | 'map' | 'dayOrder' | 'numbers'>;

/** The guessed matching with what was said in its place. */
function chosen(table: Table, module: Module, asked: Choice, guess: ColumnMatching): ColumnMatching {
  const { dayOrder, numbers, map = {} } = asked;
  const { date: dateColumn, ...undated } = guess;
  const styled: ColumnMatching = {
    ...undated,
    ...(dateColumn === undefined || asked.date !== undefined ? {} : { date: dateColumn }),
    ...(dayOrder === undefined
      ? {}
      : { dayOrder: parseInput(DayOrder, dayOrder, 'The day order is day-month or month-day.') }),
    ...(numbers === undefined
      ? {}
      : { numbers: parseInput(NumberStyle, numbers, 'Numbers are comma-groups or point-groups.') }),
  };
  const entries = Object.entries(map).map(([given, field]) => [columnNamed(table, given), field] as const);
  return entries.length === 0 ? styled : matchingOf(module, entries, styled);
}

function columnNamed({ columns }: Table, given: string): string {
  const found =
    columns.find((title) => title === given) ?? columns.find((title) => squeezed(title) === squeezed(given));
  if (found !== undefined) return found;
  throw new IcbError('bad-input', `The file has no column "${given}". It has ${columns.join(', ')}.`);
}

const FIELDS = ['organization', 'organization-id', 'date', 'billing-type', 'quantity'] as const;

/** What is mapped takes the place of what was guessed: all count columns together, since they exclude each other. */
function matchingOf(
  module: Module,
  entries: readonly (readonly [column: string, field: string])[],
  guess: ColumnMatching,
): ColumnMatching {
  const of = (field: (typeof FIELDS)[number]) => entries.find(([, each]) => each === field)?.[0];
  const columns = entries.flatMap(([column, field]) => {
    if (FIELDS.includes(field as (typeof FIELDS)[number])) return [];
    const type = findBillingType(module, field);
    if (type) return [{ column, billingType: type.name }];
    throw new IcbError(
      'bad-input',
      `"${field}" is neither a field (${FIELDS.join(', ')}) nor a billing type of ${module.name} (${module.billingTypes.map(({ name }) => name).join(', ')}).`,
    );
  });
  const [name, externalId, date] = [of('organization'), of('organization-id'), of('date')];
  const [billingType, quantity] = [of('billing-type'), of('quantity')];
  const organization = name !== undefined || externalId !== undefined;
  const { name: guessedName, externalId: guessedId, ...rest } = guess;
  return withoutGaps({
    ...rest,
    // Whoever maps the organization maps all of it: a guessed id column beside a chosen name would be a surprise.
    ...(organization ? { name, externalId } : { name: guessedName, externalId: guessedId }),
    ...(date === undefined ? {} : { date }),
    counts:
      columns.length > 0 ? { layout: 'columns', columns } : rowCounts(guess.counts, billingType, quantity),
  });
}

function rowCounts(
  guess: ColumnMatching['counts'],
  billingType: string | undefined,
  quantity: string | undefined,
): ColumnMatching['counts'] {
  if (billingType === undefined && quantity === undefined) return guess;
  const before = guess.layout === 'rows' ? guess : undefined;
  return withoutGaps({
    layout: 'rows',
    billingType: billingType ?? before?.billingType,
    quantity: quantity ?? before?.quantity,
  });
}

/** What is undefined is not there. */
const withoutGaps = <T extends object>(fields: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
