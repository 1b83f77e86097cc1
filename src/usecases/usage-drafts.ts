import type { Actor } from '../domain/actor.ts';
import { IsoDate, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Module } from '../domain/module.ts';
import { ColumnMatching, type UsageDraft } from '../domain/usage-file.ts';
import type { Snapshot } from '../ports/store.ts';
import { decodeText } from '../usage-feed/decode-text.ts';
import { guessColumns } from '../usage-feed/guess-columns.ts';
import { readTable, type Table } from '../usage-feed/read-table.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { guessModule } from './guess-module.ts';
import { type TakenIn, takeIn } from './import-usage.ts';
import { moduleIn } from './known-module.ts';
import { parseInput } from './parse-input.ts';
import { readCatalogue } from './read-catalogue.ts';
import { previewUsage, type UsagePreview } from './usage-preview.ts';

/** A file not saved within that is forgotten. */
export const DRAFT_HOURS = 24;

export interface UsageDraftView {
  readonly draft: Omit<UsageDraft, 'text'>;
  readonly columns: readonly string[];
  /** The first rows, by column. */
  readonly sample: readonly Readonly<Record<string, string>>[];
  /** Undefined until somebody chose it. */
  readonly module?: Module;
  /** With the module: how the columns are matched, and what that comes to. */
  readonly matching?: ColumnMatching;
  readonly preview?: UsagePreview;
}

/**
 * Keeps a file somebody brought, with guesses of its module and columns, until it is saved or discarded. With an `id` that
 * is there already nothing is kept, and `created` is false. Errors: `bad-input`, `unknown-module`.
 */
export async function createUsageDraft(
  core: Core,
  {
    by,
    file,
    bytes,
    module: text,
    id = core.newId('draft'),
  }: {
    readonly by: Actor;
    readonly file: string;
    readonly bytes: Uint8Array;
    readonly module?: string | undefined;
    readonly id?: string | undefined;
  },
): Promise<{ readonly id: string; readonly created: boolean }> {
  const decoded = decodeText(bytes);
  const table = readTable(decoded.text);
  return commit<{ readonly id: string; readonly created: boolean }>(core, by, async (snapshot) => {
    if (await snapshot.get('usageDrafts', id)) return { changes: {}, result: { id, created: false } };
    const catalogue = await readCatalogue(snapshot);
    const fed = catalogue.modules.filter((each) => !core.sources.has(each.id));
    const module = text ? moduleIn(catalogue, text) : guessModule({ modules: fed }, file, table);
    const draft: UsageDraft = {
      id,
      at: isoInstant(core.clock.now()),
      by,
      file: file.trim().slice(0, 200) || 'file.csv',
      ...decoded,
      date: core.clock.today(),
      ...(module ? { module: module.id, matching: await guessed(snapshot, table, module) } : {}),
    };
    return {
      changes: { put: { usageDrafts: [draft] }, remove: await oldDrafts(core, snapshot) },
      result: { id, created: true },
    };
  });
}

/** Changes what a draft's module, date or columns are; another module is guessed anew. Errors: `not-found`, `bad-input`. */
export async function matchUsageDraft(
  core: Core,
  {
    by,
    id,
    module: text,
    date: day,
    matching: chosen,
  }: {
    readonly by: Actor;
    readonly id: string;
    readonly module?: string | undefined;
    readonly date?: string | undefined;
    readonly matching?: unknown;
  },
): Promise<void> {
  const date =
    day === undefined ? undefined : parseInput(IsoDate, day, 'The date cannot be read; choose a day.');
  const matching =
    chosen === undefined
      ? undefined
      : parseInput(ColumnMatching, chosen, 'The columns cannot be read; choose them again.');
  return commit(core, by, async (snapshot) => {
    const draft = await draftOf(snapshot, id);
    const module = text === undefined ? undefined : moduleIn(await readCatalogue(snapshot), text);
    const other = module !== undefined && module.id !== draft.module;
    const table = readTable(draft.text);
    const after: UsageDraft = {
      ...draft,
      ...(date ? { date } : {}),
      ...(module ? { module: module.id } : {}),
      ...(other ? { matching: await guessed(snapshot, table, module) } : matching ? { matching } : {}),
    };
    return { changes: { put: { usageDrafts: [after] } }, result: undefined };
  });
}

