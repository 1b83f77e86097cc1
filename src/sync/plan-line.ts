import type { IsoDate } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import { times, zero } from '../domain/money.ts';
import type { PlanAction, PlanLine, PlanReason } from '../domain/plan.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { finalUnits, type UnitLedger } from '../domain/unit-ledger.ts';
import { type AppliedMapping, applyMapping, type Held } from './apply-mapping.ts';
import { takenIn } from './days-to-apply.ts';
import { blockedBecause, uncountedBecause } from './line-reasons.ts';
import { ledgerDifference, moneyOf, type PlanWork } from './plan-work.ts';

/** Plans one service mapping; undefined for a billing type that is ignored and has nothing in force. */
export function planLine(work: PlanWork, mapping: ServiceMapping): PlanLine | undefined {
  const contract = work.index.contracts.get(mapping.contractId);
  if (!contract) return undefined;
  const before = ledgerInForce(work, mapping);
  if (!before) return undefined;
  const service = work.index.services.get(before.contractServiceId);
  const blocked = blockedBecause(work.index, mapping, contract);
  if (mapping.status === 'ignored' || !service || (blocked && blocked.code !== 'contract-ended')) {
    if (blocked && PASSED_OVER.has(blocked.code)) passOver(work, mapping, before);
    return unchanged('blocked', mapping, contract, service, before, work.index.today, blocked);
  }
  const uncounted = uncountedBecause(work.index, mapping);
  const line = uncounted
    ? unchanged('none', mapping, contract, service, before, work.index.today, uncounted)
    : countedLine(mapping, contract, service, before, applyMapping(work, mapping, contract, before));
  // Counts of a contract's last days may arrive after its end.
  return blocked && line.action === 'none'
    ? unchanged('blocked', mapping, contract, service, before, work.index.today, blocked)
    : line;
}

/**
 * Counts that arrive meanwhile are not made up for once a person has decided: until then nobody said whose they are.
 * A contract that is extended late is different: its days were billable all along.
 */
const PASSED_OVER: ReadonlySet<PlanReason> = new Set([
  'module-disabled',
  'no-module-organization',
  'organization-not-mappable',
]);

function passOver(work: PlanWork, mapping: ServiceMapping, ledger: UnitLedger): void {
  const after = takenIn(ledger, work.index.reports.get(mapping.module) ?? []);
  if (after !== ledger) work.write(after);
}

/** The ledger a mapping writes to; for an ignored billing type the one whose units are still in force. */
function ledgerInForce(work: PlanWork, mapping: ServiceMapping): UnitLedger | undefined {
  if (mapping.status === 'mapped') return work.ledgerOf(mapping);
  return work.siblings(mapping).find((ledger) => finalUnits(ledger.changes) !== 0);
}

function unchanged(
  action: PlanAction,
  mapping: ServiceMapping,
  contract: Contract,
  service: ContractService | undefined,
  ledger: UnitLedger,
  date: IsoDate,
  reason: PlanLine['reason'] | undefined,
): PlanLine {
  const units = finalUnits(ledger.changes);
  return {
    ...identity(mapping, contract, ledger),
    action,
    oldUnits: units,
    newUnits: units,
    effectiveDate: date,
    amount: zero,
    monthlyAmount: zero,
    currency: service?.currency ?? 'USD',
    reason: reason ?? { code: 'service-missing', text: 'The contract service is no longer in the PSA.' },
  };
}

const identity = (mapping: ServiceMapping, contract: Contract, ledger: UnitLedger) => ({
  id: mapping.id,
  organizationId: contract.organizationId,
  contractId: contract.id,
  contractServiceId: ledger.contractServiceId,
  module: mapping.module,
  billingType: mapping.billingType,
});

