import { z } from 'zod';
import { context } from '../blocks.ts';

interface Block {
  readonly type: string;
}

const Beside = z.looseObject({ accessory: z.object({ type: z.string() }) });

/** Whether anything in it can be pressed or chosen. */
export const hasButtons = (blocks: readonly Block[]): boolean =>
  blocks.some((block) => block.type === 'actions' || besideText(block));

/** The same words without anything to press, and why. `note` is mrkdwn. */
export function withoutButtons<B extends Block>(blocks: readonly B[], note: string): object[] {
  const words = blocks
    .filter(({ type }) => type !== 'actions')
    .map((block): object => {
      if (!besideText(block)) return block;
      const { accessory: _, ...rest } = block as B & { accessory: unknown };
      return rest;
    });
  return [...words, context(note)];
}

function besideText(block: Block): boolean {
  const read = Beside.safeParse(block);
  return read.success && read.data.accessory.type !== 'image';
}
