import type { SyncRun } from '../domain/sync-run.ts';
import type { Snapshot } from '../ports/store.ts';
import type { Core } from './core.ts';
import { listSuggestions, type SuggestionView } from './list-suggestions.ts';
import { namesIn } from './names.ts';

/** A module organization that nobody decided on, with what could be done about it. */
export interface UnmappedRow extends Omit<SuggestionView, 'candidates'> {
  readonly moduleName: string;
  /** Seen for the first time on the run's day, and not with the whole module. */
  readonly fresh: boolean;
  /** The organization it probably is; absent where none or several fit. */
  readonly suggestion?: SuggestionView['candidates'][number];
}

export interface Unmapped {
  readonly total: number;
  readonly fresh: number;
  /** New ones first, then the surest. */
  readonly rows: readonly UnmappedRow[];
}

const ROWS = 5;

/** The open module organizations of the modules that the run counted. */
export async function summaryUnmapped(core: Core, snapshot: Snapshot, run: SyncRun): Promise<Unmapped> {
  const counted = new Set<string>(run.modules.map((module) => module.id));
  const open = (await listSuggestions(core)).filter((each) => counted.has(each.module));
  const firstSeen = new Map(
    (await snapshot.list('moduleOrganizations')).map((each) => [each.id as string, each]),
  );
  const names = await namesIn(snapshot);
  const begun = new Map<string, string>();
  for (const { module, firstSeen: date } of firstSeen.values())
    if (date < (begun.get(module) ?? '9999')) begun.set(module, date);
  const rows = open.map(({ candidates, ...row }): UnmappedRow => {
    const [best] = candidates;
    const date = firstSeen.get(row.moduleOrganizationId)?.firstSeen;
    return {
      ...row,
      moduleName: names.module(row.module),
      fresh: date === run.date && begun.get(row.module) !== run.date,
      ...(best && (row.class === 'sure' || row.class === 'likely') ? { suggestion: best } : {}),
    };
  });
  return {
    total: rows.length,
    fresh: rows.filter((row) => row.fresh).length,
    rows: rows.toSorted((a, b) => Number(b.fresh) - Number(a.fresh)).slice(0, ROWS),
  };
}
