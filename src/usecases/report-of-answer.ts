import { type IsoDate, type IsoInstant, monthOf } from '../domain/calendar.ts';
import { BillingTypeName, type ModuleId } from '../domain/ids.ts';
import {
  countOf,
  countsOf,
  type UsageEvidence,
  type UsageReport,
  usageReportId,
} from '../domain/usage-count.ts';
import type { Snapshot } from '../ports/store.ts';
import type { UsageAnswer } from '../ports/usage-source.ts';

/** A complete report; zero counts are left out of it. What it does not know stays as an earlier one of that day had it. */
export async function reportOf(
  snapshot: Snapshot,
  module: ModuleId,
  date: IsoDate,
  answer: UsageAnswer,
  takenAt: IsoInstant,
): Promise<UsageReport> {
  const limits = limitsOf(answer);
  const id = usageReportId(module, date);
  const isLimited = Object.keys(limits).length > 0;
  const before = isLimited ? await snapshot.get('usageReports', id, monthOf(date)) : undefined;
  const counts = countsOf(
    answer.counts.filter((count) => count.quantity !== 0),
    before && countsOf(stillKnown(before, limits)),
  );
  return { id, module, date, takenAt, complete: true, counts, ...limits };
}

type Limits = Pick<UsageReport, 'billingTypes' | 'unknown'>;

function limitsOf({ billingTypes, unknown = [] }: UsageAnswer): Limits {
  const byOrganization = [...Map.groupBy(unknown, (each) => each.externalId)].map(
    ([externalId, own]) => [externalId, own.map((each) => each.billingType)] as const,
  );
  return {
    ...(billingTypes ? { billingTypes: [...billingTypes] } : {}),
    ...(unknown.length > 0 ? { unknown: Object.fromEntries(byOrganization) } : {}),
  };
}

/** The counts of an earlier report of the day that the later one says nothing of. */
function* stillKnown(before: UsageReport, { billingTypes, unknown }: Limits) {
  for (const [externalId, own] of Object.entries(before.counts))
    for (const [billingType, quantity] of Object.entries(own))
      if (billingTypes?.includes(billingType) === false) yield { externalId, billingType, quantity };
  for (const [externalId, names] of Object.entries(unknown ?? {}))
    for (const name of names) {
      const billingType = BillingTypeName.parse(name);
      const quantity = countOf(before, externalId, billingType);
      if (quantity !== undefined) yield { externalId, billingType, quantity };
    }
}

export function evidenceOf(module: ModuleId, date: IsoDate, answer: UsageAnswer): UsageEvidence {
  const devices = Object.fromEntries(
    [...Map.groupBy(answer.devices, (device) => device.externalId)].map(([externalId, own]) => [
      externalId,
      own.map(({ id, name, billingType }) => ({ id, name, billingType })),
    ]),
  );
  const untold = Object.fromEntries(
    (answer.untold ?? []).map(({ externalId, because }) => [externalId, because]),
  );
  return {
    id: usageReportId(module, date),
    module,
    date,
    devices,
    ...(answer.untold?.length ? { untold } : {}),
  };
}
