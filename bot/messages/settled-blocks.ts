import { z } from 'zod';
import { sinceOf } from '../../src/usecases/decide-line.ts';
import type { LineFate, LineFates } from '../../src/usecases/line-fates.ts';
import { HoldValue, read } from '../action-ids.ts';
import { actions, context } from '../blocks.ts';
import type { ShownBlock } from '../slack/payloads.ts';
import { undoBeforeSync, undoButton } from '../undo-button.ts';
import { approveAllBlocks, DECIDED, heldBlock, heldLineBlocks, spokenLine, UNDO } from './hold-blocks.ts';
import { decisionText } from './hold-decision.ts';

/**
 * A message's blocks as they should stand now: a line that is still held is written anew, one that is not keeps its
 * words, and who decided takes the place of its buttons. Read from what is stored, so that whoever clicks next mends
 * what two clicks at once left behind.
 * @param note what stands before Approve all from now on
 */
export function settledBlocks(
  blocks: readonly ShownBlock[],
  fates: Pick<LineFates, 'of' | 'held' | 'names' | 'date' | 'undoable'>,
  note?: string,
): ShownBlock[] {
  const fresh = (line: string): readonly object[] | undefined => {
    const fate = fates.of(line);
    return fate.held && fate.line ? heldLineBlocks(fate.line, fates.names, { today: fates.date }) : undefined;
  };
  const standing = blocks.some(({ block_id }) => heldBlock(block_id)?.part === 'approve-all');
  const settled = blocks.flatMap((block): ShownBlock[] => {
    const held = heldBlock(block.block_id);
    if (!held) return [sendable(block)];
    if (held.part === 'approve-all')
      return [...(note ? [context(note)] : []), ...approveAllBlocks(fates.held, fates.names)].map(asShown);
    const [text, buttons] = fresh(held.line) ?? [];
    if (held.part === 'undo') return [];
    if (held.part === 'text') return [text ? asShown(text) : block];
    if (buttons) return [asShown(buttons)];
    const since = held.part === 'buttons' ? sinceOf(seenIn(block)) : undefined;
    return decidedBlocks(fates.of(held.line, since), fates).map(asShown);
  });
  return note && !standing ? [...settled, asShown(context(note))] : settled;
}

/** Who decided, and Undo as long as it can be pressed. */
function decidedBlocks(fate: LineFate, { undoable, names }: Pick<LineFates, 'undoable' | 'names'>): object[] {
  const { id, decision, line } = fate;
  const back = decision?.change !== undefined && undoable(decision) ? decision : undefined;
  const said = `${decisionText(fate)}${back ? ` · ${undoBeforeSync(back.at)}` : ''}`;
  const what = line ? spokenLine(line, names) : 'a line that is gone';
  return [
    { ...context(said), block_id: `${DECIDED}${id}` },
    ...(back?.change ? [actions([undoButton(back.change, `Undo for ${what}`)], `${UNDO}${id}`)] : []),
  ];
}

/** What was held when these buttons were made. */
function seenIn(block: ShownBlock): string {
  const [first] = Buttons.safeParse(block.elements).data ?? [];
  return read(HoldValue, first?.value)?.seen ?? '';
}

const Buttons = z.array(z.object({ value: z.string().optional() }));

const asShown = (block: object): ShownBlock => ({ ...block }) as ShownBlock;

/** Slack gives a picture back with sizes and addresses of its own, which it does not take again. */
function sendable(block: ShownBlock): ShownBlock {
  if (block.type !== 'image') return block;
  const { type, block_id, title, alt_text, slack_file, image_url } = block;
  const id = slack_file && typeof slack_file === 'object' && 'id' in slack_file ? slack_file.id : undefined;
  return {
    type,
    ...(block_id ? { block_id } : {}),
    ...(title ? { title } : {}),
    alt_text,
    ...(id ? { slack_file: { id } } : { image_url }),
  };
}
