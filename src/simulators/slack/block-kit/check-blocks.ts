import { block } from './blocks.ts';
import { LIMITS, SURFACES, type Surface } from './limits.ts';
import { type Problem, problemsOf } from './problem.ts';
import { isJson, type Json, list, placedElements } from './walk-blocks.ts';

const MAX_BLOCKS = {
  message: LIMITS.message.blocks,
  modal: LIMITS.view.blocks,
  home: LIMITS.view.blocks,
};

/** Everything Slack would refuse in `blocks` on `surface`; `base` is where they stand in the payload. */
export function checkBlocks(blocks: unknown, surface: Surface, base = '/blocks'): Problem[] {
  if (!Array.isArray(blocks)) return [{ message: 'must provide an array', pointer: base }];
  if (blocks.length > MAX_BLOCKS[surface])
    return [{ message: `no more than ${MAX_BLOCKS[surface]} items allowed`, pointer: base }];
  return [
    ...blocks.flatMap((one, index) => checkBlock(one, surface, `${base}/${index}`)),
    ...duplicateBlockIds(list(blocks), base),
    ...(surface === 'message' ? messageTotals(list(blocks), base) : []),
  ];
}

function checkBlock(one: unknown, surface: Surface, pointer: string): Problem[] {
  const type = isJson(one) ? one.type : undefined;
  const surfaces = typeof type === 'string' ? SURFACES[type] : undefined;
  if (surfaces && !surfaces.includes(surface))
    return [{ message: `block type ${String(type)} is not allowed in a ${surface}`, pointer }];
  const parsed = block.safeParse(one);
  const structure = parsed.success ? [] : problemsOf(parsed.error, one, pointer);
  return [
    ...structure,
    ...(isJson(one) ? [...duplicateActionIds(one, pointer), ...fileInputs(one, surface, pointer)] : []),
  ];
}

function repeated(ids: readonly unknown[]): string[] {
  const seen = ids.filter((id): id is string => typeof id === 'string');
  return [...new Set(seen.filter((id, index) => seen.indexOf(id) !== index))];
}

const duplicateBlockIds = (blocks: readonly Json[], base: string): Problem[] =>
  repeated(blocks.map((one) => one.block_id)).map((id) => ({
    message: `block_id "${id}" is used more than once`,
    pointer: base,
  }));

const duplicateActionIds = (one: Json, pointer: string): Problem[] =>
  repeated(placedElements([one]).map(({ element }) => element.action_id)).map((id) => ({
    message: `action_id "${id}" is used more than once`,
    pointer,
  }));

const fileInputs = (one: Json, surface: Surface, pointer: string): Problem[] =>
  surface !== 'modal' && isJson(one.element) && one.element.type === 'file_input'
    ? [{ message: `element type file_input is not allowed in a ${surface}`, pointer: `${pointer}/element` }]
    : [];

/** Limits that count over the whole message rather than one block. */
function messageTotals(blocks: readonly Json[], base: string): Problem[] {
  const ofType = (type: string) => blocks.filter((one) => one.type === type);
  const markdown = ofType('markdown').reduce((sum, one) => sum + [...String(one.text ?? '')].length, 0);
  const rules: [boolean, string][] = [
    [ofType('table').length > LIMITS.message.tables, 'only_one_table_allowed'],
    [
      ofType('data_visualization').length > LIMITS.message.charts,
      `no more than ${LIMITS.message.charts} data_visualization blocks allowed`,
    ],
    [
      ofType('markdown').length > 1 && markdown > LIMITS.message.markdown,
      `markdown blocks must be less than ${LIMITS.message.markdown + 1} characters in total`,
    ],
  ];
  return rules.filter(([broken]) => broken).map(([, message]) => ({ message, pointer: base }));
}
