import type { IsoDate } from '../domain/calendar.ts';
import { type Contract, notBillableBecause } from '../domain/contract.ts';
import type { ContractId } from '../domain/ids.ts';
import type { LeakageReason, LeakageRow } from '../domain/leakage.ts';
import { type Organization, unmappableBecause } from '../domain/organization.ts';
import type { PlanReason } from '../domain/plan.ts';
import type { Decision, LeakageIndex } from './leakage-input.ts';

/** Why a decision's usage does not bill, and how many units bill all the same. */
export interface Trouble {
  readonly reason: LeakageRow['reason'];
  /** Units in force that go on billing. */
  readonly inForce: number;
}

/** Why usage leaks: a decision that does not bill it, or that nobody decided. */
export type LeakCause =
  | { readonly decisions: readonly Decision[] }
  | { readonly reason: LeakageRow['reason']; readonly contractId?: ContractId };

/** Blocked lines whose units stay in force and carry into new periods. Source: product.md "Rules of billing". */
const STILL_BILLED: ReadonlySet<PlanReason> = new Set([
  'mapping-ignored',
  'contract-inactive',
  'overlapping-contracts',
  'organization-not-mappable',
  'no-module-organization',
]);

/** Undefined: what this decision covers is billed. */
export function troubleOf(index: LeakageIndex, decision: Decision): Trouble | undefined {
  const { mapping, contract, line } = decision;
  const reason = reasonAgainst(index, decision);
  if (!reason) return undefined;
  const goesOn =
    line !== undefined &&
    (mapping.status === 'ignored' || line.action === 'held' || STILL_BILLED.has(line.reason.code));
  return { reason, inForce: goesOn && !isOver(contract, index.today) ? line.oldUnits : 0 };
}

function reasonAgainst(
  index: LeakageIndex,
  { mapping, contract, line }: Decision,
): Trouble['reason'] | undefined {
  const unusable = unusableBecause(index, contract);
  if (unusable) return unusable;
  if (mapping.status === 'ignored')
    return { code: 'ignored-billing-type', text: `The billing type is ignored on “${contract.name}”.` };
  if (line?.action === 'held' || line?.action === 'blocked')
    return { code: line.action, text: line.reason.text };
  return undefined;
}

const isOver = ({ endDate }: Contract, today: IsoDate): boolean => endDate !== null && endDate < today;

/** Why nothing can bill on this contract today. */
function unusableBecause(index: LeakageIndex, contract: Contract): LeakageRow['reason'] | undefined {
  if (isOver(contract, index.today))
    return { code: 'expired-contract', text: `“${contract.name}” ended on ${contract.endDate}.` };
  const services = index.services.get(contract.id)?.length ?? 0;
  const because =
    notBillableBecause(contract, services) ??
    (index.today < contract.startDate ? `it starts on ${contract.startDate}` : undefined);
  return because
    ? { code: 'contract-not-billable', text: `“${contract.name}” cannot be billed: ${because}.` }
    : undefined;
}

/**
 * Why the usage of one billing type at a mapped organization leaks; undefined when it is billed: by a mapping of the
 * billing type itself or of one that contains it.
 */
export function causeOfLeak(
  index: LeakageIndex,
  organization: Organization,
  module: string,
  billingType: string,
): LeakCause | undefined {
  const names = [billingType, ...index.containment(module).around(billingType)];
  const levels = names.map((name) => index.decisionsOn(organization.id, module, name));
  let leaking: readonly Decision[] = [];
  for (const level of levels) {
    const mapped = level.filter(({ mapping }) => mapping.status === 'mapped');
    const lost = [...lostOf(index, mapped), ...leftOver(level, mapped)];
    if (mapped.length > 0 && lost.length === 0) return undefined;
    if (leaking.length === 0) leaking = lost;
  }
  const waits = leaking.some((decision) => WAITING.has(troubleOf(index, decision)?.reason.code));
  if (waits) return { decisions: leaking };
  const ignored = levels.flatMap((level, at) => level.filter((each) => isIgnored(index, each, at === 0)));
  if (ignored[0]) return { decisions: [ignored[0]] };
  if (leaking.length > 0) return { decisions: leaking };
  return undecided(index, organization, module);
}

const WAITING: ReadonlySet<LeakageReason | undefined> = new Set(['held', 'blocked']);

/** Of several contracts one that bills is enough, except where each has its share. */
function lostOf(index: LeakageIndex, mapped: readonly Decision[]): readonly Decision[] {
  const lost = mapped.filter((decision) => troubleOf(index, decision));
  if (lost.length === mapped.length) return lost;
  return lost.filter(({ mapping }) => mapping.status === 'mapped' && mapping.share !== undefined);
}

/** Where contracts share a billing type, the part of one that ignores it falls to nobody. */
const leftOver = (level: readonly Decision[], mapped: readonly Decision[]): readonly Decision[] =>
  mapped.some(({ mapping }) => mapping.status === 'mapped' && mapping.share !== undefined)
    ? level.filter(({ mapping }) => mapping.status === 'ignored').slice(0, 1)
    : [];

/** Ignoring a billing type says nothing about the finer ones in it, but units still in force there bill them. */
function isIgnored(index: LeakageIndex, decision: Decision, ownType: boolean): boolean {
  if (decision.mapping.status !== 'ignored') return false;
  const trouble = troubleOf(index, decision);
  return trouble?.reason.code === 'ignored-billing-type' && (ownType || trouble.inForce > 0);
}

function undecided(index: LeakageIndex, organization: Organization, module: string): LeakCause {
  const unmappable = unmappableBecause(organization);
  if (unmappable)
    return { reason: { code: 'blocked', text: `The organization cannot be billed: ${unmappable}.` } };
  const recurring = (index.contracts.get(organization.id) ?? [])
    .filter((contract) => contract.type === 'recurring-service')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const usable = recurring.filter((contract) => !unusableBecause(index, contract));
  const contract = usable.find(({ id }) => index.feeds(id, module)) ?? usable[0];
  if (contract) {
    const text = `The billing type is not mapped to a service of “${contract.name}”.`;
    return { reason: { code: 'unmapped-billing-type', text }, contractId: contract.id };
  }
  // The one that ended last is the one to renew.
  const [nearest] = recurring.toSorted((a, b) => (b.endDate ?? '').localeCompare(a.endDate ?? ''));
  const reason = nearest && unusableBecause(index, nearest);
  if (nearest && reason) return { reason, contractId: nearest.id };
  return { reason: { code: 'no-contract', text: 'The organization has no recurring service contract.' } };
}
