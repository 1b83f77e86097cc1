import { IcbError } from '../../../src/domain/errors.ts';
import { disableModule } from '../../../src/usecases/disable-module.ts';
import { enableModule } from '../../../src/usecases/enable-module.ts';
import { startSync } from '../../../src/usecases/start-sync.ts';
import { EnableMeta, read, SwitchValue, VIEWS } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { moduleSwitchedMessage } from '../../messages/module-switched-message.ts';
import { pageOf } from '../../page-buttons.ts';
import { loadEnableView } from '../../screens/load-enable-view.ts';
import type { Call } from '../../slack/call.ts';
import type { Action, View } from '../../slack/payloads.ts';
import { answer, replaceViewIfSame } from '../../slack/surface.ts';
import { followInTiles } from './follow-in-tiles.ts';

/** Switch on, Switch off: on the tiles, which are drawn anew, or under what `/icb disable` showed. */
export async function switchModule(bot: BotContext, call: Call, action: Action): Promise<void> {
  const value = read(SwitchValue, action.value ?? undefined);
  if (!value) throw gone();
  const tiles = call.view?.callback_id === VIEWS.enable ? enableOf(call) : undefined;
  const change = value.on ? enableModule : disableModule;
  const module = await change(bot.core, { module: value.module, by: call.by });
  if (!tiles) return answer(bot, call, moduleSwitchedMessage(module));
  const { view, meta } = tiles;
  await replaceViewIfSame(bot, view.id, view.hash, await loadEnableView(bot, meta));
}

/** Sync now: shows how far it is, and the result when it is there, unless the person has moved on by then. */
export async function syncFromTiles(bot: BotContext, call: Call): Promise<void> {
  const { view, meta } = enableOf(call);
  const { id, finished } = await startSync(bot.core, { trigger: 'slack', by: call.by });
  await followInTiles(bot, call.user.id, { view, meta: { ...meta, run: id }, finished });
}

export async function turnEnablePage(bot: BotContext, call: Call, action: Action): Promise<void> {
  const { view, meta } = enableOf(call);
  const page = pageOf(action.value);
  await replaceViewIfSame(bot, view.id, view.hash, await loadEnableView(bot, { ...meta, page }));
}

export async function refreshEnable(bot: BotContext, call: Call): Promise<void> {
  const { view, meta } = enableOf(call);
  await replaceViewIfSame(bot, view.id, view.hash, await loadEnableView(bot, meta));
}

function enableOf(call: Call): { view: View; meta: EnableMeta } {
  const meta = read(EnableMeta, call.view?.private_metadata);
  if (!call.view || !meta) throw gone();
  return { view: call.view, meta };
}

const gone = (): IcbError =>
  new IcbError('not-found', 'These tiles are out of date. Close them and type /icb enable for new ones.');
