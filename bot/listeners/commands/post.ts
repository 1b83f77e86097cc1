import type { BotContext } from '../../bot-context.ts';
import { postView } from '../../modals/post-view.ts';
import { readPending } from '../../screens/pending.ts';
import type { Call } from '../../slack/call.ts';
import { showModal } from '../../slack/surface.ts';

/** `/icb post`: what is pending, with a button that approves and posts it. */
export async function post(bot: BotContext, call: Call): Promise<void> {
  await showModal(bot, call, 'Approve and post', async () =>
    postView(await readPending(bot), { v: 1, ...(call.channel ? { channel: call.channel } : {}) }),
  );
}
