import type { IsoDate } from '../domain/calendar.ts';
import type { Contract, ContractService } from '../domain/contract.ts';
import { times, zero } from '../domain/money.ts';
import type { PlanAction, PlanLine } from '../domain/plan.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { finalUnits, type UnitLedger } from '../domain/unit-ledger.ts';
import { type AppliedMapping, applyMapping } from './apply-mapping.ts';
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
  if (blocked || mapping.status === 'ignored' || !service)
    return unchanged('blocked', mapping, contract, service, before, work.index.today, blocked);
  const uncounted = uncountedBecause(work.index, mapping);
  if (uncounted) return unchanged('none', mapping, contract, service, before, work.index.today, uncounted);
  return countedLine(mapping, contract, service, before, applyMapping(work, mapping, contract));
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
  return {
    ...identity(mapping, contract, before),
    action: difference.size === 0 ? 'none' : !before.applied && oldUnits === 0 ? 'create' : 'change',
    oldUnits,
    newUnits,
    effectiveDate: lastChange ?? applied.last?.date ?? mapping.since,
    amount: moneyOf(difference, contract, service),
    monthlyAmount: times(service.unitPrice, newUnits - oldUnits),
    currency: service.currency,
    reason: reasonOf(mapping, applied, difference.size > 0, oldUnits, newUnits),
  };
}

function reasonOf(
  mapping: MappedService,
  { adopted, first, last }: AppliedMapping,
  changed: boolean,
  oldUnits: number,
  newUnits: number,
): PlanLine['reason'] {
  if (!last) return { code: 'count-unknown', text: 'The count is not known, so nothing changes.' };
  const counted = `Counted ${last.count} on ${last.date}`;
  const minimum = mapping.minimum !== undefined && newUnits === mapping.minimum && last.count < newUnits;
  const floor = minimum ? `, billed at the minimum of ${newUnits}` : '';
  if (adopted > 0)
    return {
      code: 'first-count',
      text: `${counted}${floor}; ${adopted} units were on the service before it was mapped, so only the difference is adjusted.`,
    };
  if (first && changed) return { code: 'first-count', text: `${counted}${floor}, the first count.` };
  if (newUnits > oldUnits) return { code: 'count-up', text: `${counted}${floor}, before ${oldUnits}.` };
  if (newUnits < oldUnits) return { code: 'count-down', text: `${counted}${floor}, before ${oldUnits}.` };
  return { code: 'count-same', text: `${counted}${floor}, the same as before.` };
}
