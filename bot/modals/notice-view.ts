import type { KnownBlock, ModalView } from '@slack/types';
import { VIEWS } from '../action-ids.ts';
import { type Message, plain, section } from '../blocks.ts';

/** A modal that only tells. */
export const noticeView = (title: string, blocks: readonly KnownBlock[]): ModalView => ({
  type: 'modal',
  callback_id: VIEWS.notice,
  title: plain(title, 24),
  close: plain('Close', 24),
  blocks: blocks.slice(0, 100),
});

/** Shown within a second, while the real view is being made. */
export const loadingView = (title: string, text = 'One moment…'): ModalView =>
  noticeView(title, [section(text)]);

/** `sentence` is mrkdwn, already escaped. */
export const problemView = (sentence: string): ModalView =>
  noticeView('That did not work', [section(sentence)]);

export const messageView = (title: string, message: Message): ModalView => noticeView(title, message.blocks);
