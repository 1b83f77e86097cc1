import { type IsoDate, isoInstant } from '../domain/calendar.ts';
import type { Module } from '../domain/module.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ColumnMatching } from '../domain/usage-file.ts';
import type { Snapshot } from '../ports/store.ts';
import { planSync } from '../sync/plan-sync.ts';
import type { LineProblem, Table } from '../usage-feed/read-table.ts';
import { readUsageTable, stillToChoose } from '../usage-feed/read-usage-table.ts';
import { overlaid } from './apply-run.ts';
import type { Core } from './core.ts';
import { describeLines, type PlanLineView } from './describe-lines.ts';
import { MOST_COUNTS } from './import-usage.ts';
import { type PlanTotal, planTotals } from './plan-totals.ts';
import { readPlanInput } from './read-plan-input.ts';
import { countsThinnedThrough } from './thinned-days.ts';
import { type UsageChanges, usageChanges } from './usage-changes.ts';
import { readUsageRows, type UsageRow } from './usage-rows.ts';

export interface CountsOfType {
  readonly billingType: string;
  readonly label: string;
  readonly unit: 'count' | 'true-false';
  readonly counts: number;
  readonly total: number;
  /** How many of them differ from what is known. */
  readonly changed: number;
}

/** What taking in a file would do, without doing it. */
export interface UsagePreview {
  /** Rows of the file below its title line, and how many of them are wrong. */
  readonly rows: number;
  readonly wrongRows: number;
  /** What a person still has to choose, a sentence each. */
  readonly todo: readonly string[];
  readonly problems: readonly LineProblem[];
  /** Cells without a count, which stay unknown. */
  readonly emptyCells: number;
  readonly accepted: number;
  readonly changed: number;
  readonly dates: readonly IsoDate[];
  readonly byType: readonly CountsOfType[];
  readonly newModuleOrganizations: readonly { readonly externalId: string; readonly name: string }[];
  /** Mapped module organizations that the file has no count for: they stay unknown too. */
  readonly notInFile: readonly string[];
  /** Off: counts are kept and bill nothing. */
  readonly moduleEnabled: boolean;
  /** Lines of the plan that these counts would change: those that change units, and those held for a person. */
  readonly lines: readonly PlanLineView[];
  /** Money of the lines that change units; held ones are not in it. */
  readonly totals: readonly PlanTotal[];
  readonly savable: boolean;
}

export interface ReadFile {
  readonly preview: UsagePreview;
  /** What may be taken in, where the file is without fault. */
  readonly rows: readonly UsageRow[];
}

/** Reads a file as matched and plans as if its counts had been written. Writes nothing. */
export async function previewUsage(
  core: Core,
  snapshot: Snapshot,
  file: {
    readonly table: Table;
    readonly module: Module;
    readonly matching: ColumnMatching;
    readonly date: IsoDate;
  },
): Promise<ReadFile> {
  const { table, module, matching, date } = file;
  const todo = stillToChoose(table, matching);
  const read = todo.length > 0 ? NOTHING_READ : readUsageTable(table, module, matching, date);
  const checked = readUsageRows(
    read.counts.map(({ item }) => item),
    module,
    core.clock.today(),
    await countsThinnedThrough(snapshot, module.id),
  );
  const problems = [...read.problems, ...checked.problems.map(placedIn(read.counts, matching))].sort(
    (a, b) => a.line - b.line,
  );
  const wrong = problems.length > 0;
  const rows = wrong ? [] : checked.rows;
  const changes = await usageChanges(snapshot, module.id, checked.rows, isoInstant(core.clock.now()));
  const state = await snapshot.get('moduleStates', module.id);
  const lines = wrong ? [] : await changedLines(core, snapshot, module, changes);
  const names = new Map(checked.rows.map(({ moduleOrganization: own }) => [own.externalId, own.name]));
  const tooMany = read.counts.length > MOST_COUNTS;
  return {
    rows,
    preview: {
      rows: table.rows.length + table.problems.length,
      wrongRows: new Set(problems.map(({ line }) => line)).size,
      todo: [...todo, ...(tooMany ? [tooManyText(read.counts.length)] : [])],
      problems,
      emptyCells: read.emptyCells,
      accepted: checked.rows.length,
      changed: changes.changed,
      dates: [...new Set(checked.rows.map((row) => row.date))].sort(),
      byType: countsByType(module, changes),
      newModuleOrganizations: changes.newModuleOrganizations.map((id) => {
        const externalId = id.slice(module.id.length + 1);
        return { externalId, name: names.get(externalId) ?? externalId };
      }),
      notInFile: await mappedButAbsent(snapshot, module, names),
      moduleEnabled: state?.enabled ?? false,
      lines,
      totals: planTotals(lines.filter(({ action }) => action === 'create' || action === 'change')),
      savable: !wrong && !tooMany && todo.length === 0 && checked.rows.length > 0,
    },
  };
}

