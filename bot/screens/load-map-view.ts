import type { ModalView } from '@slack/types';
import { moduleName } from '../../src/usecases/known-module.ts';
import { readCatalogue } from '../../src/usecases/read-catalogue.ts';
import type { MapMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { mapView } from '../modals/map-view.ts';
import type { View } from '../slack/payloads.ts';
import { limited, offeredIn } from './map-choices.ts';
import { readMapPage, readTargets } from './map-rows.ts';

export const newMapMeta = (channel: string | undefined): MapMeta => ({
  v: 1,
  page: 0,
  generation: 0,
  mapped: false,
  suggested: true,
  choices: new Map(),
  ...(channel ? { channel } : {}),
});

/** The map modal as things are now. */
export async function loadMapView(bot: BotContext, meta: MapMeta): Promise<ModalView> {
  const [shown, targets, filter] = await Promise.all([
    readMapPage(bot, meta),
    meta.choices.size > 0 ? readTargets(bot) : new Map(),
    filterName(bot, meta),
  ]);
  return mapView({ ...shown, targets, meta, ...(filter ? { filter } : {}) });
}

/** What the list is narrowed to, by name. */
async function filterName(
  { core }: BotContext,
  { organization, module }: MapMeta,
): Promise<string | undefined> {
  const snapshot = await core.store.snapshot();
  if (organization) return (await snapshot.get('organizations', organization))?.name ?? organization;
  return module && moduleName(await readCatalogue(snapshot), module);
}

/**
 * `meta` with every sure suggestion ticked that stood in front of the person and has no choice yet. What came or changed
 * since is not ticked unseen.
 */
export async function withSureTicked(bot: BotContext, meta: MapMeta, view: View): Promise<MapMeta> {
  const offered = offeredIn(view);
  const choices = new Map(meta.choices);
  const { rows } = await readMapPage(bot, meta);
  for (const { key, state } of rows) {
    const [best] = state.kind === 'unmapped' && state.class === 'sure' ? state.candidates : [];
    if (best && offered.get(key) === best.key && !choices.has(key)) choices.set(key, best.key);
  }
  return { ...meta, choices: limited(choices), generation: meta.generation + 1 };
}
