import { addDays, type IsoDate, later } from '../domain/calendar.ts';
import { stableId } from '../domain/ids.ts';
import type { LeakageRow } from '../domain/leakage.ts';
import { countOf, type UsageReport } from '../domain/usage-count.ts';
import { type Trouble, troubleOf } from './leak-cause.ts';
import { leakMoney } from './leak-money.ts';
import type { Decision, LeakageIndex } from './leakage-input.ts';
import type { Part } from './leaked-parts.ts';
import { leakingSince } from './leaking-since.ts';
import { shareOf, sharingOn } from './line-units.ts';
import type { TypicalPrice } from './typical-price.ts';

/** What a decision's usage loses, at the decision's own billing type: what is counted less what is in force there. */
export function decidedRows(
  index: LeakageIndex,
  typical: TypicalPrice,
  decision: Decision,
  parts: readonly Part[],
): LeakageRow[] {
  const { mapping, contract, service } = decision;
  const trouble = troubleOf(index, decision);
  if (!trouble) return [];
  const price = service ?? typical(mapping.module, mapping.billingType, contract.organizationId);
  const since = sinceOf(index, decision, parts, trouble.inForce);
  return spread(lostUnits(index, decision, parts, trouble), parts).map(
    ({ moduleOrganization, units, countedOn }) => ({
      id: stableId('lk', moduleOrganization.id, mapping.billingType, contract.id),
      module: mapping.module,
      moduleOrganizationId: moduleOrganization.id,
      organizationId: contract.organizationId,
      contractId: contract.id,
      ...(mapping.status === 'mapped' ? { contractServiceId: mapping.contractServiceId } : {}),
      billingType: mapping.billingType,
      units,
      reason: trouble.reason,
      countedOn,
      since,
      ...leakMoney(price, units, service ? 'contract' : 'typical'),
    }),
  );
}

const sum = (parts: readonly Part[]): number => parts.reduce((total, { units }) => total + units, 0);

/** What the mapping gets of a count. */
function shareIn(index: LeakageIndex, { mapping, contract }: Decision, count: number): number {
  const sharers = index
    .decisionsOn(contract.organizationId, mapping.module, mapping.billingType)
    .flatMap(({ mapping: other, contract: theirs }) =>
      other.status === 'mapped' && other.share !== undefined ? [{ mapping: other, contract: theirs }] : [],
    );
  const sharing = sharingOn(index.today, sharers);
  if (mapping.status === 'mapped') return shareOf(count, mapping, sharing);
  // Ignored beside contracts that have their share: what is left of the count.
  return count - sharing.reduce((sum, other) => sum + shareOf(count, other, sharing), 0);
}

function lostUnits(
  index: LeakageIndex,
  decision: Decision,
  parts: readonly Part[],
  { reason, inForce }: Trouble,
): number {
  const counted = shareIn(index, decision, sum(parts));
  // The plan knows of exclusions and minimums: a held line loses what it would bill more once released.
  const held = reason.code === 'held' ? decision.line : undefined;
  const waiting = held ? held.newUnits - held.oldUnits : counted - inForce;
  return Math.max(0, Math.min(counted, waiting));
}

/** Which of several sites' units are the ones in force nobody can tell: what is lost is shown at the largest first. */
function spread(lost: number, parts: readonly Part[]): Part[] {
  const sites = [...Map.groupBy(parts, (part) => part.moduleOrganization.id)]
    .flatMap(([, own]) => (own[0] ? [{ ...own[0], units: sum(own) }] : []))
    .sort((a, b) => b.units - a.units || (a.moduleOrganization.id < b.moduleOrganization.id ? -1 : 1));
  let left = lost;
  return sites.flatMap((site) => {
    const units = Math.min(left, site.units);
    left -= units;
    return units > 0 ? [{ ...site, units }] : [];
  });
}

function sinceOf(index: LeakageIndex, decision: Decision, parts: readonly Part[], inForce: number): IsoDate {
  const { mapping, contract } = decision;
  const externalIds = [...new Set(parts.map(({ moduleOrganization }) => moduleOrganization.externalId))];
  const leaks = (report: UsageReport): boolean | undefined => {
    const counts = externalIds.map((externalId) => countOf(report, externalId, mapping.billingType));
    if (counts.some((count) => count === undefined)) return undefined;
    const total = counts.reduce<number>((so, count) => so + (count ?? 0), 0);
    return shareIn(index, decision, total) > inForce;
  };
  const since = leakingSince(index.reportsOf(mapping.module), leaks, index.today);
  const over =
    contract.endDate !== null && contract.endDate < index.today ? addDays(contract.endDate, 1) : since;
  return later(since, over);
}
