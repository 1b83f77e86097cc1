import { approveAndPost } from '../../../src/usecases/approve-and-post.ts';
import { PostMeta, read } from '../../action-ids.ts';
import { postedMessage } from '../../messages/posted-message.ts';
import { messageView } from '../../modals/notice-view.ts';
import { postView } from '../../modals/post-view.ts';
import { requireAdmin } from '../../permissions.ts';
import { readPending } from '../../screens/pending.ts';
import { announce } from '../../slack/announce.ts';
import { outOfDate, type SubmitListener, updated } from './submitted.ts';

/** Approves and posts what was shown; when the figures changed since, they are shown once more instead. */
export const postItems: SubmitListener = async (bot, call, view) => {
  requireAdmin(bot, call);
  const meta = read(PostMeta, view.private_metadata);
  if (!meta) throw outOfDate('post');
  const pending = await readPending(bot);
  if (pending.digest !== meta.digest)
    return updated(postView(pending, { v: 1, ...(meta.channel ? { channel: meta.channel } : {}) }, true));
  const result = await approveAndPost(bot.core, { by: call.by, filter: { status: 'pending' } });
  const message = postedMessage(result, call.by, bot.core.clock.now());
  return {
    ...updated(messageView('Posted', message)),
    ...(result.posted > 0
      ? {
          after: () => announce(bot, message),
        }
      : {}),
  };
};
