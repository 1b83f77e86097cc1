import { ACTIONS } from '../../action-ids.ts';
import type { BotContext } from '../../bot-context.ts';
import { pageOf } from '../../page-buttons.ts';
import type { Call } from '../../slack/call.ts';
import type { Action } from '../../slack/payloads.ts';
import { runCommand } from '../commands/run-command.ts';
import { grantAccess, requestAccess } from './access.ts';
import { refreshEnable, switchModule, syncFromTiles, turnEnablePage } from './enable.ts';
import { pickItem } from './explain.ts';
import { approveAllHeld, approveHeld, askAboutHeld, excludeHeld } from './hold.ts';
import {
  askIgnoreReason,
  backToMap,
  searchMap,
  selectSure,
  showAll,
  toggleMapped,
  toggleSuggested,
  turnMapPage,
} from './map.ts';
import { refuseSuggestion, takeSuggestion } from './map-suggested.ts';
import { approvePosting } from './posting.ts';
import { backToTemplate, openTemplate, tickTemplatePage, turnTemplatePage } from './service-template.ts';
import {
  backToServices,
  pickContract,
  pickOrganization,
  toggleAllTypes,
  turnServicesPage,
} from './services.ts';
import { undo } from './undo.ts';
import { chooseModule, discardFile, saveFile, undoFile } from './usage-file.ts';

export type ActionListener = (bot: BotContext, call: Call, action: Action) => Promise<void>;

const run: ActionListener = (bot, call, action) => runCommand(bot, call, action.value ?? '');

/** The answer as it is now, for everybody in the channel. */
const share: ActionListener = (bot, call, action) =>
  runCommand(bot, { ...call, sharing: true }, action.value ?? '');

/** What is ticked or picked is read when the person goes on; until then Slack keeps it. */
const kept: ActionListener = async () => {};

const { enable, map, services, hold, usage, access, posting, explain, home } = ACTIONS;

/** The tab is drawn anew after every click on it. */
const turnHomePage: ActionListener = async (bot, call, action) =>
  bot.homes.turn(call.user.id, pageOf(action.value));

/** Every action id and who listens to it. */
export const ACTION_LISTENERS: ReadonlyMap<string, ActionListener> = new Map<string, ActionListener>([
  [ACTIONS.run, run],
  [ACTIONS.link, kept],
  [ACTIONS.share, share],
  [ACTIONS.undo, undo],
  [enable.switch, switchModule],
  [enable.sync, syncFromTiles],
  [enable.page, turnEnablePage],
  [enable.refresh, refreshEnable],
  [map.search, searchMap],
  [map.approve, kept],
  [map.candidate, kept],
  [map.other, kept],
  [map.unmap, kept],
  [map.ignore, askIgnoreReason],
  [map.page, turnMapPage],
  [map.selectSure, selectSure],
  [map.mapped, toggleMapped],
  [map.suggestions, toggleSuggested],
  [map.showAll, showAll],
  [map.back, backToMap],
  [map.suggested, takeSuggestion],
  [map.notSuggested, refuseSuggestion],
  [services.organization, pickOrganization],
  [services.contract, pickContract],
  [services.service, kept],
  [services.all, toggleAllTypes],
  [services.page, turnServicesPage],
  [services.unitRule, kept],
  [services.from, kept],
  [services.ignoreRest, kept],
  [services.back, backToServices],
  [services.template, openTemplate],
  [services.templateTick, kept],
  [services.templateTickAll, tickTemplatePage],
  [services.templatePage, turnTemplatePage],
  [services.templateBack, backToTemplate],
  [hold.approve, approveHeld],
  [hold.exclude, excludeHeld],
  [hold.ask, askAboutHeld],
  [hold.approveAll, approveAllHeld],
  [usage.module, chooseModule],
  [usage.save, saveFile],
  [usage.discard, discardFile],
  [usage.undo, undoFile],
  [explain.item, pickItem],
  [home.page, turnHomePage],
  [access.request, requestAccess],
  [access.grant, grantAccess],
  [posting.approve, approvePosting],
]);
