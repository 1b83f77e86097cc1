import type { BillingTypeName } from '../domain/ids.ts';
import type { MappedService } from '../domain/service-mapping.ts';
import { countOf, type UsageReport } from '../domain/usage-count.ts';

/**
 * The count of one billing type summed over the module organizations mapped to an organization, or undefined when one
 * of them is unknown: unknown is not zero.
 */
export function sumCounts(
  report: UsageReport,
  externalIds: readonly string[],
  billingType: BillingTypeName,
): number | undefined {
  let sum = 0;
  for (const externalId of externalIds) {
    const count = countOf(report, externalId, billingType);
    if (count === undefined) return undefined;
    sum += count;
  }
  return sum;
}

/**
 * What one mapping gets of `count` when several contracts share it: whole units by percent, the remainder to the lowest
 * contract id, so that the parts always sum to the count. Source: product.md "Rules of billing".
 */
export function shareOf(count: number, mapping: MappedService, sharing: readonly MappedService[]): number {
  if (sharing.length < 2) return count;
  // Whole hundredths of a percent: binary fractions would lose a unit here and there.
  const part = ({ share = 0 }: MappedService) => Math.floor((count * Math.round(share * 100)) / 10_000);
  const lowest = sharing.reduce((a, b) => (a.contractId <= b.contractId ? a : b));
  const remainder = count - sharing.reduce((sum, other) => sum + part(other), 0);
  return part(mapping) + (mapping.id === lowest.id ? remainder : 0);
}

/** Units of a line for a day's count: its share, at least the minimum. */
export const lineUnits = (count: number, mapping: MappedService, sharing: readonly MappedService[]): number =>
  Math.max(shareOf(count, mapping, sharing), mapping.minimum ?? 0);
