import type { LeakageView } from '../../src/usecases/list-leakage.ts';
import { type Cell, toCsv } from '../csv.ts';

const COLUMNS: Readonly<Record<string, (row: LeakageView) => Cell>> = {
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

export function leakageCsv(rows: readonly LeakageView[]): string {
  const cells = Object.values(COLUMNS);
  return toCsv(
    Object.keys(COLUMNS),
    rows.map((row) => cells.map((of) => of(row))),
  );
}
