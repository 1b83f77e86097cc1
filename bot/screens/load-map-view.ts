import type { ModalView } from '@slack/types';
import { readNames } from '../../src/usecases/names.ts';
import type { MapMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { mapView } from '../modals/map-view.ts';
import type { View } from '../slack/payloads.ts';
import { limited, offeredIn } from './map-choices.ts';
import { readMapRows, readTargets } from './map-rows.ts';

export const newMapMeta = (channel: string | undefined): MapMeta => ({
  v: 1,
  page: 0,
  generation: 0,
  mapped: false,
  choices: new Map(),
  ...(channel ? { channel } : {}),
});

/** The map modal as things are now. */
export async function loadMapView(bot: BotContext, meta: MapMeta): Promise<ModalView> {
  const [rows, targets, names] = await Promise.all([
    readMapRows(bot, meta),
    readTargets(bot),
    readNames(bot.core),
  ]);
  const filter = meta.organization
    ? names.organization(meta.organization)
    : meta.module && names.module(meta.module);
  return mapView({ rows, targets, meta, ...(filter ? { filter } : {}) });
}

/**
 * `meta` with every sure suggestion ticked that stood in front of the person and has no choice yet. What came or changed
 * since is not ticked unseen.
 */
export async function withSureTicked(bot: BotContext, meta: MapMeta, view: View): Promise<MapMeta> {
  const offered = offeredIn(view);
  const choices = new Map(meta.choices);
  for (const { key, state } of await readMapRows(bot, meta)) {
    const [best] = state.kind === 'unmapped' && state.class === 'sure' ? state.candidates : [];
    if (best && offered.get(key) === best.key && !choices.has(key)) choices.set(key, best.key);
  }
  return { ...meta, choices: limited(choices), generation: meta.generation + 1 };
}
