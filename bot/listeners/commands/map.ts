import type { BotContext } from '../../bot-context.ts';
import { didYouMeanView } from '../../modals/did-you-mean-view.ts';
import { loadMapView, newMapMeta } from '../../screens/load-map-view.ts';
import { knownModuleNamed, lookUpOrganization } from '../../screens/look-up.ts';
import type { Call } from '../../slack/call.ts';
import { showModal } from '../../slack/surface.ts';
import type { Command } from '../../words/grammar.ts';

const TITLE = 'Map organizations';

/** `/icb map`, narrowed to a module or an organization when one is named. */
export async function map(
  bot: BotContext,
  call: Call,
  { filter }: Extract<Command, { verb: 'map' }>,
): Promise<void> {
  await showModal(bot, call, TITLE, async () => {
    const meta = newMapMeta(call.channel);
    if (filter === undefined) return loadMapView(bot, meta);
    const module = await knownModuleNamed(bot, filter);
    if (module) return loadMapView(bot, { ...meta, module: module.id });
    const { organization, nearest } = await lookUpOrganization(bot, filter);
    if (organization) return loadMapView(bot, { ...meta, organization: organization.id });
    return didYouMeanView(TITLE, 'map', filter, nearest);
  });
}
