import type { Actor } from '../domain/actor.ts';
import type { Core } from './core.ts';
import { type Decided, decidedNow, decideLine, lineName, mustBeHeld } from './decide-line.ts';

/**
 * Lets the held counts of a plan line through: the next sync replays each day with its own date.
 * @param seen the `holdKey` of the line as the person saw it
 * Errors: `not-found`, `bad-input` when nothing is held, `conflict` when other counts are held than the person saw.
 */
export async function releaseLine(
  core: Core,
  {
    by,
    id,
    reason,
    seen,
  }: {
    readonly by: Actor;
    readonly id: string;
    readonly reason?: string | undefined;
    readonly seen?: string | undefined;
  },
): Promise<Decided> {
  const through = core.clock.today();
  const why = reason?.trim() ? { reason: reason.trim().slice(0, 500) } : {};
  return decideLine(core, by, id, 'release-line', (line, before, names, change) => {
    mustBeHeld(line, names, seen);
    return {
      after: {
        ...before,
        releases: [...before.releases, { through, ...decidedNow(core, by, change), ...why }],
      },
      text: `Approved ${lineName(line, names)}: ${line.oldUnits} → ${line.newUnits}${why.reason ? ` (${why.reason})` : ''}`,
    };
  });
}
