import type { ModalView } from '@slack/types';
import { ACTIONS, VIEWS } from '../action-ids.ts';
import { actions, type Message, plain, section } from '../blocks.ts';

/** Asks which billing item; below it, once one is picked, why it is what it is. */
export const explainView = (explanation?: Message): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.notice,
  title: plain('Explain', 24),
  close: plain('Close', 24),
  blocks: [
    ...(explanation ? [] : [section('*Which billing item?* Search by organization, service or id.')]),
    actions([
      {
        type: 'external_select',
        action_id: ACTIONS.explain.item,
        placeholder: plain('Organization, service or id'),
        min_query_length: 0,
      },
    ]),
    ...(explanation?.blocks ?? []),
  ].slice(0, 100),
});
