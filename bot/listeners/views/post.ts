import { isIcbError } from '../../../src/domain/errors.ts';
import { approveAndPost, requestPosting } from '../../../src/usecases/approve-and-post.ts';
import { personKey } from '../../../src/usecases/post-requests.ts';
import { PostMeta, read } from '../../action-ids.ts';
import { section } from '../../blocks.ts';
import { askedText, postRequestMessage } from '../../messages/post-request-message.ts';
import { postedMessage } from '../../messages/posted-message.ts';
import { messageView, noticeView } from '../../modals/notice-view.ts';
import { postView } from '../../modals/post-view.ts';
import { otherApprovers } from '../../post-requested.ts';
import { readPending } from '../../screens/pending.ts';
import { announce } from '../../slack/announce.ts';
import { outOfDate, type SubmitListener, updated } from './submitted.ts';

/** Approves and posts what was shown; when the figures changed since, they are shown once more instead. */
export const postItems: SubmitListener = async (bot, call, view) => {
  const meta = read(PostMeta, view.private_metadata);
  if (!meta) throw outOfDate('post');
  const pending = await readPending(bot);
  if (pending.digest !== meta.digest)
    return updated(postView(pending, { v: 1, ...(meta.channel ? { channel: meta.channel } : {}) }, true));
  const what = { by: call.by, filter: { status: 'pending' as const } };
  const result = await approveAndPost(bot.core, what).catch((error: unknown) => {
    if (isIcbError(error) && error.code === 'second-person') return undefined;
    throw error;
  });
  if (!result) {
    const request = await requestPosting(bot.core, what);
    if (personKey(request.by) !== personKey(call.by))
      return updated(messageView('Asked already', postRequestMessage(request)));
    const others = await otherApprovers(bot, request);
    return updated(noticeView('Asked', [section(askedText(request, others.length, bot.channel))]));
  }
  const { change } = result;
  const message = postedMessage(result, call.by, bot.core.clock.now());
  return {
    ...updated(messageView('Posted', message)),
    ...(change === undefined ? {} : { after: () => announce(bot, message, change) }),
  };
};
