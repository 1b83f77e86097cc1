import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { IcbError } from '../domain/errors.ts';
import { LineDecisions } from '../domain/line-decision.ts';
import type { Snapshot } from '../ports/store.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { lineName } from './decide-line.ts';
import { namesIn } from './names.ts';
import { tellDecided } from './tell-decided.ts';
import type { UndoneMappings } from './undo-mappings.ts';
import { refuseSynced, refuseTooLate } from './undo-time.ts';

/** Decisions on held counts that can be taken back. */
export const UNDOABLE_DECISIONS: ReadonlySet<string> = new Set([
  'release-line',
  'release-lines',
  'exclude-line',
]);

const Lines = z.union([LineDecisions.transform((one) => [one]), z.array(LineDecisions)]);

/**
 * Takes a decision on held counts back, before a sync goes by it: they wait for a person again. Lines that somebody
 * decided on since stay as they are.
 * @param change the audit entry of the decision
 * Errors: `not-found`, `conflict`.
 */
export async function undoDecisions(
  core: Core,
  { by, change }: { readonly by: Actor; readonly change: string },
): Promise<UndoneMappings> {
  const undone = await commit(core, by, async (snapshot) => {
    const entry = await snapshot.get('audit', change);
    if (!entry || !UNDOABLE_DECISIONS.has(entry.action))
      throw new IcbError('not-found', 'This decision is not known any more; see /icb plan.');
    refuseTooLate(entry, core.clock.now());
    await refuseSynced(snapshot, entry);
    const [before, after] = [Lines.parse(entry.before), Lines.parse(entry.after)];
    const now = new Map((await snapshot.list('lineDecisions')).map((each) => [each.id, each]));
    const stands = after.filter((each) => JSON.stringify(now.get(each.id)) === JSON.stringify(each));
    const put = before.filter(({ id }) => stands.some((each) => each.id === id));
    const lines = put.length > 0 ? [`Waits for a person again: ${entry.text}`] : [];
    return {
      changes: { put: { lineDecisions: put } },
      ...(put.length > 0
        ? {
            audit: {
              action: 'undo-decision',
              subject: change,
              text: `Taken back: ${entry.text}`,
              before: stands,
              after: put,
            },
          }
        : {}),
      result: {
        lines,
        left: await namesOf(
          snapshot,
          after.filter((each) => !stands.includes(each)),
        ),
      },
    };
  });
  if (undone.lines.length > 0) await tellDecided(core);
  return undone;
}

/** `Daily Mail: Desktop Monitoring, All devices`, as the decision's own sentence says. */
async function namesOf(snapshot: Snapshot, decisions: readonly LineDecisions[]): Promise<string[]> {
  if (decisions.length === 0) return [];
  const names = await namesIn(snapshot);
  const mappings = new Map((await snapshot.list('serviceMappings')).map((each) => [each.id, each]));
  const contracts = new Map((await snapshot.list('contracts')).map((each) => [each.id, each]));
  return decisions.map(({ id }) => {
    const mapping = mappings.get(id);
    const contract = mapping && contracts.get(mapping.contractId);
    if (mapping?.status !== 'mapped' || !contract) return 'a line that is no longer in the plan';
    return lineName({ ...mapping, organizationId: contract.organizationId }, names);
  });
}
