import { z } from 'zod';
import { billingTypeOf } from '../catalog/modules.ts';
import type { Actor } from '../domain/actor.ts';
import {
  earlier,
  type IsoDate,
  IsoDate as IsoDateSchema,
  type IsoInstant,
  isoInstant,
} from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { type ModuleId, moduleOrganizationId } from '../domain/ids.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { countsOf, type UsageReport, usageReportId } from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { knownModule } from './known-module.ts';
import { parseInput } from './parse-input.ts';

const Row = z.object({
  date: IsoDateSchema,
  moduleOrganization: z.object({
    externalId: z
      .string()
      .trim()
      .min(1)
      .max(150)
      .refine((id) => id !== '__proto__', 'an id'),
    name: z.string().trim().min(1).max(300),
  }),
  billingType: z.string().min(1),
  quantity: z.union([z.number().int().nonnegative(), z.boolean()], 'a whole number, or true or false'),
});
const Usage = z.object({ module: z.string().min(1), items: z.array(Row).min(1).max(50_000) });
type Row = z.output<typeof Row>;

/**
 * Takes usage counts that somebody sends for a module without an API of ours. What is not sent stays unknown; a count of
 * the same day, module organization and billing type is replaced. One bad row refuses all. Errors: `bad-input`,
 * `unknown-module`.
 */
export async function importUsage(
  core: Core,
  { by, usage }: { readonly by: Actor; readonly usage: unknown },
): Promise<{ readonly accepted: number }> {
  const { module: text, items } = parseInput(Usage, usage, 'The usage cannot be read; nothing was taken in.');
  const module = knownModule(text);
  const today = core.clock.today();
  const problems = items.flatMap((row, i) => problemsOf(row, i, module.id, today));
  if (problems.length > 0)
    throw new IcbError(
      'bad-input',
      `${problems.length === 1 ? '1 usage count is' : `${problems.length} usage counts are`} wrong; nothing was taken in.`,
      {
        details: problems,
      },
    );
  return commit(core, by, async (snapshot) => {
    const at = isoInstant(core.clock.now());
    const before = await snapshot.get('moduleStates', module.id);
    const state = before ?? { id: module.id, enabled: false, changedAt: at, changedBy: by };
    return {
      changes: {
        put: {
          usageReports: await mergedReports(snapshot, module.id, items, at),
          moduleOrganizations: await seenOrganizations(snapshot, module.id, items),
          moduleStates: [
            {
              ...state,
              lastCountedAt: at,
              ...recountOf(state, items, today, at),
              countedBy: core.sources.has(module.id) ? ('api' as const) : ('feed' as const),
            },
          ],
        },
      },
      audit: {
        action: 'import-usage',
        subject: module.id,
        text: `${items.length} usage counts taken in for ${module.name}`,
      },
      result: { accepted: items.length },
    };
  });
}

/** However late counts of a day are sent again, they are applied: the next plan has to look back that far. */
function recountOf(
  { recount }: Pick<ModuleState, 'recount'>,
  items: readonly Row[],
  today: IsoDate,
  at: IsoInstant,
): Pick<ModuleState, 'recount'> {
  const from = items.map((row) => row.date).reduce(earlier);
  if (from >= today) return {};
  return { recount: { from: earlier(from, recount?.from ?? from), at } };
}

function problemsOf(row: Row, index: number, module: ModuleId, today: IsoDate): string[] {
  const type = billingTypeOf(module, row.billingType);
  return [
    ...(type ? [] : [`items.${index}.billingType: the module has no billing type "${row.billingType}"`]),
    ...(row.date > today ? [`items.${index}.date: ${row.date} lies in the future`] : []),
    ...(type?.unit === 'true-false' && Number(row.quantity) > 1
      ? [`items.${index}.quantity: the billing type is true/false, so 1 or 0`]
      : []),
    ...(type?.unit === 'count' && typeof row.quantity === 'boolean'
      ? [`items.${index}.quantity: the billing type is counted, so a whole number`]
      : []),
  ];
}

async function mergedReports(
  snapshot: Snapshot,
  module: ModuleId,
  items: readonly Row[],
  takenAt: UsageReport['takenAt'],
) {
  const reports: UsageReport[] = [];
  for (const [date, rows] of Map.groupBy(items, (row) => row.date)) {
    const before = await snapshot.get('usageReports', usageReportId(module, date), date.slice(0, 7));
    const counts = countsOf(
      rows.map(({ moduleOrganization: { externalId }, billingType, quantity }) => ({
        externalId,
        billingType,
        quantity: Number(quantity),
      })),
      before?.counts,
    );
    reports.push({
      id: usageReportId(module, date),
      module,
      date,
      takenAt,
      complete: before?.complete ?? false,
      counts,
    });
  }
  return reports;
}

async function seenOrganizations(snapshot: Snapshot, module: ModuleId, items: readonly Row[]) {
  const seen = new Map<string, ModuleOrganization>();
  const known = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  for (const { date, moduleOrganization } of items.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
    const id = moduleOrganizationId(module, moduleOrganization.externalId);
    const before = seen.get(id) ?? known.get(id);
    seen.set(id, {
      hints: {},
      ...before,
      id,
      module,
      ...moduleOrganization,
      firstSeen: before && before.firstSeen < date ? before.firstSeen : date,
      lastSeen: before && before.lastSeen > date ? before.lastSeen : date,
    });
  }
  return [...seen.values()];
}
