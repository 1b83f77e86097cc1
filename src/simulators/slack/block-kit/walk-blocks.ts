/** A JSON object nobody has parsed further yet. */
export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** One element that can be acted on or filled in, and the block it stands in. */
export interface Placed {
  readonly block: Json;
  readonly element: Json;
  readonly isInput: boolean;
}

/** Every element of these blocks in reading order, those inside containers and cards included. */
export function placedElements(blocks: unknown): Placed[] {
  return list(blocks).flatMap((block) => {
    const at = (elements: unknown, isInput = false) =>
      list(elements).map((element) => ({ block, element, isInput }));
    switch (block.type) {
      case 'actions':
      case 'context_actions':
        return at(block.elements);
      case 'section':
        return at([block.accessory]);
      case 'input':
        return at([block.element], true);
      case 'card':
        return at(block.actions);
      case 'carousel':
        return placedElements(block.elements);
      case 'container':
        return placedElements(block.child_blocks);
      default:
        return [];
    }
  });
}

export function findElement(blocks: unknown, actionId: string, blockId?: string): Placed | undefined {
  return placedElements(blocks).find(
    ({ block, element }) =>
      element.action_id === actionId && (blockId === undefined || block.block_id === blockId),
  );
}

/**
 * The same blocks with every missing block_id and action_id filled in, as Slack does before it
 * stores them: an interaction always carries both.
 */
export function fillIds(blocks: unknown, nextId: () => string): Json[] {
  const copy = structuredClone(list(blocks));
  const fillBlocks = (all: unknown) => {
    for (const block of list(all)) {
      block.block_id ??= nextId();
      fillBlocks(block.child_blocks);
      if (block.type === 'carousel') fillBlocks(block.elements);
    }
  };
  fillBlocks(copy);
  for (const { element } of placedElements(copy)) {
    if (element.type !== 'image') element.action_id ??= nextId();
  }
  return copy;
}

/** Ids and URLs of every `slack_file` an image refers to. */
export function slackFileRefs(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(slackFileRefs);
  if (!isJson(value)) return [];
  const own = isJson(value.slack_file) ? [value.slack_file.id ?? value.slack_file.url].map(String) : [];
  return [...own, ...Object.values(value).flatMap(slackFileRefs)];
}
