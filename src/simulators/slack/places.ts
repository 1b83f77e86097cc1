import { findElement, isJson, type Json, type Placed } from './block-kit/walk-blocks.ts';
import { type Inputs, stateFromRaw } from './element-state.ts';
import type { Place } from './payloads.ts';
import type { Suggested } from './workspace.ts';
import type { World } from './world.ts';

/** Names a message (with its channel) or an open view. */
export interface PlaceRef {
  readonly viewId?: string | undefined;
  readonly messageTs?: string | undefined;
  /** Needed only where two channels hold the same ts. */
  readonly channel?: string | undefined;
}

/** What a person entered: by action_id, or by block_id and then action_id. */
export type Values = Record<string, unknown>;

/** Finds what a person points at. Throws a sentence when that person cannot see it. */
export function findPlace({ workspace }: World, userId: string, ref: PlaceRef): Place {
  if (ref.viewId) {
    const view = workspace.view({ id: ref.viewId });
    if (!view || view.userId !== userId) throw new Error(`No view ${ref.viewId} is open for ${userId}.`);
    return { kind: 'view', view };
  }
  const message = workspace.messages.find(
    (one) =>
      one.ts === ref.messageTs &&
      (ref.channel === undefined || one.channel === workspace.channel(ref.channel)?.id) &&
      (!one.ephemeralTo || one.ephemeralTo === userId),
  );
  const channel = message && workspace.channel(message.channel);
  if (!message || !channel) throw new Error(`${userId} sees no message ${ref.messageTs}.`);
  return { kind: 'message', message, channel };
}

export const blocksOf = (place: Place): unknown =>
  place.kind === 'view' ? place.view.body.blocks : place.message.body.blocks;

/** Where what this person enters in this place is kept; the object is the stored one. */
export const enteredIn = (
  { workspace }: World,
  userId: string,
  place: Place,
): { inputs: Inputs; suggested: Suggested } =>
  place.kind === 'view' ? place.view : workspace.inputsOf(userId, place.message);

export function elementIn(place: Place, actionId: string, blockId?: string): Placed {
  const found = findElement(blocksOf(place), actionId, blockId);
  if (!found)
    throw new Error(`There is no control "${actionId}" ${blockId ? `in block "${blockId}" ` : ''}here.`);
  return found;
}

/** Enters values as a person would; choices must be on offer. Nothing is sent to the app. */
export function enterValues(world: World, userId: string, place: Place, values: Values): void {
  const entered = enteredIn(world, userId, place);
  const put = ({ block, element }: Placed, raw: unknown) => {
    const blockId = String(block.block_id);
    const actionId = String(element.action_id);
    const state = stateFromRaw(element, raw, entered.suggested.get(`${blockId} ${actionId}`) ?? []);
    entered.inputs = { ...entered.inputs, [blockId]: { ...entered.inputs[blockId], [actionId]: state } };
  };
  for (const [key, value] of Object.entries(values)) {
    const isBlock = isJson(value) && value.type === undefined;
    if (!isBlock) put(elementIn(place, key), value);
    else
      for (const [actionId, raw] of Object.entries(value as Json)) put(elementIn(place, actionId, key), raw);
  }
}
