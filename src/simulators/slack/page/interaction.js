import { act } from './api.js';
import { askFirst } from './confirm.js';
import { draftsIn, getDraft, setDraft, valueOfState } from './drafts.js';

/** What a control shows: the person's own entry, else what Slack holds, else what the app proposed. */
export function shownValue({ place, state }, block, element) {
  const draft = getDraft(place, block.block_id, element.action_id);
  if (draft !== undefined) return draft;
  const held = state?.[block.block_id]?.[element.action_id];
  if (held) return valueOfState(held);
  return Object.entries(element).find(([key]) => key.startsWith('initial_'))?.[1];
}

/** Tells the app about a click or a choice, with everything else entered in the same place. */
export async function send({ place, blocks }, block, element, value) {
  if (!(await askFirst(element.confirm))) return undefined;
  return act('click', {
    ...place,
    blockId: block.block_id,
    actionId: element.action_id,
    ...(value === undefined ? {} : { value }),
    values: draftsIn(place, blocks),
  });
}

/** Notes a new value; controls outside inputs, and inputs that dispatch, tell the app at once. */
export async function enter(context, block, element, value, isInput) {
  setDraft(context.place, block.block_id, element.action_id, value);
  if (!isInput || block.dispatch_action) await send(context, block, element, value);
}

export const hooks = (block, element) => ({
  'data-block-id': block.block_id,
  'data-action-id': element.action_id,
});
