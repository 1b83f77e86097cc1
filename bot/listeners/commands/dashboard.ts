import { ACTIONS } from '../../action-ids.ts';
import { actions, button, context, type Message, section } from '../../blocks.ts';
import type { BotContext } from '../../bot-context.ts';
import type { Call } from '../../slack/call.ts';
import { answer } from '../../slack/surface.ts';

/** `/icb dashboard`, `/icb widgets`: a link that signs this person in once. */
export async function dashboard(bot: BotContext, call: Call): Promise<void> {
  const url = await bot.signIn({ userId: call.user.id, name: call.user.name });
  await answer(bot, call, dashboardMessage(url));
}

const dashboardMessage = (url: string): Message => ({
  text: 'Your link to the ICB tab',
  blocks: [
    section('The *ICB tab* shows pending and posted billing items by module.'),
    actions([button(ACTIONS.link, 'Open dashboard', { url, style: 'primary' })]),
    context('The link is yours alone, works once and for 10 minutes. `/icb dashboard` makes a new one.'),
  ],
});
