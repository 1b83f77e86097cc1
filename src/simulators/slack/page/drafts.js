/**
 * What the person has entered and no interaction has sent yet: place → block_id → action_id → value.
 * Updates from the app redraw controls from here, so nothing typed is lost.
 */
const drafts = new Map();

export const placeKey = (place) => place.viewId ?? `${place.channel}/${place.messageTs}`;

export function setDraft(place, blockId, actionId, value) {
  const key = placeKey(place);
  const blocks = drafts.get(key) ?? {};
  drafts.set(key, { ...blocks, [blockId]: { ...blocks[blockId], [actionId]: value } });
}

export const getDraft = (place, blockId, actionId) => drafts.get(placeKey(place))?.[blockId]?.[actionId];

/** Drafts of controls that still stand in these blocks; others went with the app's update. */
export function draftsIn(place, blocks) {
  const kept = {};
  for (const [blockId, actions] of Object.entries(drafts.get(placeKey(place)) ?? {})) {
    for (const [actionId, value] of Object.entries(actions)) {
      if (!hasControl(blocks, blockId, actionId)) continue;
      kept[blockId] = { ...kept[blockId], [actionId]: value };
    }
  }
  drafts.set(placeKey(place), kept);
  return kept;
}

function hasControl(blocks, blockId, actionId) {
  return blocks.some((block) => {
    if (block.child_blocks) return hasControl(block.child_blocks, blockId, actionId);
    if (block.block_id !== blockId) return false;
    return [block.element, block.accessory, ...(block.elements ?? [])].some(
      (one) => one?.action_id === actionId,
    );
  });
}

/** The value inside an entry of `state.values`, whatever its field is called. */
export const valueOfState = (state) => Object.entries(state ?? {}).find(([key]) => key !== 'type')?.[1];
