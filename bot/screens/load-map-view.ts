import type { ModalView } from '@slack/types';
import { readNames } from '../../src/usecases/names.ts';
import type { MapMeta } from '../action-ids.ts';
import type { BotContext } from '../bot-context.ts';
import { mapView, pageOf } from '../modals/map-view.ts';
import { limited } from './map-choices.ts';
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

/** `meta` with every sure suggestion of the page ticked that has no choice yet. */
export async function withSureTicked(bot: BotContext, meta: MapMeta): Promise<MapMeta> {
  const rows = pageOf(await readMapRows(bot, meta), meta.page);
  const choices = new Map(meta.choices);
  for (const { key, state } of rows) {
    const [best] = state.kind === 'unmapped' && state.class === 'sure' ? state.candidates : [];
    if (best && !choices.has(key)) choices.set(key, best.key);
  }
  return { ...meta, choices: limited(choices), generation: meta.generation + 1 };
}
