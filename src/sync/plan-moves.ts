import type { PlanLine } from '../domain/plan.ts';
import type { PlanMove } from '../domain/sync-run.ts';

/** Lines that say something else in one plan than in the other; those that stay as they are in both are left out. */
export function planMoves(before: readonly PlanLine[], after: readonly PlanLine[]): PlanMove[] {
  const then = moving(before);
  const now = moving(after);
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((id) => {
    const [was, is] = [then.get(id), now.get(id)];
    const line = is ?? was;
    if (!line || (was && is && sameFate(was, is))) return [];
    const { organizationId, contractServiceId, module, billingType, currency } = line;
    const move = { id, organizationId, contractServiceId, module, billingType, currency };
    return [{ ...move, ...(was && { before: said(was) }), ...(is && { after: said(is) }) }];
  });
}

const moving = (lines: readonly PlanLine[]): ReadonlyMap<string, PlanLine> =>
  new Map(lines.filter(({ action }) => action !== 'none').map((line) => [line.id, line]));

const sameFate = (a: PlanLine, b: PlanLine): boolean =>
  a.action === b.action &&
  a.oldUnits === b.oldUnits &&
  a.newUnits === b.newUnits &&
  a.effectiveDate === b.effectiveDate &&
  a.amount === b.amount;

const said = ({ action, oldUnits, newUnits, amount }: PlanLine) => ({ action, oldUnits, newUnits, amount });