function countedLine(
  mapping: MappedService,
  contract: Contract,
  service: ContractService,
  before: UnitLedger,
  applied: AppliedMapping,
): PlanLine {
  const counted = (ledger: UnitLedger) => ledger.changes.filter((change) => change.cause !== 'adopted');
  const difference = ledgerDifference(counted(before), counted(applied.ledger));
  const oldUnits = finalUnits(before.changes) + applied.adopted;
  const newUnits = finalUnits(applied.ledger.changes);
  const lastChange = [...difference.keys()].sort().at(-1);
  if (applied.held) return heldLine(mapping, contract, service, before, applied.held);
  return {
    ...identity(mapping, contract, before),
    action:
      difference.size === 0 ? 'none' : before.changes.length === 0 && oldUnits === 0 ? 'create' : 'change',
    oldUnits,
    newUnits,
    effectiveDate: lastChange ?? applied.last?.date ?? mapping.since,
    amount: moneyOf(difference, contract, service),
    monthlyAmount: times(service.unitPrice, newUnits - oldUnits),
    currency: service.currency,
    reason: reasonOf(mapping, applied, difference.size > 0, oldUnits, newUnits),
  };
}

/** A line whose newest counts wait: what they would change, from the day that the first of them would take hold. */
function heldLine(
  mapping: MappedService,
  contract: Contract,
  service: ContractService,
  before: UnitLedger,
  held: Held,
): PlanLine {
  const { inForce } = held;
  const change = held.units - inForce;
  return {
    ...identity(mapping, contract, before),
    action: 'held',
    oldUnits: inForce,
    newUnits: held.units,
    effectiveDate: held.effectiveDate,
    amount: moneyOf(new Map([[held.effectiveDate, change]]), contract, service),
    monthlyAmount: times(service.unitPrice, change),
    currency: service.currency,
    heldSince: held.since,
    reason: heldReason(held),
  };
}

function heldReason({ code, last, since, inForce }: Held): PlanLine['reason'] {
  const counted = `Counted ${last.count} on ${last.date}, before ${inForce}`;
  const waits =
    since === last.date ? 'Approve or exclude it.' : `Waiting since ${since}; approve or exclude it.`;
  switch (code) {
    case 'held-zero':
      return { code, text: `${counted}: nothing is left. ${waits}` };
    case 'held-jump':
      return { code, text: `${counted}: far from what is usual in 30 days. ${waits}` };
    case 'held-first':
      return { code, text: `${counted}: the first count of this mapping. ${waits}` };
  }
}

function reasonOf(
  mapping: MappedService,
  { adopted, moved, first, last, returnedFrom, excluded }: AppliedMapping,
  changed: boolean,
  oldUnits: number,
  newUnits: number,
): PlanLine['reason'] {
  if (excluded && !changed)
    return { code: 'excluded', text: 'A person excluded the counts of this day; units in force stay.' };
  if (!last) return { code: 'count-unknown', text: 'The count is not known, so nothing changes.' };
  const less = last.less === undefined ? '' : `, ${last.less} of them excluded`;
  const counted = `Counted ${last.count} on ${last.date}${less}`;
  const minimum = mapping.minimum !== undefined && newUnits === mapping.minimum && last.count < newUnits;
  const floor = minimum ? `, billed at the minimum of ${newUnits}` : '';
  if (adopted > 0)
    return {
      code: 'first-count',
      text: `${counted}${floor}; ${adopted} units were on the service before it was mapped, so only the difference is adjusted.`,
    };
  if (moved > 0)
    return {
      code: 'mapping-moved',
      text: `${counted}${floor}; ${moved} units leave the service that the billing type fed before.`,
    };
  if (returnedFrom !== undefined)
    return {
      code: 'count-returned',
      text: `${counted}, within the limits again; the counts held since ${returnedFrom} were dropped.`,
    };
  if (first && changed) return { code: 'first-count', text: `${counted}${floor}, the first count.` };
  if (newUnits > oldUnits) return { code: 'count-up', text: `${counted}${floor}, before ${oldUnits}.` };
  if (newUnits < oldUnits) return { code: 'count-down', text: `${counted}${floor}, before ${oldUnits}.` };
  return { code: 'count-same', text: `${counted}${floor}, the same as before.` };
}
