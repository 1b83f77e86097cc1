import { deriveItems, type ItemChanges } from '../billing/derive-items.ts';
import { periodContaining } from '../domain/billing-period.ts';
import { earlier, type IsoDate, later } from '../domain/calendar.ts';
import type { Contract } from '../domain/contract.ts';
import { stableId } from '../domain/ids.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { finalUnits, type UnitLedger } from '../domain/unit-ledger.ts';
import type { UnitAdjustment } from '../ports/psa.ts';
import { isBilledByIcb } from './line-reasons.ts';
import { indexPlanInput, type PlanInput } from './plan-input.ts';
import { planLine } from './plan-line.ts';
import { emptyLedger, ledgerDifference, PlanWork } from './plan-work.ts';

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
  const { ledgers, items } = deriveAll(work);
  const adjustments = adjustmentsOf(work);
  const id = stableId(
    'pl',
    input.today,
    JSON.stringify([lines, items.put, items.remove.map((item) => item.id)]),
  );
  return { id, date: input.today, lines, ledgers, items, adjustments };
}

const planOrder = ({ contractId, module, billingType }: ServiceMapping): string =>
  [contractId, module, billingType].join('\u0000');

/**
 * Units the PSA held before any mapping are in force from the start of the period icb first read them in, and are
 * billed with no module. Once a mapping adopted them, the ledgers alone tell. Source: product.md "Periods and items".
 */
function readBaseUnits(work: PlanWork): void {
  const { contracts, servicesOn, input } = work.index;
  for (const service of input.contractServices) {
    const contract = contracts.get(service.contractId);
    if (!contract || !isBilledByIcb(contract, servicesOn.get(contract.id) ?? 0)) continue;
    const ledger = work.baseLedger(service.id) ?? emptyLedger(contract.id, service.id, null, null);
    const units = service.units - finalUnits(ledger.changes);
    if (units === 0 || ledger.changes.some((change) => change.cause === 'adopted')) continue;
    const start = periodContaining(contract, later(service.readOn, contract.startDate))?.start;
    if (start === undefined) continue;
    work.write({
      ...ledger,
      changes: [
        ...ledger.changes,
        { effectiveDate: start, units, countDate: service.readOn, cause: 'before-mapping' },
      ],
    });
  }
}

function deriveAll(work: PlanWork): { ledgers: UnitLedger[]; items: ItemChanges } {
  const { contracts, services, itemsByService, today, input } = work.index;
  const before = new Map(input.unitLedgers.map((ledger) => [ledger.id, ledger]));
  const ledgers: UnitLedger[] = [];
  const put: ItemChanges['put'][number][] = [];
  const remove: ItemChanges['remove'][number][] = [];
  for (const ledger of work.ledgers()) {
    const contract = contracts.get(ledger.contractId);
    const service = services.get(ledger.contractServiceId);
    if (!contract || !service) continue;
    const from = firstDayToDerive(ledger, before.get(ledger.id), contract);
    if (from !== undefined) {
      const existing = itemsByService.get(service.id) ?? [];
      const changes = deriveItems({ ledger, contract, service }, existing, from, today);
      put.push(...changes.put);
      remove.push(...changes.remove);
    }
    const current = periodContaining(contract, today)?.start ?? ledger.itemsThrough;
    const after = current === undefined ? ledger : { ...ledger, itemsThrough: current };
    if (JSON.stringify(after) !== JSON.stringify(before.get(ledger.id)) && after.changes.length > 0)
      ledgers.push(after);
  }
  return { ledgers, items: { put, remove } };
}

/** Items before this day cannot have changed: neither did units there, nor has a period begun since they were made. */
function firstDayToDerive(
  after: UnitLedger,
  before: UnitLedger | undefined,
  contract: Contract,
): IsoDate | undefined {
  const changed = [...ledgerDifference(before?.changes ?? [], after.changes).keys()];
  const days = [...changed, ...(after.itemsThrough ? [after.itemsThrough] : [])];
  if (days.length === 0) return undefined;
  const first = days.reduce(earlier);
  return contract.endDate === null ? first : earlier(first, contract.endDate);
}

function adjustmentsOf(work: PlanWork): UnitAdjustment[] {
  const before = Map.groupBy(work.index.input.unitLedgers, (ledger) => ledger.contractServiceId);
  const after = Map.groupBy(work.ledgers(), (ledger) => ledger.contractServiceId);
  const adjustments: UnitAdjustment[] = [];
  for (const [contractServiceId, ledgers] of after) {
    const written = (all: readonly UnitLedger[] | undefined) =>
      (all ?? []).flatMap((ledger) => ledger.changes.filter((change) => change.cause !== 'before-mapping'));
    const difference = ledgerDifference(written(before.get(contractServiceId)), written(ledgers));
    for (const [effectiveDate, change] of difference)
      adjustments.push({ contractServiceId, effectiveDate, change });
  }
  return adjustments;
}
