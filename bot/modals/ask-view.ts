import type { ModalView } from '@slack/types';
import { HoldMeta, VIEWS, write } from '../action-ids.ts';
import { option, plain, section } from '../blocks.ts';
import { heldLineText } from '../messages/hold-blocks.ts';
import type { HeldForm } from './exclude-view.ts';

export const ASK = {
  whom: { block: 'ask.whom', action: 'ask.whom' },
  where: { block: 'ask.where', action: 'ask.where' },
  text: { block: 'ask.text', action: 'ask.text' },
} as const;

export const ASK_IN_CHANNEL = 'channel';
const DIRECTLY = option('In a direct message', 'direct');

/** Asks whom to ask about a held line, where, and what. */
export const askView = ({ line, names, today }: HeldForm, meta: HoldMeta): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.ask,
  private_metadata: write(HoldMeta, meta),
  title: plain('Ask', 24),
  submit: plain('Ask', 24),
  close: plain('Cancel', 24),
  blocks: [
    section(heldLineText(line, names, today)),
    {
      type: 'input',
      block_id: ASK.whom.block,
      label: plain('Whom?'),
      element: { type: 'users_select', action_id: ASK.whom.action },
    },
    {
      type: 'input',
      block_id: ASK.where.block,
      label: plain('Where?'),
      element: {
        type: 'radio_buttons',
        action_id: ASK.where.action,
        options: [DIRECTLY, option('In the billing channel, for everybody there', ASK_IN_CHANNEL)],
        initial_option: DIRECTLY,
      },
    },
    {
      type: 'input',
      block_id: ASK.text.block,
      label: plain('What?'),
      element: {
        type: 'plain_text_input',
        action_id: ASK.text.action,
        multiline: true,
        max_length: 1000,
        initial_value: 'Is this right? Did they really change this much?',
      },
    },
  ],
});
