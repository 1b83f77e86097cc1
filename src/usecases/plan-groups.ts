import type { PlanAction, PlanLine } from '../domain/plan.ts';
import { type PlanTotal, planTotals } from './plan-totals.ts';

/** What the lines of one module or organization change together, in one currency. */
export interface PlanGroup extends PlanTotal {
  readonly key: string;
  readonly label: string;
  readonly lines: number;
  /** Units a run would add and take away. */
  readonly units: number;
}

export interface PlanGroups {
  readonly module: readonly PlanGroup[];
  readonly organization: readonly PlanGroup[];
}

interface GroupNames {
  module(id: string): string;
  organization(id: string): string;
}

const WOULD_CHANGE: ReadonlySet<PlanAction> = new Set(['create', 'change']);

export const wouldChange = ({ action }: PlanLine): boolean => WOULD_CHANGE.has(action);

/** Totals of what a run would change now, by module and by organization; both sum to the same. */
export function planGroups(lines: readonly PlanLine[], names: GroupNames): PlanGroups {
  const changing = lines.filter(wouldChange);
  return {
    module: groupsOf(
      changing,
      (line) => line.module,
      (id) => names.module(id),
    ),
    organization: groupsOf(
      changing,
      (line) => line.organizationId,
      (id) => names.organization(id),
    ),
  };
}

const { compare } = new Intl.Collator('en');

function groupsOf(
  lines: readonly PlanLine[],
  keyOf: (line: PlanLine) => string,
  labelOf: (key: string) => string,
): PlanGroup[] {
  return [...Map.groupBy(lines, keyOf)]
    .flatMap(([key, own]) =>
      planTotals(own).map((total): PlanGroup => {
        const same = own.filter(({ currency }) => currency === total.currency);
        const units = same.reduce((sum, { oldUnits, newUnits }) => sum + newUnits - oldUnits, 0);
        return { key, label: labelOf(key), lines: same.length, units, ...total };
      }),
    )
    .sort((a, b) => compare(a.label, b.label));
}
