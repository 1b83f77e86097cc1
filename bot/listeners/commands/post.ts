import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../call.ts';
import { postView } from '../../modals/post-view.ts';
import { readPending } from '../../pending.ts';
import { showModal } from '../../surface.ts';

/** `/icb post`: what is pending, with a button that approves and posts it. */
export async function post(bot: BotContext, call: Call): Promise<void> {
  await showModal(bot, call, 'Approve and post', async () =>
    postView(await readPending(bot), { v: 1, ...(call.channel ? { channel: call.channel } : {}) }),
  );
}
