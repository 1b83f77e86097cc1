import type { Actor } from '../domain/actor.ts';
import { isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { PlanLine } from '../domain/plan.ts';
import type { PlanInput } from '../sync/plan-input.ts';
import { planSync } from '../sync/plan-sync.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { type Names, namesIn } from './names.ts';
import { readPlanInput } from './read-plan-input.ts';
import { tellDecided } from './tell-decided.ts';

export interface Decided {
  /** The line as it stands after the decision; units change with the next sync. */
  readonly line: PlanLine;
  /** One sentence. */
  readonly text: string;
  /** Its entry in the audit, by which it is taken back. */
  readonly change: string;
}

/** What a person decides about a line, added to the decisions there are. */
type Decision = (
  line: PlanLine,
  before: LineDecisions,
  names: Names,
  change: string,
) => { readonly after: LineDecisions; readonly text: string };

/** Writes a decision on one plan line with its audit record. Error: `not-found`. */
export async function decideLine(
  core: Core,
  by: Actor,
  id: string,
  action: string,
  decide: Decision,
): Promise<Decided> {
  const decided = await commit<Decided>(core, by, async (snapshot) => {
    const input = await readPlanInput(snapshot, core.clock.today());
    const before = input.lineDecisions?.find((each) => each.id === id) ?? {
      id,
      releases: [],
      exclusions: [],
    };
    const line = lineOf(input, before);
    if (!line) throw new IcbError('not-found', `There is no plan line "${id}". See the plan with /icb plan.`);
    const change = core.newId('au');
    const { after, text } = decide(line, before, await namesIn(snapshot), change);
    return {
      changes: { put: { lineDecisions: [after] } },
      audit: { id: change, action, subject: id, text, before, after },
      result: { line: lineOf(input, after) ?? line, text, change },
    };
  });
  await tellDecided(core);
  return decided;
}

/** The input as if no module failed just now: that makes its lines unknown to a sync, but takes nothing from what is held. */
export const asIfCounted = (input: PlanInput): PlanInput => ({
  ...input,
  moduleStates: input.moduleStates.map(({ lastSync: _, ...state }) => state),
});

/** The line as planned under `decisions`. A person decides on the counts there are, also while their module fails. */
function lineOf(input: PlanInput, decisions: LineDecisions): PlanLine | undefined {
  const others = input.lineDecisions?.filter((each) => each.id !== decisions.id) ?? [];
  const plan = planSync(
    { ...asIfCounted(input), lineDecisions: [...others, decisions] },
    (mapping) => mapping.id === decisions.id,
  );
  return plan.lines.find((each) => each.id === decisions.id);
}

/** `Daily Mail: Desktop Monitoring, All devices`. */
export const lineName = (
  {
    organizationId,
    contractServiceId,
    module,
    billingType,
  }: Pick<PlanLine, 'organizationId' | 'contractServiceId' | 'module' | 'billingType'>,
  names: Names,
): string =>
  `${names.organization(organizationId)}: ${names.service(contractServiceId)}, ${names.billingType(module, billingType)}`;

/** What a person saw of a held line: differs once the same line is held for other counts. */
export const holdKey = ({ heldSince, oldUnits, newUnits }: PlanLine): string =>
  [heldSince, oldUnits, newUnits].join(' ');

/** The first held day in a `holdKey`. */
export const sinceOf = (key: string): string => key.split(' ')[0] ?? '';

/**
 * @param seen the `holdKey` of the line as the person saw it
 * Errors: `bad-input` when nothing of the line is held, `conflict` when other counts are held than the person saw.
 */
export function mustBeHeld(line: PlanLine, names: Names, seen?: string): void {
  if (line.action !== 'held')
    throw new IcbError(
      'bad-input',
      `Nothing of ${lineName(line, names)} is held; somebody may have decided already.`,
    );
  if (seen !== undefined && seen !== holdKey(line))
    throw new IcbError(
      'conflict',
      `The count of ${lineName(line, names)} changed since it was shown: now ${line.oldUnits} → ${line.newUnits}. Nothing was decided; look again.`,
    );
}

/** @param change the audit entry */
export const decidedNow = (core: Core, by: Actor, change: string) => ({
  by,
  at: isoInstant(core.clock.now()),
  change,
});
