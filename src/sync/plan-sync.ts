import type { ItemChanges } from '../billing/derive-items.ts';
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
  const index = indexPlanInput(input);
  const mappings = Map.groupBy(
    inPlanOrder(input.serviceMappings.filter(inScope)),
    (mapping) => mapping.contractId,
  );
  const contracts = sortedByName(input.contracts, (contract) => contract.id);
  const plans = contracts.map((contract) =>
    planContract(new PlanWork(index, contract), mappings.get(contract.id) ?? []),
  );
  const lines = plans.flatMap((plan) => plan.lines);
  const ledgers = plans.flatMap((plan) => plan.ledgers);
  const items = {
    put: plans.flatMap(({ items }) => items.put),
    remove: plans.flatMap(({ items }) => items.remove),
  };
  const adjustments = plans.flatMap((plan) => plan.adjustments);
  return { id: planId(input.today, lines, items), date: input.today, lines, ledgers, items, adjustments };
}

type ContractPlan = Omit<Plan, 'id' | 'date'>;

function planContract(work: PlanWork, mappings: readonly ServiceMapping[]): ContractPlan {
  readBaseUnits(work);
  const lines = mappings.flatMap((mapping) => planLine(work, mapping) ?? []);
  const { ledgers, items } = derivePlanItems(work);
  return { lines, ledgers, items, adjustments: adjustmentsOf(work) };
}

/** Within a contract by module and billing type. */
const inPlanOrder = (mappings: readonly ServiceMapping[]): ServiceMapping[] =>
  sortedByName(
    sortedByName(mappings, ({ billingType }) => billingType),
    ({ module }) => module,
  );

/** Stable. Names recur in many records, so only the different ones are compared. */
function sortedByName<T>(records: readonly T[], nameOf: (record: T) => string): T[] {
  const byName = Map.groupBy(records, nameOf);
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
}

/** What tells one plan from another: whatever changes or waits, and how much does not. Words are left out. */
function planId(today: IsoDate, lines: readonly PlanLine[], { put, remove }: ItemChanges): string {
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
