import type { AuditEntry } from '../domain/audit.ts';
import type { Columns } from '../domain/csv.ts';
import type { PlanLineView } from './describe-lines.ts';
import type { BillingItemView } from './list-billing-items.ts';
import type { LeakageView } from './list-leakage.ts';

/** What stands in the CSV files of billing items, wherever one asks for them. */
export const ITEM_COLUMNS: Columns<BillingItemView> = {
  id: (item) => item.id,
  status: (item) => item.status,
  kind: (item) => item.kind,
  organization: (item) => item.organization,
  contract: (item) => item.contract,
  service: (item) => item.service,
  module: (item) => (item.module === null ? '' : item.moduleName),
  billingType: (item) => item.billingType,
  periodStart: (item) => item.period.start,
  periodEnd: (item) => item.period.end,
  itemDate: (item) => item.itemDate,
  units: (item) => item.units,
  unitPrice: (item) => item.unitPrice,
  amount: (item) => item.amount,
  cost: (item) => item.cost,
  currency: (item) => item.currency,
  postedAt: (item) => item.postedAt,
  postedBy: (item) => item.postedBy?.name,
  corrects: (item) => item.corrects,
};

export const LEAKAGE_COLUMNS: Columns<LeakageView> = {
  module: (row) => row.moduleName,
  moduleOrganization: (row) => row.moduleOrganization,
  organization: (row) => row.organization,
  contract: (row) => row.contract,
  service: (row) => row.service,
  billingType: (row) => row.billingType,
  units: (row) => row.units,
  monthlyAmount: (row) => row.amount,
  currency: (row) => row.currency,
  priceFrom: (row) => row.priceFrom,
  reason: (row) => row.reason.code,
  why: (row) => row.reason.text,
  since: (row) => row.since,
  ageDays: (row) => row.ageDays,
  countedOn: (row) => row.countedOn,
};

export const PLAN_COLUMNS: Columns<PlanLineView> = {
  action: (line) => line.action,
  organization: (line) => line.organization,
  contract: (line) => line.contract,
  service: (line) => line.service,
  module: (line) => line.moduleName,
  billingType: (line) => line.billingType,
  oldUnits: (line) => line.oldUnits,
  newUnits: (line) => line.newUnits,
  effectiveDate: (line) => line.effectiveDate,
  amount: (line) => line.amount,
  monthlyAmount: (line) => line.monthlyAmount,
  currency: (line) => line.currency,
  unitRule: (line) => line.unitRule,
  dropRule: (line) => line.dropRule,
  heldSince: (line) => line.heldSince,
  reason: (line) => line.reason.code,
  why: (line) => line.reason.text,
};

export const AUDIT_COLUMNS: Columns<AuditEntry> = {
  at: ({ at }) => at,
  by: ({ by }) => (by.kind === 'slack' ? `${by.name} (${by.userId})` : by.name),
  where: ({ place }) => place,
  action: ({ action }) => action,
  subject: ({ subject }) => subject,
  what: ({ text }) => text,
};
