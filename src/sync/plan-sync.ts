import type { ItemChanges } from '../billing/derive-items.ts';
import type { IsoDate } from '../domain/calendar.ts';
import { stableId } from '../domain/ids.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import type { UnitLedger } from '../domain/unit-ledger.ts';
import type { UnitAdjustment } from '../ports/psa.ts';
import { derivePlanItems } from './derive-plan-items.ts';
import { indexPlanInput, type PlanInput } from './plan-input.ts';
import { planLine } from './plan-line.ts';
import { ledgerDifference, PlanWork } from './plan-work.ts';
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
  const work = new PlanWork(indexPlanInput(input));
  readBaseUnits(work);
  const lines = input.serviceMappings
    .filter(inScope)
    .toSorted((a, b) => (planOrder(a) < planOrder(b) ? -1 : 1))
    .flatMap((mapping) => planLine(work, mapping) ?? []);
  const { ledgers, items } = derivePlanItems(work);
  const adjustments = adjustmentsOf(work, ledgers);
  const id = stableId('pl', input.today, ...signature(lines, items));
  return { id, date: input.today, lines, ledgers, items, adjustments };
}

/** What tells one plan from another, without the words: a large plan is hashed on every preview. */
const signature = (lines: readonly PlanLine[], { put, remove }: ItemChanges): string[] => [
  ...lines.map(({ id, action, oldUnits, newUnits, effectiveDate, amount, reason }) =>
    [id, action, oldUnits, newUnits, effectiveDate, amount, reason.code].join(' '),
  ),
  ...put.map(({ id, units, days, amount }) => [id, units, days, amount].join(' ')),
  ...remove.map(({ id }) => id),
];

const planOrder = ({ contractId, module, billingType }: ServiceMapping): string =>
  [contractId, module, billingType].join('\u0000');

/** Units that the PSA held already are no change to write there; the rest is, net per service and day. */
function adjustmentsOf(work: PlanWork, changed: readonly UnitLedger[]): UnitAdjustment[] {
  const written = (ledger: UnitLedger | undefined) =>
    ledger?.changes.filter((change) => change.cause !== 'before-mapping') ?? [];
  const moved = changed.filter((ledger) => ledger.changes !== work.before(ledger.id)?.changes);
  return [...Map.groupBy(moved, (ledger) => ledger.contractServiceId)].flatMap(
    ([contractServiceId, ledgers]) => {
      const before = ledgers.flatMap((ledger) => written(work.before(ledger.id)));
      const difference = ledgerDifference(before, ledgers.flatMap(written));
      return [...difference].map(([effectiveDate, change]) => ({
        contractServiceId,
        effectiveDate,
        change,
      }));
    },
  );
}
