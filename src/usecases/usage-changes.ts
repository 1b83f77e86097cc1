import type { IsoInstant } from '../domain/calendar.ts';
import type { BillingTypeName } from '../domain/ids.ts';
import { type ModuleId, type ModuleOrganizationId, moduleOrganizationId } from '../domain/ids.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import { countOf, countsOf, type UsageReport, usageReportId } from '../domain/usage-count.ts';
import type { UploadedCount } from '../domain/usage-upload.ts';
import type { Snapshot } from '../ports/store.ts';
import type { UsageRow } from './usage-rows.ts';

/** What a batch of counts would write: only what differs from what is known. */
export interface UsageChanges {
  readonly usageReports: readonly UsageReport[];
  readonly moduleOrganizations: readonly ModuleOrganization[];
  /** Every count of the batch with what was known of it before. */
  readonly counts: readonly UploadedCount[];
  readonly changed: number;
  readonly newModuleOrganizations: readonly ModuleOrganizationId[];
}

export async function usageChanges(
  snapshot: Snapshot,
  module: ModuleId,
  rows: readonly UsageRow[],
  takenAt: IsoInstant,
): Promise<UsageChanges> {
  const usageReports: UsageReport[] = [];
  const counts: UploadedCount[] = [];
  for (const [date, ofDay] of Map.groupBy(rows, (row) => row.date)) {
    const id = usageReportId(module, date);
    const before = await snapshot.get('usageReports', id, date.slice(0, 7));
    const own = ofDay.map(
      ({ moduleOrganization: { externalId }, billingType, quantity }): UploadedCount => ({
        date,
        externalId,
        billingType,
        before: (before && countOf(before, externalId, billingType as BillingTypeName)) ?? null,
        quantity: Number(quantity),
      }),
    );
    counts.push(...own);
    if (!own.some(isChange)) continue;
    const complete = before?.complete ?? false;
    const { billingTypes, unknown } = before ?? {};
    usageReports.push({
      id,
      module,
      date,
      takenAt,
      complete,
      ...(billingTypes ? { billingTypes } : {}),
      ...(unknown ? { unknown } : {}),
      counts: countsOf(own, before?.counts),
    });
  }
  const known = new Map((await snapshot.list('moduleOrganizations')).map((each) => [each.id, each]));
  const moduleOrganizations = seenOrganizations(known, module, rows);
  return {
    usageReports,
    moduleOrganizations,
    counts,
    changed: counts.filter(isChange).length,
    newModuleOrganizations: moduleOrganizations.flatMap(({ id }) => (known.has(id) ? [] : [id])),
  };
}

const isChange = ({ before, quantity }: UploadedCount): boolean => before !== quantity;

function seenOrganizations(
  known: ReadonlyMap<string, ModuleOrganization>,
  module: ModuleId,
  rows: readonly UsageRow[],
): ModuleOrganization[] {
  const seen = new Map<string, ModuleOrganization>();
  for (const { date, moduleOrganization } of rows.toSorted((a, b) => (a.date < b.date ? -1 : 1))) {
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
  return [...seen.values()].filter((each) => !isSame(known.get(each.id), each));
}

const isSame = (before: ModuleOrganization | undefined, after: ModuleOrganization): boolean =>
  before?.name === after.name && before.firstSeen === after.firstSeen && before.lastSeen === after.lastSeen;
