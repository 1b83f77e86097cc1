import type { Actor } from '../domain/actor.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { asIfCounted, decidedNow } from './decide-line.ts';
import { knownModule } from './known-module.ts';
import { readPlanInput } from './read-plan-input.ts';
import { tellDecided } from './tell-decided.ts';

export interface ReleasedLines {
  /** The lines as they stand after the release; units change with the next sync. */
  readonly lines: readonly PlanLine[];
  /** One sentence. */
  readonly text: string;
  /** Its entry in the audit, by which it is taken back; absent where nothing was held. */
  readonly change?: string;
}

/**
 * Lets every held count through, or those of one module (id or name), in one write with one audit record.
 * Nothing held releases nothing. Error: `unknown-module`.
 */
export async function releaseLines(
  core: Core,
  {
    by,
    module,
    reason,
  }: { readonly by: Actor; readonly module?: string | undefined; readonly reason?: string | undefined },
): Promise<ReleasedLines> {
  const only = module === undefined ? undefined : await knownModule(core, module);
  const through = core.clock.today();
  const why = reason?.trim() ? { reason: reason.trim().slice(0, 500) } : {};
  const released = await commit<ReleasedLines>(core, by, async (snapshot) => {
    const input = asIfCounted(await readPlanInput(snapshot, through));
    const held = new Set(
      planSync(input).lines.flatMap((line) =>
        line.action === 'held' && (only === undefined || line.module === only.id) ? [line.id] : [],
      ),
    );
    const of = only ? ` of ${only.name}` : '';
    if (held.size === 0) return { changes: {}, result: { lines: [], text: `Nothing${of} is held.` } };
    const decisions = new Map(input.lineDecisions?.map((each) => [each.id, each]));
    const before = [...held].map((id) => decisions.get(id) ?? { id, releases: [], exclusions: [] });
    const change = core.newId('au');
    const release = { through, ...decidedNow(core, by, change), ...why };
    const after = before.map((each): LineDecisions => ({ ...each, releases: [...each.releases, release] }));
    const others = input.lineDecisions?.filter(({ id }) => !held.has(id)) ?? [];
    const lines = planSync({ ...input, lineDecisions: [...others, ...after] }).lines;
    const text =
      `Approved ${held.size === 1 ? 'the 1 held count' : `all ${held.size} held counts`}${of}` +
      (why.reason ? ` (${why.reason})` : '');
    return {
      changes: { put: { lineDecisions: after } },
      audit: {
        id: change,
        action: 'release-lines',
        ...(only ? { subject: only.id } : {}),
        text,
        before,
        after,
      },
      result: { lines: lines.filter(({ id }) => held.has(id)), text, change },
    };
  });
  if (released.lines.length > 0) await tellDecided(core);
  return released;
}
