import type { Actor } from '../domain/actor.ts';
import { DEFAULT_HOLD_LIMITS, HoldLimits } from '../domain/settings.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { parseInput } from './parse-input.ts';

/** When counts wait for a person. */
export async function holdLimits(core: Core): Promise<HoldLimits> {
  return (await (await core.store.snapshot()).get('settings', 'holds')) ?? DEFAULT_HOLD_LIMITS;
}

const Change = HoldLimits.omit({ id: true }).partial().strict();

/** Changes some of the limits; the next plan goes by them. Error: `bad-input`. */
export async function setHoldLimits(
  core: Core,
  { by, limits }: { readonly by: Actor; readonly limits: unknown },
): Promise<HoldLimits> {
  const change = parseInput(Change, limits, 'The limits cannot be read.');
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return commit(core, by, async (snapshot) => {
    const before = (await snapshot.get('settings', 'holds')) ?? DEFAULT_HOLD_LIMITS;
    const after: HoldLimits = { ...before, ...given };
    if (JSON.stringify(before) === JSON.stringify(after)) return { changes: {}, result: after };
    return {
      changes: { put: { settings: [after] } },
      audit: { action: 'set-hold-limits', subject: 'holds', text: limitsInWords(after), before, after },
      result: after,
    };
  });
}

export function limitsInWords({ zero, jumpPercent, jumpUnits, firstCounts }: Omit<HoldLimits, 'id'>): string {
  const kinds = [
    ...(zero ? ['a fall to zero'] : []),
    `a jump of more than ${jumpPercent} % and ${jumpUnits} units`,
    ...(firstCounts ? ['first counts'] : []),
  ];
  return `Held for a person: ${kinds.join(', ')}`;
}
