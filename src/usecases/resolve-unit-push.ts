import { z } from 'zod';
import type { Actor } from '../domain/actor.ts';
import { type IsoInstant, isoInstant } from '../domain/calendar.ts';
import { IcbError } from '../domain/errors.ts';
import { needsPerson, type PushState, type UnitPush } from '../domain/unit-push.ts';
import { commit } from './commit.ts';
import type { Core } from './core.ts';
import { pushViews, type UnitPushView } from './list-unit-pushes.ts';

/** `taken`: the change is in the PSA; `again`: it is not, and is to be sent; `drop`: it is not, and stays out. */
export const PUSH_DECISIONS = ['taken', 'again', 'drop'] as const;
export type PushDecision = (typeof PUSH_DECISIONS)[number];

/**
 * What a person says of a change of units whose fate icb cannot tell, or that the PSA refused. Sent again, it goes with the
 * next sync, once units have been read anew. Errors: `not-found`, `bad-input`, `conflict` when it is decided already.
 */
export async function resolveUnitPush(
  core: Core,
  {
    by,
    id,
    as,
    reason,
  }: { readonly by: Actor; readonly id: string; readonly as: PushDecision; readonly reason: string },
): Promise<UnitPushView> {
  const why = z.string().trim().min(1).max(500).safeParse(reason);
  if (!why.success) throw new IcbError('bad-input', 'Say how you know; the reason is kept.');
  return commit(core, by, async (snapshot) => {
    const before = await snapshot.get('unitPushes', id);
    if (!before) throw new IcbError('not-found', `There is no change of units "${id}".`);
    if (!needsPerson(before))
      throw new IcbError('conflict', `This change of units needs no decision: it is ${before.state.status}.`);
    const at = isoInstant(core.clock.now());
    const after: UnitPush = { ...before, state: decided(as, by, at, why.data) };
    const [view] = await pushViews(snapshot, [after]);
    if (!view) throw new Error('a push was described by nothing');
    return {
      changes: { put: { unitPushes: [after] } },
      audit: {
        action: 'resolve-unit-push',
        subject: id,
        text: `${WORDS[as]}: ${signed(before.change)} units of ${view.service} at ${view.organization} from ${before.effectiveDate}. ${why.data}`,
        before,
        after,
      },
      result: view,
    };
  });
}

const WORDS: Record<PushDecision, string> = {
  taken: 'Said to be in the PSA',
  again: 'To be sent to the PSA again',
  drop: 'Left out of the PSA',
};

const signed = (units: number): string => (units > 0 ? `+${units}` : `${units}`);

function decided(as: PushDecision, by: Actor, at: IsoInstant, reason: string): PushState {
  if (as === 'again') return { status: 'queued' };
  return { status: 'settled', as: as === 'taken' ? 'taken' : 'dropped', by, at, reason };
}
