import { confirmMappings } from '../../../src/usecases/confirm-mappings.ts';
import { IgnoreMeta, MapMeta, read } from '../../action-ids.ts';
import { savedMappingsMessage } from '../../messages/saved-mappings-message.ts';
import { IGNORE_REASON } from '../../modals/ignore-view.ts';
import { mapConfirmView } from '../../modals/map-confirm-view.ts';
import { keyOf } from '../../screens/choices.ts';
import { loadMapView } from '../../screens/load-map-view.ts';
import { searchBlockId, tornRow, withPage } from '../../screens/map-choices.ts';
import { digestOf, mappingChanges, nounOf } from '../../screens/mapping-changes.ts';
import { moduleOrganizationsByKey } from '../../screens/module-organizations-by-key.ts';
import { replaceView, tell } from '../../slack/surface.ts';
import { clip } from '../../words/escape.ts';
import { fieldError, outOfDate, type SubmitListener, saved, updated } from './submitted.ts';

/** Review: what would be saved, before and after. */
export const reviewMap: SubmitListener = async (bot, _call, view) => {
  const meta = read(MapMeta, view.private_metadata);
  if (!meta) throw outOfDate('map');
  const torn = tornRow(view);
  if (torn !== undefined) {
    const name = (await moduleOrganizationsByKey(bot, [torn])).get(torn)?.name ?? 'One of them';
    return fieldError(
      searchBlockId(meta.generation),
      `${clip(name, 80)}: both Approve and “Not this one” are ticked. Untick one of the two.`,
    );
  }
  const chosen = withPage(meta, view);
  const changes = await mappingChanges(bot, chosen.choices);
  if (changes.length === 0)
    return fieldError(
      searchBlockId(meta.generation),
      'Nothing is chosen yet: tick Approve or pick an organization below, then press Review.',
    );
  return updated(mapConfirmView(changes, { ...chosen, seen: digestOf(changes) }));
};

/** Save. Twice the same changes nothing; what somebody else changed since Review is shown once more. */
export const saveMap: SubmitListener = async (bot, call, view) => {
  const meta = read(MapMeta, view.private_metadata);
  if (!meta) throw outOfDate('map');
  const changes = await mappingChanges(bot, meta.choices);
  if (changes.length > 0 && digestOf(changes) !== meta.seen)
    return updated(mapConfirmView(changes, { ...meta, seen: digestOf(changes) }, true));
  const { lines, change } = await confirmMappings(bot.core, {
    by: call.by,
    mappings: changes.map(({ decision }) => decision),
  });
  const message = savedMappingsMessage({
    lines,
    noun: nounOf(changes),
    by: call.by,
    at: bot.core.clock.now(),
    change,
    organizations: changes.flatMap(({ target }) => target ?? []),
  });
  return saved(bot, call, meta.channel, {
    title: 'Mappings saved',
    message,
    isChanged: lines.length > 0,
  });
};

/** Ignore with a reason: saved at once, and the list below is drawn anew. */
export const saveIgnore: SubmitListener = async (bot, call, view) => {
  const meta = read(IgnoreMeta, view.private_metadata);
  if (!meta) throw outOfDate('map');
  const reason = view.state.values[IGNORE_REASON.block]?.[IGNORE_REASON.action]?.value?.trim();
  if (!reason) return fieldError(IGNORE_REASON.block, 'Say why in a few words.');
  const key = keyOf(meta.moduleOrganizationId);
  const { lines, change } = await confirmMappings(bot.core, {
    by: call.by,
    mappings: [
      {
        moduleOrganizationId: meta.moduleOrganizationId,
        ignore: reason,
        ...(meta.open ? { expect: 'unmapped' as const } : {}),
      },
    ],
  });
  const choices = new Map(meta.parent.choices);
  choices.delete(key);
  return {
    after: async () => {
      await replaceView(bot, meta.parentView, await loadMapView(bot, { ...meta.parent, choices }));
      const message = savedMappingsMessage({
        lines,
        by: call.by,
        at: bot.core.clock.now(),
        change,
        organizations: [],
      });
      if (lines.length > 0) await tell(bot, call.user.id, meta.parent.channel, message);
    },
  };
};
