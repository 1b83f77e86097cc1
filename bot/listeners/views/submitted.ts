import type { ModalView } from '@slack/types';
import { IcbError } from '../../../src/domain/errors.ts';
import type { Message } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import { messageView } from '../../modals/notice-view.ts';
import type { Call } from '../../slack/call.ts';
import type { View } from '../../slack/payloads.ts';
import { tell } from '../../slack/surface.ts';

/** What Slack does with the modal after a submit; undefined closes it. */
export type SubmitAnswer =
  | { readonly response_action: 'update' | 'push'; readonly view: ModalView }
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'clear' }
  | undefined;

export interface Submitted {
  readonly answer?: SubmitAnswer;
  /** What follows once Slack has its answer: a confirmation, a parent view to refresh. */
  readonly after?: () => Promise<void>;
}

export type SubmitListener = (bot: BotContext, call: Call, view: View) => Promise<Submitted>;

export const updated = (view: ModalView): Submitted => ({ answer: { response_action: 'update', view } });

/** What was saved, in the form, and once Slack has that, where the person was; nothing where nothing changed. */
export const saved = (
  bot: BotContext,
  call: Call,
  channel: string | undefined,
  {
    title,
    message,
    isChanged,
  }: { readonly title: string; readonly message: Message; readonly isChanged: boolean },
): Submitted => ({
  ...updated(messageView(title, message)),
  ...(isChanged ? { after: () => tell(bot, call.user.id, channel, message) } : {}),
});

/** A sentence under one input field. */
export const fieldError = (block: string, sentence: string): Submitted => ({
  answer: { response_action: 'errors', errors: { [block]: sentence } },
});

export const outOfDate = (command: string): IcbError =>
  new IcbError('not-found', `This form is out of date. Close it and type /icb ${command} for a new one.`);
