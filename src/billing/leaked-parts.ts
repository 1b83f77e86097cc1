import type { IsoDate } from '../domain/calendar.ts';
import type { BillingTypeName } from '../domain/ids.ts';
import type { ModuleOrganization } from '../domain/module-organization.ts';
import type { UsageReport } from '../domain/usage-count.ts';
import { type Containment, countedOnce } from './containment.ts';

/** Usage of one module organization at the finest grain it was counted at. */
export interface Part {
  readonly moduleOrganization: ModuleOrganization;
  readonly billingType: BillingTypeName;
  readonly units: number;
  readonly countedOn: IsoDate;
}

/** The newest usage that is known of a module organization; empty when none is or when it is all zero. */
export function partsOf(
  moduleOrganization: ModuleOrganization,
  reports: readonly UsageReport[],
  containment: Containment,
): Part[] {
  const { externalId } = moduleOrganization;
  const report = reports.find(({ complete, counts }) => complete || Object.hasOwn(counts, externalId));
  const counts = report && Object.hasOwn(report.counts, externalId) ? report.counts[externalId] : undefined;
  if (!report || !counts) return [];
  return [...countedOnce(counts, containment)].map(([billingType, units]) => ({
    moduleOrganization,
    billingType,
    units,
    countedOn: report.date,
  }));
}
