import type { ItemChanges } from '../billing/derive-items.ts';
import type { BillingItem } from '../domain/billing-item.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { stableId } from '../domain/ids.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { UnitAdjustment } from '../ports/psa.ts';
import { derivePlanItems, isKept } from './derive-plan-items.ts';
import { ledgerDifference } from './ledger-difference.ts';
import { indexPlanInput, type PlanInput } from './plan-input.ts';
import { planLine } from './plan-line.ts';
import { PlanWork } from './plan-work.ts';
import { readBaseUnits } from './read-base-units.ts';

/** What a sync would do: shown in the preview, and executed by the run as it stands. */
export interface Plan {
  /** The same for the same changes on the same day. */
  readonly id: string;
  readonly date: IsoDate;
  readonly lines: readonly PlanLine[];
  /** Unit ledgers as they will stand, those that change. */
  readonly ledgers: readonly UnitLedger[];
  readonly items: ItemChanges;
  /** Unit changes for the PSA: one per contract service and effective date. */
  readonly adjustments: readonly UnitAdjustment[];
}

/**
 * Plans a sync from what is known: pure, so that preview and run cannot differ.
 * @param inScope service mappings to apply counts to; the others keep their units
 */
export function planSync(input: PlanInput, inScope: (mapping: ServiceMapping) => boolean = () => true): Plan {
  const index = indexPlanInput(input, inScope);
  const plan: Draft = { lines: [], ledgers: [], items: { put: [], remove: [] }, adjustments: [] };
  for (const contract of byIdAscending(input.contracts)) {
    const known = index.onContracts.get(contract.id);
    if (known) planContract(new PlanWork(index, contract, known), plan);
  }
  return { id: planId(input.today, plan), date: input.today, ...plan };
}

interface Draft {
  readonly lines: PlanLine[];
  readonly ledgers: UnitLedger[];
  readonly items: { readonly put: BillingItem[]; readonly remove: BillingItem[] };
  readonly adjustments: UnitAdjustment[];
}

function planContract(work: PlanWork, { lines, ledgers, items, adjustments }: Draft): void {
  readBaseUnits(work);
  for (const mapping of work.mappings) {
    const line = planLine(work, mapping);
    if (line) lines.push(line);
  }
  derivePlanItems(work, ledgers, items);
  adjustments.push(...adjustmentsOf(work));
}

const byIdAscending = <T extends { readonly id: string }>(records: readonly T[]): T[] =>
  records.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** What tells one plan from another: whatever changes or waits, and how much does not. Words are left out. */
function planId(today: IsoDate, { lines, items: { put, remove } }: Draft): string {
  const moving = lines.filter(({ action }) => action !== 'none');
  const signature = [
    lines.length,
    moving.map(({ id, action, oldUnits, newUnits, effectiveDate, amount, reason }) => [
      id,
      action,
      oldUnits,
      newUnits,
      effectiveDate,
      amount,
      reason.code,
    ]),
    put.map(({ id, units, days, amount }) => [id, units, days, amount]),
    remove.map(({ id }) => id),
  ];
  return stableId('pl', today, JSON.stringify(signature));
}

/** Units that the PSA held already are no change to write there; the rest is, net per service and day. */
function adjustmentsOf(work: PlanWork): UnitAdjustment[] {
  const written = (ledger: UnitLedger | undefined) =>
    ledger?.changes.filter((change) => change.cause !== 'before-mapping') ?? [];
  if (work.ledgers.every(({ before, now }) => now.changes === before?.changes)) return [];
  const changed = work.ledgers.filter(
    ({ before, now }) =>
      now.changes !== before?.changes && isKept(now) && work.service(now.contractServiceId) !== undefined,
  );
  return [...Map.groupBy(changed, ({ now }) => now.contractServiceId)].flatMap(([contractServiceId, all]) => {
    const before = all.flatMap((ledger) => written(ledger.before));
    const difference = ledgerDifference(
      before,
      all.flatMap(({ now }) => written(now)),
    );
    return [...difference].map(([effectiveDate, change]) => ({
      contractId: work.contract.id,
      contractServiceId,
      effectiveDate,
      change,
    }));
  });
}
