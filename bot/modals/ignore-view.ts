import type { ModalView } from '@slack/types';
import { IgnoreMeta, VIEWS, write } from '../action-ids.ts';
import { plain, section } from '../blocks.ts';
import { escapeName } from '../words/escape.ts';

export const IGNORE_REASON = { block: 'ignore.reason', action: 'ignore.reason' } as const;

/** Asks why a module organization is ignored. */
export const ignoreView = (name: string, meta: IgnoreMeta): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.ignore,
  private_metadata: write(IgnoreMeta, meta),
  title: plain('Ignore', 24),
  submit: plain('Ignore', 24),
  close: plain('Back', 24),
  blocks: [
    section(`*${escapeName(name)}* leaves the list and is not billed. *Show mapped* brings it back.`),
    {
      type: 'input',
      block_id: IGNORE_REASON.block,
      label: plain('Why?'),
      hint: plain('One sentence, for whoever asks later: “test site”, “billed by hand”.', 150),
      element: {
        type: 'plain_text_input',
        action_id: IGNORE_REASON.action,
        min_length: 1,
        max_length: 300,
        focus_on_load: true,
      },
    },
  ],
});
