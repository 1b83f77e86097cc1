import type { Actor } from '../domain/actor.ts';
import { IcbError } from '../domain/errors.ts';
import type { Core } from './core.ts';
import { type Decided, decidedNow, decideLine, lineName } from './decide-line.ts';
import { previewSync } from './preview-sync.ts';

/**
 * Lets the held counts of a plan line through: the next sync replays each day with its own date.
 * Errors: `not-found`, `bad-input` when nothing is held.
 */
export async function releaseLine(
  core: Core,
  { by, id, reason }: { readonly by: Actor; readonly id: string; readonly reason?: string | undefined },
): Promise<Decided> {
  const through = core.clock.today();
  const why = reason?.trim() ? { reason: reason.trim().slice(0, 500) } : {};
  return decideLine(core, by, id, 'release-line', (line, before, names) => {
    if (line.action !== 'held')
      throw new IcbError(
        'bad-input',
        `Nothing of ${lineName(line, names)} is held; somebody may have decided already.`,
      );
    return {
      after: { ...before, releases: [...before.releases, { through, ...decidedNow(core, by), ...why }] },
      text: `Approved ${lineName(line, names)}: ${line.oldUnits} → ${line.newUnits}${why.reason ? ` (${why.reason})` : ''}`,
    };
  });
}

/** Releases every held line, or those of one module. */
export async function releaseLines(
  core: Core,
  {
    by,
    module,
    reason,
  }: { readonly by: Actor; readonly module?: string | undefined; readonly reason?: string | undefined },
): Promise<readonly Decided[]> {
  const { lines } = await previewSync(core);
  const held = lines.filter(
    (line) => line.action === 'held' && (module === undefined || line.module === module),
  );
  const decided: Decided[] = [];
  for (const { id } of held) decided.push(await releaseLine(core, { by, id, reason }));
  return decided;
}
