import { addMonths, earlier, type IsoDate, later, monthOf } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import type { ModuleState } from '../domain/module.ts';
import type { ServiceMapping } from '../domain/service-mapping.ts';
import { DEFAULT_HOLD_LIMITS } from '../domain/settings.ts';
import { finalUnits, type UnitLedger, unitLedgerId } from '../domain/unit-ledger.ts';
import type { Snapshot } from '../ports/store.ts';
import { ledgersAsTheyStand } from '../sync/go-along.ts';
import { isBilledByIcb } from '../sync/line-reasons.ts';
import type { PlanInput } from '../sync/plan-input.ts';

/** Everything a plan of `today` depends on, reading only the months it can reach into. */
export async function readPlanInput(snapshot: Snapshot, today: IsoDate): Promise<PlanInput> {
  const [
    organizations,
    contracts,
    contractServices,
    moduleStates,
    moduleOrganizations,
    organizationMappings,
    serviceMappings,
    storedLedgers,
    lineDecisions,
    settings,
  ] = await Promise.all([
    snapshot.list('organizations'),
    snapshot.list('contracts'),
    snapshot.list('contractServices'),
    snapshot.list('moduleStates'),
    snapshot.list('moduleOrganizations'),
    snapshot.list('organizationMappings'),
    snapshot.list('serviceMappings'),
    snapshot.list('unitLedgers'),
    snapshot.list('lineDecisions'),
    snapshot.list('settings'),
  ]);
  const unitLedgers = ledgersAsTheyStand({ moduleStates, unitLedgers: storedLedgers });
  const decided = { contracts, contractServices, moduleStates, serviceMappings, unitLedgers };
  const month = monthOf(firstDayInReach(decided, today));
  const [usageReports, billingItems] = await Promise.all([
    snapshot.list('usageReports', { from: month }),
    snapshot.list('billingItems', { from: month }),
  ]);
  return {
    ...decided,
    today,
    organizations,
    moduleOrganizations,
    organizationMappings,
    usageReports: usageReports.filter((report) => report.date <= today),
    billingItems,
    itemsFrom: `${month}-01` as IsoDate,
    lineDecisions,
    holdLimits: settings[0] ?? DEFAULT_HOLD_LIMITS,
  };
}

/** What the reach of a plan depends on. */
export interface Decided {
  readonly contracts: readonly Contract[];
  readonly contractServices: readonly ContractService[];
  readonly moduleStates: readonly ModuleState[];
  readonly serviceMappings: readonly ServiceMapping[];
  readonly unitLedgers: readonly UnitLedger[];
}

/** A period, a clamped month's days, and room for a count that is corrected late. */
export const MONTHS_BACK = 2;

/** No plan looks further back than this. What is over (an ended contract, a disabled module) holds nothing up. */
function firstDayInReach(decided: Decided, today: IsoDate): IsoDate {
  const contracts = new Map(decided.contracts.map((contract) => [contract.id, contract]));
  const ledgers = new Map(decided.unitLedgers.map((ledger) => [ledger.id, ledger]));
  const days = [
    today,
    ...decided.unitLedgers.flatMap((ledger) => itemsDue(ledger, contracts.get(ledger.contractId), today)),
    ...baseUnitsDue(decided, contracts),
    ...countsDue(decided, contracts, ledgers, today),
  ];
  return addMonths(days.reduce(earlier), -MONTHS_BACK);
}

/** Items are made from the newest period on, or anew from where a contract was shortened to. */
function itemsDue(
  { itemsThrough, changes }: UnitLedger,
  contract: Contract | undefined,
  today: IsoDate,
): IsoDate[] {
  if (!contract) return [];
  if (!itemsThrough) return changes.map((change) => change.effectiveDate);
  const { endDate } = contract;
  if (endDate !== null && endDate < itemsThrough) return [endDate];
  const over = endDate !== null && endDate < today && addMonths(itemsThrough, 1) > endDate;
  return over ? [] : [itemsThrough];
}

/** Units the PSA held before any mapping, and not in the books yet, count from when they were read. */
function baseUnitsDue(
  { contractServices, unitLedgers }: Decided,
  contracts: ReadonlyMap<string, Contract>,
): IsoDate[] {
  const fed = new Set(unitLedgers.flatMap((ledger) => (ledger.applied ? [ledger.contractServiceId] : [])));
  const inBooks = new Map(
    unitLedgers.flatMap((ledger) =>
      ledger.module === null ? [[ledger.contractServiceId, finalUnits(ledger.changes)]] : [],
    ),
  );
  return contractServices
    .filter(({ id, units }) => !fed.has(id) && units !== (inBooks.get(id) ?? 0))
    .flatMap(({ contractId, readOn }) => {
      const contract = contracts.get(contractId);
      const billed = contract && isBilledByIcb(contract, 1) && readOn <= (contract.endDate ?? readOn);
      return billed ? [readOn] : [];
    });
}

/** Counts are applied from the newest applied one on, from a day counted again since, or from where a mapping began. */
export function countsDue(
  { serviceMappings, moduleStates }: Pick<Decided, 'serviceMappings' | 'moduleStates'>,
  contracts: ReadonlyMap<string, Contract>,
  ledgers: ReadonlyMap<string, UnitLedger>,
  today: IsoDate,
): IsoDate[] {
  const enabled = new Map(moduleStates.flatMap((state) => (state.enabled ? [[state.id, state]] : [])));
  return serviceMappings.flatMap((mapping) => {
    const endDate = contracts.get(mapping.contractId)?.endDate ?? today;
    const over = endDate < addMonths(today, -MONTHS_BACK);
    const state = enabled.get(mapping.module);
    if (mapping.status !== 'mapped' || !state) return [];
    const { applied } =
      ledgers.get(
        unitLedgerId(mapping.contractId, mapping.contractServiceId, mapping.module, mapping.billingType),
      ) ?? {};
    if (applied?.since !== mapping.since) return over ? [] : [mapping.since];
    return [...again(state, applied, endDate, today), ...(over ? [] : [applied.through])];
  });
}

/** The first day counted again that the ledger has not taken in. */
function again(
  { recount }: ModuleState,
  { first, at }: NonNullable<UnitLedger['applied']>,
  endDate: IsoDate,
  today: IsoDate,
): IsoDate[] {
  if (!recount || at === undefined || at >= recount.at || recount.from > endDate) return [];
  // What came after the contract's last day is never taken in; nobody waits for it for ever.
  const settled = endDate < today && recount.at.slice(0, 10) < addMonths(today, -MONTHS_BACK);
  return settled ? [] : [later(recount.from, first)];
}
