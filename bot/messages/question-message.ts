import { type Message, section } from '../blocks.ts';
import type { HeldForm } from '../modals/exclude-view.ts';
import { clip, escapeName, escapeText } from '../words/escape.ts';
import { heldLineBlocks } from './hold-blocks.ts';

export interface Question {
  readonly from: { readonly id: string; readonly name: string };
  /** A Slack user id. */
  readonly whom: string;
  readonly text: string;
  /** Whether those who read it may decide: a direct message to somebody who may not has no buttons. */
  readonly mayDecide: boolean;
}

/** A question about a held line to one person, with the line and its buttons. */
export function questionMessage({ line, names, today }: HeldForm, question: Question): Message {
  const { from, whom, text, mayDecide } = question;
  const after = mayDecide ? '' : `\nAnswer <@${from.id}>, who can decide it.`;
  return {
    text: `${escapeName(from.name)} asks about a held count of ${escapeName(names.organization(line.organizationId))}`,
    blocks: [
      section(
        `<@${whom}>, <@${from.id}> asks about this held count:\n>${escapeText(clip(text, 1000))}${after}`,
      ),
      ...heldLineBlocks(line, names, { today, buttons: mayDecide }),
    ],
  };
}
