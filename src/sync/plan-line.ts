import type { IsoDate } from '../domain/calendar.ts';
import type { ContractService } from '../domain/contract.ts';
import { times, zero } from '../domain/money.ts';
import type { PlanAction, PlanLine, PlanReason } from '../domain/plan.ts';
import type { MappedService, ServiceMapping } from '../domain/service-mapping.ts';
import { finalUnits, type UnitLedger } from '../domain/unit-ledger.ts';
import { type AppliedMapping, applyMapping, type Held } from './apply-mapping.ts';
import { takenIn } from './days-to-apply.ts';
import { ledgerDifference, moneyOf } from './ledger-difference.ts';
import { blockedBecause } from './line-reasons.ts';
import { ordinaryLine } from './ordinary-line.ts';
import type { PlanWork } from './plan-work.ts';

/** Plans one service mapping; undefined for a billing type that is ignored and has nothing in force. */
export const planLine = (work: PlanWork, mapping: ServiceMapping): PlanLine | undefined =>
  ordinaryLine(work, mapping) ?? anyLine(work, mapping);

/** Exported for the test that the shortcut says the same. */
export function anyLine(work: PlanWork, mapping: ServiceMapping): PlanLine | undefined {
  const before = ledgerInForce(work, mapping);
  if (!before) return undefined;
  const service = work.service(before.contractServiceId);
  const module = work.module(mapping.module);
  const blocked = blockedBecause(work, mapping);
  if (mapping.status === 'ignored' || !service || (blocked && blocked.code !== 'contract-ended')) {
    if (blocked && PASSED_OVER.has(blocked.code)) passOver(work, mapping, before);
    return unchanged('blocked', work, mapping, service, before, blocked);
  }
  const line = module.uncounted
    ? unchanged('none', work, mapping, service, before, module.uncounted)
    : countedLine(work, mapping, service, before, applyMapping(work, mapping, before));
  // Counts of a contract's last days may arrive after its end.
  return blocked && line.action === 'none'
    ? unchanged('blocked', work, mapping, service, before, blocked)
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
  'overlapping-contracts',
]);

function passOver(work: PlanWork, mapping: ServiceMapping, ledger: UnitLedger): void {
  const after = takenIn(ledger, work.module(mapping.module).reports?.all ?? []);
  if (after !== ledger) work.write(after);
}

/** The ledger a mapping writes to; for an ignored billing type the one whose units are still in force. */
function ledgerInForce(work: PlanWork, mapping: ServiceMapping): UnitLedger | undefined {
  if (mapping.status === 'mapped') return work.ledgerOf(mapping);
  return work.siblings(mapping).find((ledger) => finalUnits(ledger.changes) !== 0);
}

/** What a line says beside whose it is. */
type Said = Pick<
  PlanLine,
  'action' | 'oldUnits' | 'newUnits' | 'effectiveDate' | 'amount' | 'monthlyAmount' | 'reason'
>;

const lineOf = (
  { contract }: PlanWork,
  mapping: ServiceMapping,
  service: ContractService | undefined,
  { contractServiceId }: UnitLedger,
  said: Said,
): PlanLine => ({
  id: mapping.id,
  action: said.action,
  organizationId: contract.organizationId,
  contractId: contract.id,
  contractServiceId,
  module: mapping.module,
  billingType: mapping.billingType,
  oldUnits: said.oldUnits,
  newUnits: said.newUnits,
  effectiveDate: said.effectiveDate,
  amount: said.amount,
  monthlyAmount: said.monthlyAmount,
  currency: service?.currency ?? 'USD',
  reason: said.reason,
});

function unchanged(
  action: PlanAction,
  work: PlanWork,
  mapping: ServiceMapping,
  service: ContractService | undefined,
  ledger: UnitLedger,
  reason: PlanLine['reason'] = {
    code: 'service-missing',
    text: 'The contract service is no longer in the PSA.',
  },
): PlanLine {
  const units = finalUnits(ledger.changes);
  return lineOf(work, mapping, service, ledger, {
    action,
    oldUnits: units,
    newUnits: units,
    effectiveDate: work.index.today,
    amount: zero,
    monthlyAmount: zero,
    reason,
  });
}

function countedLine(
  work: PlanWork,
  mapping: MappedService,
  service: ContractService,
  before: UnitLedger,
  applied: AppliedMapping,
): PlanLine {
  if (applied.held) return heldLine(work, mapping, service, before, applied.held);
  const difference = countedDifference(before, applied.ledger);
  const changed = difference.size > 0;
  const oldUnits = finalUnits(before.changes) + applied.adopted;
  const newUnits = finalUnits(applied.ledger.changes);
  const lastChange = changed ? [...difference.keys()].sort().at(-1) : undefined;
  return lineOf(work, mapping, service, before, {
    action: !changed ? 'none' : before.changes.length === 0 && oldUnits === 0 ? 'create' : 'change',
    oldUnits,
    newUnits,
    effectiveDate: lastChange ?? applied.last?.date ?? mapping.since,
    amount: changed ? moneyOf(difference, work.contract, service, work.index.today) : zero,
    monthlyAmount: newUnits === oldUnits ? zero : times(service.unitPrice, newUnits - oldUnits),
    reason: reasonOf(mapping, applied, changed, oldUnits, newUnits),
  });
}

const NO_DIFFERENCE: ReadonlyMap<IsoDate, number> = new Map();

function countedDifference(before: UnitLedger, after: UnitLedger): ReadonlyMap<IsoDate, number> {
  if (after.changes === before.changes) return NO_DIFFERENCE;
  const counted = ({ changes }: UnitLedger) => changes.filter((change) => change.cause !== 'adopted');
  return ledgerDifference(counted(before), counted(after));
}

/** A line whose newest counts wait: what they would change, from the day that the first of them would take hold. */
function heldLine(
  work: PlanWork,
  mapping: MappedService,
  service: ContractService,
  before: UnitLedger,
  held: Held,
): PlanLine {
  const { inForce, effectiveDate } = held;
  const change = held.units - inForce;
  const line = lineOf(work, mapping, service, before, {
    action: 'held',
    oldUnits: inForce,
    newUnits: held.units,
    effectiveDate,
    amount: moneyOf(new Map([[effectiveDate, change]]), work.contract, service, work.index.today),
    monthlyAmount: times(service.unitPrice, change),
    reason: heldReason(held),
  });
  return { ...line, heldSince: held.since };
}

function heldReason({ code, usual, last, since, inForce }: Held): PlanLine['reason'] {
  const counted = `Counted ${last.count} on ${last.date}, before ${inForce}`;
  const waits =
    since === last.date ? 'Approve or exclude it.' : `Waiting since ${since}; approve or exclude it.`;
  switch (code) {
    case 'held-zero':
      return { code, text: `${counted}: nothing is left. ${waits}` };
    case 'held-jump':
      return { code, text: `${counted}: far from the usual ${usual}, the median of 30 days. ${waits}` };
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
  const share = mapping.share === undefined ? '' : `, of which this contract has ${mapping.share} %`;
  const minimum = mapping.minimum !== undefined && newUnits === mapping.minimum && last.count < newUnits;
  const least = minimum ? `, billed at the minimum of ${newUnits}` : '';
  const floor = `${share}${least}`;
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
