import { IcbError } from '../../../src/domain/errors.ts';
import { readModuleOrganizations } from '../../../src/usecases/read-module-organizations.ts';
import { MapMeta, read } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { ignoreView } from '../../modals/ignore-view.ts';
import { pageOf } from '../../page-buttons.ts';
import { loadMapView, withSureTicked } from '../../screens/load-map-view.ts';
import { withPage } from '../../screens/map-choices.ts';
import type { Call } from '../../slack/call.ts';
import type { Action, View } from '../../slack/payloads.ts';
import { pushView, replaceViewIfSame } from '../../slack/surface.ts';

type Change = (bot: BotContext, meta: MapMeta, action: Action, view: View) => MapMeta | Promise<MapMeta>;

/** A click in the map modal that shows it otherwise; what is ticked so far comes along. */
const showing =
  (change: Change) =>
  async (bot: BotContext, call: Call, action: Action): Promise<void> => {
    const { view, meta } = mapOf(call);
    const next = await change(bot, withPage(meta, view), action, view);
    await replaceViewIfSame(bot, view.id, view.hash, await loadMapView(bot, next));
  };

const turned = (meta: MapMeta): MapMeta => ({ ...meta, page: 0, generation: meta.generation + 1 });

export const turnMapPage = showing((_bot, meta, action) => ({
  ...turned(meta),
  page: pageOf(action.value),
}));

export const searchMap = showing((_bot, { search: _old, ...meta }, action) => {
  const search = action.value?.trim();
  return { ...turned(meta), ...(search ? { search } : {}) };
});

export const toggleMapped = showing((_bot, meta, action) => ({
  ...turned(meta),
  mapped: action.value === 'on',
}));

/** Shows suggestions, or only what is to be picked by hand; what is ticked stays ticked. */
export const toggleSuggested = showing((_bot, meta, action) => ({
  ...turned(meta),
  suggested: action.value === 'on',
}));

/** Without the narrowing to a module, an organization or a search; what is ticked stays ticked. */
export const showAll = showing((_bot, { search: _s, module: _m, organization: _o, ...meta }) => turned(meta));

export const selectSure = showing((bot, meta, _action, view) => withSureTicked(bot, meta, view));

/** From the review back to the rows. */
export const backToMap = showing((_bot, { seen: _seen, ...meta }) => turned(meta));

/** Asks for the reason on top of the map modal, which stays as it is below. */
export async function askIgnoreReason(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { view, meta } = mapOf(call);
  const [row] = await readModuleOrganizations(await bot.core.store.snapshot(), [action.value ?? '']);
  if (!row || !call.triggerId) throw gone();
  await pushView(
    bot,
    call.triggerId,
    ignoreView(row.name, {
      v: 1,
      moduleOrganizationId: row.id,
      open: row.mapping.status === 'unmapped',
      parentView: view.id,
      parent: withPage(meta, view),
    }),
  );
}

function mapOf(call: Call): { view: View; meta: MapMeta } {
  const meta = read(MapMeta, call.view?.private_metadata);
  if (!call.view || !meta) throw gone();
  return { view: call.view, meta };
}

const gone = (): IcbError =>
  new IcbError('not-found', 'This list is out of date. Close it and type /icb map for a new one.');