/** What saving a draft would do. Error: `not-found`. */
export async function viewUsageDraft(core: Core, id: string): Promise<UsageDraftView> {
  const snapshot = await core.store.snapshot();
  const { text, ...draft } = await draftOf(snapshot, id);
  const table = readTable(text);
  const common = { draft, columns: table.columns, sample: table.rows.slice(0, 5).map(({ cells }) => cells) };
  const module = draft.module && (await readCatalogue(snapshot)).find(draft.module);
  if (!module) return common;
  const matching = draft.matching ?? guessColumns(table, module);
  const { preview } = await previewUsage(core, snapshot, { table, module, matching, date: draft.date });
  return { ...common, module, matching, preview };
}

/** Takes a draft's counts in, remembers its columns for the module's next file, and forgets it. Errors: `not-found`, `bad-input`. */
export async function saveUsageDraft(
  core: Core,
  { by, id }: { readonly by: Actor; readonly id: string },
): Promise<TakenIn & { readonly module: Module; readonly file: string }> {
  return commit(core, by, async (snapshot) => {
    const draft = await draftOf(snapshot, id);
    const module = draft.module && (await readCatalogue(snapshot)).find(draft.module);
    if (!module || !draft.matching)
      throw new IcbError('bad-input', 'Choose which module the file is of; nothing was taken in.');
    const table = readTable(draft.text);
    const { file, matching } = draft;
    const { preview, rows } = await previewUsage(core, snapshot, {
      table,
      module,
      matching,
      date: draft.date,
    });
    refuseFaults(preview);
    const accepted = preview.accepted;
    const remembered = { id: module.id, matching, at: isoInstant(core.clock.now()), by };
    const write = await takeIn(core, snapshot, by, {
      module,
      rows,
      accepted,
      draft,
      file,
      matching: remembered,
    });
    return { ...write, result: { ...write.result, module, file } };
  });
}

/** Forgets a draft; one that is gone already is no error. */
export async function discardUsageDraft(
  core: Core,
  { by, id }: { readonly by: Actor; readonly id: string },
): Promise<void> {
  return commit(core, by, async (snapshot) => {
    const draft = await snapshot.get('usageDrafts', id);
    return { changes: draft ? { remove: [removalOf(draft)] } : {}, result: undefined };
  });
}

/** `line 4, Seats: …` */
export const lineProblemText = ({ line, column, text }: UsagePreview['problems'][number]): string =>
  `line ${line}${column ? `, ${column}` : ''}: ${text}`;

/** Error: `bad-input`, with every line that is wrong and everything still to be chosen. */
export function refuseFaults({ savable, wrongRows, problems, todo }: UsagePreview): void {
  if (savable) return;
  const sentence =
    wrongRows > 0
      ? `${wrongRows === 1 ? '1 row is' : `${wrongRows} rows are`} wrong; nothing was taken in. Correct the file and bring it again.`
      : todo.length > 0
        ? 'Something is still to be chosen; nothing was taken in.'
        : 'The file holds no count; nothing was taken in.';
  throw new IcbError('bad-input', sentence, { details: [...todo, ...problems.map(lineProblemText)] });
}

export const guessed = async (snapshot: Snapshot, table: Table, module: Module): Promise<ColumnMatching> =>
  guessColumns(table, module, (await snapshot.get('columnMatchings', module.id))?.matching);

async function draftOf(snapshot: Snapshot, id: string): Promise<UsageDraft> {
  const draft = await snapshot.get('usageDrafts', id);
  if (draft) return draft;
  throw new IcbError(
    'not-found',
    `This file is not waiting any more: it was saved or discarded, or is older than ${DRAFT_HOURS} hours. Bring it again.`,
  );
}

const removalOf = ({ id, at }: UsageDraft) =>
  ({ kind: 'usageDrafts', id, partition: at.slice(0, 10) }) as const;

async function oldDrafts(core: Core, snapshot: Snapshot) {
  const since = isoInstant(core.clock.now().subtract({ hours: DRAFT_HOURS }));
  return (await snapshot.list('usageDrafts')).filter(({ at }) => at < since).map(removalOf);
}

export interface WaitingFile {
  readonly id: string;
  readonly file: string;
  readonly moduleName?: string;
  readonly by: Actor;
  readonly at: string;
}

/** Files that were brought and neither saved nor discarded, newest first. */
export async function listUsageDrafts(core: Core): Promise<readonly WaitingFile[]> {
  const snapshot = await core.store.snapshot();
  const catalogue = await readCatalogue(snapshot);
  const since = isoInstant(core.clock.now().subtract({ hours: DRAFT_HOURS }));
  return (await snapshot.list('usageDrafts'))
    .filter(({ at }) => at >= since)
    .map(({ id, file, module, by, at }): WaitingFile => {
      const name = module && catalogue.find(module)?.name;
      return { id, file, by, at, ...(name ? { moduleName: name } : {}) };
    })
    .sort((a, b) => (a.at > b.at ? -1 : 1));
}
