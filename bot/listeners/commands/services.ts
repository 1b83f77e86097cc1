import type { BotContext } from '../../bot-context.ts';
import { didYouMeanView } from '../../modals/did-you-mean-view.ts';
import { chooseOrganizationView } from '../../modals/services-view.ts';
import { loadServicesView, newServicesMeta } from '../../screens/load-services-view.ts';
import { lookUpOrganization } from '../../screens/look-up.ts';
import type { Call } from '../../slack/call.ts';
import { showModal } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

const TITLE = 'Map services';

/** `/icb services`, straight to an organization when one is named. */
export async function services(
  bot: BotContext,
  call: Call,
  { organization: named }: Extract<Command, { verb: 'services' }>,
): Promise<void> {
  await showModal(bot, call, TITLE, async () => {
    if (named === undefined) return chooseOrganizationView(newServicesMeta('', call.channel));
    const { organization, nearest } = await lookUpOrganization(bot, named);
    return organization
      ? loadServicesView(bot, newServicesMeta(organization.id, call.channel))
      : didYouMeanView(TITLE, 'services', named, nearest);
  });
}
