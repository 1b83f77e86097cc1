import { addMonths, earlier, type IsoDate, monthOf } from '../domain/calendar.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import type { Snapshot } from '../ports/store.ts';
import type { PlanInput } from '../sync/plan-input.ts';

/** Everything a plan of `today` depends on, reading only the months it can reach into. */
export async function readPlanInput(snapshot: Snapshot, today: IsoDate): Promise<PlanInput> {
  const [serviceMappings, unitLedgers] = await Promise.all([
    snapshot.list('serviceMappings'),
    snapshot.list('unitLedgers'),
  ]);
  const from = { from: monthOf(firstDayInReach(serviceMappings, unitLedgers, today)) };
  const [
    organizations,
    contracts,
    contractServices,
    moduleStates,
    moduleOrganizations,
    organizationMappings,
    usageReports,
    billingItems,
  ] = await Promise.all([
    snapshot.list('organizations'),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
    snapshot.list('moduleStates'),
    snapshot.list('moduleOrganizations'),
    snapshot.list('organizationMappings'),
    snapshot.list('usageReports', from),
    snapshot.list('billingItems', from),
  ]);
  return {
    today,
    organizations,
    contracts,
    contractServices,
    moduleStates,
    moduleOrganizations,
    organizationMappings,
    serviceMappings,
    unitLedgers,
    usageReports: usageReports.filter((report) => report.date <= today),
    billingItems,
  };
}

/**
 * No plan looks further back: one period (and a clamped month's days) before the last applied count, the beginning of a
 * mapping, or the newest period whose item was made.
 */
function firstDayInReach(
  mappings: readonly ServiceMapping[],
  ledgers: readonly UnitLedger[],
  today: IsoDate,
): IsoDate {
  const byId = new Map(ledgers.map((ledger) => [ledger.id, ledger]));
  let first = today;
  for (const { itemsThrough, applied } of ledgers) {
    if (itemsThrough) first = earlier(first, itemsThrough);
    if (applied) first = earlier(first, applied.through);
  }
  for (const mapping of mappings) {
    if (mapping.status !== 'mapped') continue;
    const ledger = byId.get(unitLedgerId(mapping.contractServiceId, mapping.module, mapping.billingType));
    if (ledger?.applied?.since !== mapping.since) first = earlier(first, mapping.since);
  }
  return addMonths(first, -2);
}
