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
      const element = controlIn(blocks, blockId, actionId);
      if (element && isOnOffer(element, value)) kept[blockId] = { ...kept[blockId], [actionId]: value };
    }
  }
  drafts.set(placeKey(place), kept);
  return kept;
}

function controlIn(blocks, blockId, actionId) {
  for (const block of blocks) {
    const inside = block.child_blocks && controlIn(block.child_blocks, blockId, actionId);
    const own = block.block_id === blockId ? [block.element, block.accessory, ...(block.elements ?? [])] : [];
    const found = inside || own.find((one) => one?.action_id === actionId);
    if (found) return found;
  }
  return undefined;
}

function isOnOffer({ options, option_groups }, value) {
  const offered = options ?? option_groups?.flatMap((group) => group.options);
  if (!offered) return true;
  return [value ?? []].flat().every((chosen) => offered.some((one) => one.value === chosen.value));
}

/** The value inside an entry of `state.values`, whatever its field is called. */
export const valueOfState = (state) => Object.entries(state ?? {}).find(([key]) => key !== 'type')?.[1];