const NOTHING_READ = { counts: [], problems: [], emptyCells: 0 };

const tooManyText = (counts: number): string =>
  `The file holds ${counts.toLocaleString('en-US')} counts; icb takes at most 50,000 at a time. Split it by date or by organization.`;

/** A row's problem where it stands in the file. */
const placedIn =
  (counts: ReturnType<typeof readUsageTable>['counts'], matching: ColumnMatching) =>
  ({ row, column, text }: { row: number; column?: string; text: string }): LineProblem => {
    const place = counts[row - 1];
    const title = column === 'date' ? matching.date : column === 'quantity' ? place?.column : undefined;
    // A duplicate names the other row, which a person looks for by line.
    const inLines = text.replace(
      / in row (\d+) /,
      (_, other) => ` in line ${counts[Number(other) - 1]?.line} `,
    );
    return { line: place?.line ?? 0, ...(title ? { column: title } : {}), text: inLines };
  };

function countsByType(module: Module, { counts }: UsageChanges): CountsOfType[] {
  const byType = Map.groupBy(counts, ({ billingType }) => billingType);
  return module.billingTypes.flatMap(({ name, label, unit }) => {
    const own = byType.get(name);
    if (!own) return [];
    return {
      billingType: name,
      label,
      unit,
      counts: own.length,
      total: own.reduce((sum, { quantity }) => sum + quantity, 0),
      changed: own.filter(({ before, quantity }) => before !== quantity).length,
    };
  });
}

async function mappedButAbsent(
  snapshot: Snapshot,
  { id }: Module,
  inFile: ReadonlyMap<string, string>,
): Promise<string[]> {
  if (inFile.size === 0) return [];
  const mapped = new Set<string>(
    (await snapshot.list('organizationMappings')).flatMap((mapping) =>
      mapping.status === 'mapped' ? [mapping.id as string] : [],
    ),
  );
  return (await snapshot.list('moduleOrganizations'))
    .filter((each) => each.module === id && mapped.has(each.id) && !inFile.has(each.externalId))
    .map(({ name }) => name);
}

/** Lines of the module that come out another way with the counts than without. */
async function changedLines(core: Core, snapshot: Snapshot, module: Module, changes: UsageChanges) {
  if (changes.changed === 0) return [];
  const input = await readPlanInput(snapshot, core.clock.today());
  const ofModule = (mapping: { readonly module: string }): boolean => mapping.module === module.id;
  const { itemsFrom = '' } = input;
  const inReach = changes.usageReports.filter(({ date }) => date >= itemsFrom);
  const before = new Map(planSync(input, ofModule).lines.map((line) => [line.id, line]));
  const after = planSync(
    {
      ...input,
      usageReports: overlaid(input.usageReports, inReach),
      moduleOrganizations: overlaid(input.moduleOrganizations, changes.moduleOrganizations),
    },
    ofModule,
  ).lines;
  const differs = after.filter((line) => outcomeOf(line) !== outcomeOf(before.get(line.id)));
  return (await describeLines(snapshot, differs)).toSorted(
    (a, b) =>
      Number(b.action === 'held') - Number(a.action === 'held') ||
      a.organization.localeCompare(b.organization, 'en') ||
      a.service.localeCompare(b.service, 'en'),
  );
}

const outcomeOf = (line: PlanLine | undefined): string =>
  JSON.stringify(
    line && [line.action, line.oldUnits, line.newUnits, line.effectiveDate, line.amount, line.monthlyAmount],
  );
