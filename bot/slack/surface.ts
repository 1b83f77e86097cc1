import type { ModalView } from '@slack/types';
import { type Message, section } from '../blocks.ts';
import type { BotContext } from '../bot-context.ts';
import { loadingView, messageView, problemView } from '../modals/notice-view.ts';
import { problemText } from '../problem.ts';
import type { Call } from './call.ts';
import { patiently } from './patiently.ts';
import { shareAnswer, withShareButton } from './share.ts';
import { slackErrorCode } from './slack-error-code.ts';

export const textMessage = (text: string): Message => ({ text, blocks: [section(text)] });

/**
 * Answers where the person is: beside the command or message (only they see it), inside the modal they clicked in, or in
 * a modal over the Home tab.
 */
export async function answer(bot: BotContext, call: Call, given: Message): Promise<void> {
  if (call.sharing && call.channel) {
    const problem = await shareAnswer(bot, call, call.channel, given);
    return problem ? tell(bot, call.user.id, call.channel, textMessage(problem)) : undefined;
  }
  const message = call.shareable === undefined ? given : withShareButton(given, call.shareable);
  if (call.view?.type === 'modal') {
    const { id, hash } = call.view;
    const shown = await replaceViewIfSame(bot, id, hash, messageView('icb', message));
    // The person has closed the modal or gone on in it: the answer must not be lost for that.
    return shown === undefined ? tell(bot, call.user.id, call.channel, message) : undefined;
  }
  if (call.view && call.triggerId && (await opens(bot, call.triggerId, message))) return;
  const body = { response_type: 'ephemeral', replace_original: false, ...message };
  if (call.responseUrl && (await bot.respond(call.responseUrl, body))) return;
  await tell(bot, call.user.id, call.channel, message);
}

/** Whether a modal could still be opened: a slow answer may come after the trigger has expired. */
const opens = (bot: BotContext, triggerId: string, message: Message): Promise<boolean> =>
  openView(bot, triggerId, messageView('icb', message)).then(
    () => true,
    () => false,
  );

/** Tells one person outside any modal: in the channel they were in, seen by them alone, else as a direct message. */
export async function tell(
  bot: BotContext,
  user: string,
  channel: string | undefined,
  message: Message,
): Promise<void> {
  const quiet = { ...message, unfurl_links: false, unfurl_media: false };
  try {
    if (!channel) throw new Error('no channel');
    await patiently(bot, () =>
      bot.slack.posting.chat.postEphemeral({ channel, user, text: quiet.text, blocks: quiet.blocks }),
    );
  } catch {
    // Ephemerals need icb and the person in that channel; a direct message always arrives.
    await patiently(bot, () => bot.slack.posting.chat.postMessage({ channel: user, ...quiet }));
  }
}

interface Opened {
  readonly id: string;
  readonly hash?: string;
}

export async function openView(bot: BotContext, triggerId: string, view: ModalView): Promise<Opened> {
  const { view: opened } = await bot.slack.interactive.views.open({ trigger_id: triggerId, view });
  return openedView(opened);
}

export async function pushView(bot: BotContext, triggerId: string, view: ModalView): Promise<Opened> {
  const { view: opened } = await bot.slack.interactive.views.push({ trigger_id: triggerId, view });
  return openedView(opened);
}

const openedView = (view: { id?: string; hash?: string } | undefined): Opened => ({
  id: view?.id ?? '',
  ...(view?.hash ? { hash: view.hash } : {}),
});

/**
 * Shows `view` in place of what is open. With `hash`, only while the person has not changed the view since: a late
 * answer must not overwrite what they did meanwhile.
 * @returns the new hash, or undefined when the view had changed or was closed
 */
export async function replaceViewIfSame(
  bot: BotContext,
  viewId: string,
  hash: string | undefined,
  view: ModalView,
): Promise<string | undefined> {
  try {
    const answered = await bot.slack.interactive.views.update({
      view_id: viewId,
      view,
      ...(hash ? { hash } : {}),
    });
    return answered.view?.hash ?? '';
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === 'hash_conflict' || code === 'not_found' || code === 'view_not_found') return undefined;
    throw error;
  }
}

export async function replaceView(bot: BotContext, viewId: string, view: ModalView): Promise<void> {
  await replaceViewIfSame(bot, viewId, undefined, view);
}

/**
 * Opens a modal as `showModal` does, but inside a modal on top of it, so that what is below stays.
 */
export async function showModalOnTop(
  bot: BotContext,
  call: Call,
  title: string,
  build: () => Promise<ModalView>,
): Promise<void> {
  if (!call.triggerId) throw new Error('nothing to open a modal with');
  const open = call.view?.type === 'modal' ? pushView : openView;
  await fill(bot, await open(bot, call.triggerId, loadingView(title)), build);
}

/**
 * Opens a modal at once with “one moment”, because trigger ids live 3 seconds, then fills it; inside a modal it takes that
 * one's place. What goes wrong on the way is told in the modal.
 */
export async function showModal(
  bot: BotContext,
  call: Call,
  title: string,
  build: () => Promise<ModalView>,
): Promise<void> {
  if (call.view?.type !== 'modal') return showModalOnTop(bot, call, title, build);
  const { id, hash } = call.view;
  const loading = await replaceViewIfSame(bot, id, hash, loadingView(title));
  if (loading !== undefined) await fill(bot, { id, hash: loading }, build);
}

async function fill(bot: BotContext, { id, hash }: Opened, build: () => Promise<ModalView>): Promise<void> {
  const view = await build().catch((error: unknown) => problemView(problemText(bot, error)));
  await replaceViewIfSame(bot, id, hash || undefined, view);
}
