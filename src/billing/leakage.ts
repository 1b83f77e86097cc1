import { type ContractId, type OrganizationId, stableId } from '../domain/ids.ts';
import type { LeakageRow } from '../domain/leakage.ts';
import { countOf, type UsageReport } from '../domain/usage-count.ts';
import { restOf } from './containment.ts';
import { causeOfLeak } from './leak-cause.ts';
import { leakMoney } from './leak-money.ts';
import { type Decision, indexLeakage, type LeakageIndex, type LeakageInput } from './leakage-input.ts';
import { decidedRows } from './leaked-decisions.ts';
import { type Part, partsOf } from './leaked-parts.ts';
import { leakingSince } from './leaking-since.ts';
import { type TypicalPrice, typicalPrices } from './typical-price.ts';

/**
 * Usage of enabled modules that bills nowhere, a row per module organization and billing type. Every device is in at
 * most one row: where billing types contain others, the finest counted ones are looked at, and each is billed when it or
 * one containing it is mapped on a contract that bills.
 */
export function leakage(input: LeakageInput): LeakageRow[] {
  const index = indexLeakage(input);
  const typical = typicalPrices(index);
  return input.moduleStates
    .filter((state) => state.enabled)
    .flatMap(({ id }) => leakageOf(index, typical, id));
}

function leakageOf(index: LeakageIndex, typical: TypicalPrice, module: string): LeakageRow[] {
  const reports = index.reportsOf(module);
  const rows: LeakageRow[] = [];
  const lost = new Map<Decision, Part[]>();
  for (const each of index.moduleOrganizations.get(module) ?? []) {
    for (const part of partsOf(each, reports, index.containment(module))) {
      const found = lookUp(index, part);
      if (!found) continue;
      if ('decisions' in found) {
        for (const decision of found.decisions) lost.set(decision, [...(lost.get(decision) ?? []), part]);
      } else rows.push(undecidedRow(index, typical, part, found));
    }
  }
  return [...rows, ...[...lost].flatMap(([decision, parts]) => decidedRows(index, typical, decision, parts))];
}

interface Undecided {
  readonly reason: LeakageRow['reason'];
  readonly organizationId?: OrganizationId;
  readonly contractId?: ContractId;
}

function lookUp(
  index: LeakageIndex,
  { moduleOrganization, billingType }: Part,
): Undecided | { readonly decisions: readonly Decision[] } | undefined {
  const mapping = index.organizationMappings.get(moduleOrganization.id);
  const organization =
    mapping?.status === 'mapped' ? index.organizations.get(mapping.organizationId) : undefined;
  if (mapping?.status === 'ignored') {
    const text = `The module organization is ignored: ${mapping.reason}`;
    return { reason: { code: 'ignored-organization', text } };
  }
  if (!mapping) {
    const text = 'The module organization is not mapped to an organization.';
    return { reason: { code: 'unmapped-organization', text } };
  }
  if (!organization)
    return { reason: { code: 'blocked', text: 'The organization it is mapped to is no longer in the PSA.' } };
  const cause = causeOfLeak(index, organization, moduleOrganization.module, billingType);
  return cause && 'reason' in cause ? { ...cause, organizationId: organization.id } : cause;
}

function undecidedRow(index: LeakageIndex, typical: TypicalPrice, part: Part, found: Undecided): LeakageRow {
  const { moduleOrganization, billingType, units, countedOn } = part;
  const { id, module, externalId } = moduleOrganization;
  const price = typical(module, billingType, found.organizationId);
  const containment = index.containment(module);
  const leaked = (report: UsageReport): boolean | undefined =>
    countOf(report, externalId, billingType) === undefined
      ? undefined
      : restOf(billingType, report.counts[externalId] ?? {}, containment) > 0;
  return {
    id: stableId('lk', id, billingType, ''),
    module,
    moduleOrganizationId: id,
    ...(found.organizationId === undefined ? {} : { organizationId: found.organizationId }),
    ...(found.contractId === undefined ? {} : { contractId: found.contractId }),
    billingType,
    units,
    reason: found.reason,
    countedOn,
    since: leakingSince(index.reportsOf(module), leaked, countedOn),
    ...leakMoney(price, units, 'typical'),
  };
}
