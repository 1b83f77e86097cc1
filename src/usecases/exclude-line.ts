import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { IsoDate } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import type { Core } from './core.ts';
import { type Decided, decidedNow, decideLine, lineName, mustBeHeld } from './decide-line.ts';
import { parseInput } from './parse-input.ts';

export const ExclusionRequest = z.object({
  reason: z.string().trim().min(1, 'say why').max(500),
  until: IsoDate,
  units: z.number().int().positive().optional(),
});

/**
 * Takes counts out of a plan line until a day, inclusive: with `units`, that many are subtracted from every day's count;
 * without, counts are not applied and units in force stay. Begins with the first held day, else today.
 * @param heldOnly refuses a line that is not held any more, because somebody else decided meanwhile, and to subtract
 * units from a count of none, which would decide nothing
 * @param seen the `holdKey` of the line as the person saw it, for `heldOnly`
 * Errors: `not-found`, `bad-input`, `conflict` when other counts are held than the person saw.
 */
export async function excludeLine(
  core: Core,
  {
    by,
    id,
    exclusion,
    heldOnly = false,
    seen,
  }: {
    readonly by: Actor;
    readonly id: string;
    readonly exclusion: unknown;
    readonly heldOnly?: boolean;
    readonly seen?: string | undefined;
  },
): Promise<Decided> {
  const { reason, until, units } = parseInput(ExclusionRequest, exclusion, 'The exclusion cannot be read.');
  const today = core.clock.today();
  if (until < today)
    throw new IcbError('bad-input', `The exclusion must last until today (${today}) or longer.`);
  return decideLine(core, by, id, 'exclude-line', (line, before, names, change) => {
    if (heldOnly) mustBeHeld(line, names, seen);
    if (heldOnly && units !== undefined && line.newUnits === 0)
      throw new IcbError(
        'bad-input',
        'Nothing was counted, so there are no units to subtract. Leave units empty: then counts are not applied.',
      );
    const from = line.heldSince ?? today;
    const what = units === undefined ? 'the counts' : `${units} units`;
    const excluded = {
      from,
      until,
      reason,
      ...decidedNow(core, by, change),
      ...(units === undefined ? {} : { units }),
    };
    return {
      after: { ...before, exclusions: [...before.exclusions, excluded] },
      text: `Excluded ${what} of ${lineName(line, names)} until ${until}: ${reason}`,
    };
  });
}
