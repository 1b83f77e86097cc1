import { periodContaining } from '../domain/billing-period.ts';
import { later } from '../domain/calendar.ts';
import { finalUnits } from '../domain/unit-ledger.ts';
import { isBilledByIcb } from './line-reasons.ts';
import { emptyLedger, type LedgerInPlan, ledgerOn, type PlanWork } from './plan-work.ts';

/**
 * Units the PSA held before any mapping are in force from the start of the period icb first read them in, and are
 * billed with no module. Once a mapping feeds the service, its ledger alone tells. Source: product.md "Periods and items".
 */
export function readBaseUnits(work: PlanWork): void {
  const { contract } = work;
  if (!isBilledByIcb(contract, work.serviceCount)) return;
  for (const on of work.services) {
    const { service, ledgers } = on;
    if (!service || isFed(ledgers)) continue;
    const known = ledgerOn(on, null, null)?.now;
    const units = service.units - finalUnits(known?.changes ?? []);
    if (units === 0) continue;
    const start = periodContaining(contract, later(service.readOn, contract.startDate))?.start;
    if (start === undefined) continue;
    const ledger = known ?? emptyLedger(contract.id, service.id, null, null);
    const read = { effectiveDate: start, units, countDate: service.readOn, cause: 'before-mapping' } as const;
    work.write({ ...ledger, changes: [...ledger.changes, read] });
  }
}

function isFed(ledgers: readonly LedgerInPlan[]): boolean {
  for (const { now } of ledgers) if (now.applied) return true;
  return false;
}
