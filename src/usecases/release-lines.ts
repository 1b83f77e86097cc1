import type { Actor } from '../domain/actor.ts';
import { IcbError } from '../domain/errors.ts';
import type { LineDecisions } from '../domain/line-decision.ts';
import type { PlanLine } from '../domain/plan.ts';
import { planSync } from '../sync/plan-sync.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { asIfCounted, decidedNow, lineName } from './decide-line.ts';
import { countOfDigest, heldDigest } from './held-digest.ts';
import { knownModule } from './known-module.ts';
import { type Names, namesIn } from './names.ts';
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
 * Nothing held releases nothing.
 * @param seen the `heldDigest` of the lines as the person saw them; left out by callers that show nothing first
 * Errors: `unknown-module`, `conflict` when other counts are held than the person saw.
 */
export async function releaseLines(
  core: Core,
  {
    by,
    module,
    reason,
    seen,
  }: {
    readonly by: Actor;
    readonly module?: string | undefined;
    readonly reason?: string | undefined;
    readonly seen?: string | undefined;
  },
): Promise<ReleasedLines> {
  const only = module === undefined ? undefined : await knownModule(core, module);
  const through = core.clock.today();
  const why = reason?.trim() ? { reason: reason.trim().slice(0, 500) } : {};
  const released = await commit<ReleasedLines>(core, by, async (snapshot) => {
    const input = asIfCounted(await readPlanInput(snapshot, through));
    const waiting = planSync(input).lines.filter(
      (line) => line.action === 'held' && (only === undefined || line.module === only.id),
    );
    const held = new Set(waiting.map(({ id }) => id));
    const of = only ? ` of ${only.name}` : '';
    if (held.size === 0) return { changes: {}, result: { lines: [], text: `Nothing${of} is held.` } };
    if (seen !== undefined && seen !== heldDigest(waiting))
      throw heldOtherwise(of, seen, waiting, await namesIn(snapshot));
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

const NAMED = 5;

/** A hash does not say what was shown, only how much of it; so what is held now is named, to be compared with the screen. */
function heldOtherwise(of: string, seen: string, now: readonly PlanLine[], names: Names): IcbError {
  const then = countOfDigest(seen);
  const shown = then === undefined ? '' : `${then} held ${then === 1 ? 'count was' : 'counts were'} shown, `;
  const named = now
    .slice(0, NAMED)
    .map((line) => `${lineName(line, names)} ${line.oldUnits} → ${line.newUnits}`);
  const more = now.length > NAMED ? [`${now.length - NAMED} more`] : [];
  return new IcbError(
    'conflict',
    `What is held${of} changed since it was shown: ${shown}now ${now.length === 1 ? 'it is 1' : `there are ${now.length}`} (${[...named, ...more].join('; ')}). Nothing was approved; look again.`,
  );
}
